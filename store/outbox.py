"""The outbox within a unit of work: promises go in with the change that makes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, update

from bot.domain.deliveries import DeliveryState, Posted, Promise
from bot.domain.ids import ChannelId, DeliveryId, Destination
from store import notices, settling
from store.schema import OutboxRow
from store.scope import WORKSPACE, Scope, on_both

_IN_WORKSPACE = OutboxRow.workspace_id == WORKSPACE
_PUT = on_both(
    lambda insert: (
        insert(OutboxRow)
        .on_conflict_do_nothing(index_elements=[OutboxRow.workspace_id, OutboxRow.key])
        .returning(OutboxRow.id)
    )
)
_SUPERSEDE_OLDER = settling.superseding(
    OutboxRow.destination == bindparam("to"),
    OutboxRow.card == bindparam("of_card"),
    OutboxRow.id < bindparam("delivery"),
)
_WITHDRAW = settling.superseding(OutboxRow.subject == bindparam("about"))
_CARDS = (
    select(OutboxRow.destination, OutboxRow.card)
    .where(
        _IN_WORKSPACE,
        OutboxRow.subject == bindparam("about"),
        OutboxRow.card.is_not(None),
        OutboxRow.state != DeliveryState.SUPERSEDED,
    )
    .group_by(OutboxRow.destination, OutboxRow.card)
    .order_by(func.min(OutboxRow.id))
)
_WAKE = (
    update(OutboxRow)
    .where(
        _IN_WORKSPACE,
        OutboxRow.destination == bindparam("to"),
        OutboxRow.state == literal_column("'parked'"),
    )
    .values(state=DeliveryState.PENDING, settled_at=None)
)


class SqlOutbox:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def put(self, promise: Promise, *, now: datetime) -> None:
        """Queue once for each key. A newer state of a card replaces an unsent older one."""
        added = (await self._scope.insert(_PUT, **_values(promise, now))).one_or_none()
        if added is None:
            return
        self._scope.queued = True
        if promise.card is not None:
            await settling.supersede(
                self._scope,
                _SUPERSEDE_OLDER,
                now=now,
                why=settling.BY_NEWER,
                to=promise.to,
                of_card=promise.card,
                delivery=added.id,
            )

    async def cards(self, subject: str) -> Sequence[tuple[Destination, str]]:
        """In the order they were put; parked ones too, for they are posted when the cause ends."""
        rows = await self._scope.run(_CARDS, about=subject)
        return [(ChannelId(row.destination), row.card) for row in rows]

    async def withdraw(self, subject: str, *, now: datetime) -> None:
        await settling.supersede(
            self._scope, _WITHDRAW, now=now, why="it was withdrawn", about=subject
        )

    async def wake(self, to: Destination) -> None:
        woken = await self._scope.run(_WAKE, to=to)
        self._scope.queued |= woken.rowcount > 0

    async def sent(self, delivery_id: DeliveryId, posted: Posted | None, *, now: datetime) -> None:
        settling.sent(self._scope, delivery_id, posted, now)

    async def park(
        self, delivery_id: DeliveryId, *, reason: str, now: datetime, unsure: bool = False
    ) -> None:
        await settling.park(self._scope, delivery_id, reason, now, unsure=unsure)

    async def drop(self, delivery_id: DeliveryId, *, now: datetime) -> None:
        await settling.drop_late(self._scope, delivery_id, now)


def _values(promise: Promise, now: datetime) -> dict[str, Any]:
    kind, facts = notices.encode(promise.notice)
    return {
        "key": promise.key,
        "destination": promise.to,
        "subject": promise.subject,
        "card": promise.card,
        "lane": promise.lane,
        "kind": kind,
        "facts": facts,
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "created_at": now,
        "due_at": max(now, promise.not_before or now),
        "useless_after": promise.useless_after,
        "reason": "",
    }
