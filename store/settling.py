"""What becomes of a promise: sent, parked or superseded. Whoever waited behind it may go on.

Shared by the outbox of a unit of work and the courier's queue; both bind it to one workspace.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Update, bindparam, case, exists, update
from sqlalchemy.orm import aliased

from bot.domain.deliveries import DeliveryState, Posted
from bot.domain.ids import DeliveryId
from store.schema import OutboxRow
from store.scope import WORKSPACE, Scope

UNSENT = (DeliveryState.PENDING, DeliveryState.PARKED)
BY_NEWER = "a newer one took its place"
TOO_LATE = "it was useless by the time it could be sent"

_IN_WORKSPACE = OutboxRow.workspace_id == WORKSPACE
_THIS = OutboxRow.id == bindparam("delivery")


def superseding(*which: Any) -> Update:
    """Only what nobody may have posted: after an unknown outcome a row goes its way to the end."""
    return (
        update(OutboxRow)
        .where(_IN_WORKSPACE, *which, OutboxRow.state.in_(UNSENT), OutboxRow.claimed_at.is_(None))
        .values(
            state=DeliveryState.SUPERSEDED, settled_at=bindparam("now"), reason=bindparam("why")
        )
        .returning(OutboxRow.id)
    )


def _outdated() -> Any:
    newer = aliased(OutboxRow)
    return exists().where(
        newer.workspace_id == WORKSPACE,
        newer.destination == OutboxRow.destination,
        newer.card == OutboxRow.card,
        newer.id > OutboxRow.id,
        newer.state != DeliveryState.SUPERSEDED,
    )


_SUPERSEDE_OUTDATED = superseding(_THIS, _outdated())
_SENT = (
    update(OutboxRow)
    .where(_IN_WORKSPACE, _THIS, OutboxRow.state != DeliveryState.SENT)
    .values(
        state=DeliveryState.SENT,
        settled_at=bindparam("now"),
        claimed_at=None,
        posted_channel=bindparam("channel"),
        posted_ts=bindparam("ts"),
        reason="",
    )
)
_PARK = (
    update(OutboxRow)
    .where(_IN_WORKSPACE, _THIS, OutboxRow.settled_at.is_(None))
    .values(
        state=DeliveryState.PARKED,
        settled_at=bindparam("now"),
        due_at=bindparam("now"),
        claimed_at=case((bindparam("unsure", type_=Boolean()), OutboxRow.claimed_at), else_=None),
        reason=bindparam("why"),
    )
    .returning(OutboxRow.id)
)
_DROP_LATE = (
    update(OutboxRow)
    .where(_IN_WORKSPACE, _THIS, OutboxRow.settled_at.is_(None))
    .values(state=DeliveryState.SUPERSEDED, settled_at=bindparam("now"), reason=bindparam("why"))
    .returning(OutboxRow.id)
)
_RELEASE = (
    update(OutboxRow)
    .where(_IN_WORKSPACE, OutboxRow.waits_for.in_(bindparam("settled", expanding=True)))
    .values(waits_for=None)
)


def sent(scope: Scope, delivery_id: DeliveryId, posted: Posted | None, now: datetime) -> None:
    """Sent stays sent: a second report changes nothing. Written before the commit, all in one."""
    channel, ts = (posted.channel, posted.ts) if posted else (None, None)
    scope.sent.append({"delivery": delivery_id, "now": now, "channel": channel, "ts": ts})


async def park(
    scope: Scope, delivery_id: DeliveryId, reason: str, now: datetime, *, unsure: bool
) -> None:
    """Set aside what cannot be sent; superseded at once if it is an old state of a card.

    `unsure` keeps the doubt whether it was posted, so that it is looked for when it is woken.
    """
    await _settle(scope, _PARK, delivery=delivery_id, now=now, why=reason, unsure=unsure)
    await drop_outdated(scope, delivery_id, now)


async def drop_outdated(scope: Scope, delivery_id: DeliveryId, now: datetime) -> None:
    """Supersede an unsent state of a card that a newer one was put for while it was away."""
    await supersede(scope, _SUPERSEDE_OUTDATED, now=now, why=BY_NEWER, delivery=delivery_id)


async def drop_late(scope: Scope, delivery_id: DeliveryId, now: datetime) -> None:
    """Supersede what would be of no use any more."""
    await _settle(scope, _DROP_LATE, delivery=delivery_id, now=now, why=TOO_LATE)


async def supersede(
    scope: Scope, statement: Update, *, now: datetime, why: str, **which: Any
) -> None:
    await _settle(scope, statement, now=now, why=why, **which)


async def finish(scope: Scope) -> None:
    """Once, before the commit: mark what was sent; rows that waited for what was settled may go."""
    await _mark_sent(scope)
    await _release(scope)


async def _mark_sent(scope: Scope) -> None:
    await scope.run_all(_SENT, scope.sent)
    scope.settled += [report["delivery"] for report in scope.sent]
    scope.sent = []


async def _release(scope: Scope) -> None:
    if scope.settled:
        released = await scope.run(_RELEASE, settled=scope.settled)
        scope.settled = []
        scope.queued |= released.rowcount > 0


async def _settle(scope: Scope, statement: Update, **parameters: Any) -> None:
    scope.settled += [row.id for row in await scope.run(statement, **parameters)]
