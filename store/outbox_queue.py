"""The outbox as the courier sees it: across workspaces, one short transaction a call."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Boolean,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.deliveries import Delivery, DeliveryState, Lane
from bot.domain.ids import Destination
from store import settling
from store.claiming import CLAIMABLE, Claim
from store.reading import fetch
from store.schema import OutboxRow
from store.scope import WORKSPACE, Scope

_FIRST_DUE = select(
    *(
        select(func.min(OutboxRow.due_at))
        .where(*CLAIMABLE, OutboxRow.lane == lane)
        .scalar_subquery()
        for lane in Lane
    )
)
_RETRY = (
    update(OutboxRow)
    .where(
        OutboxRow.workspace_id == WORKSPACE,
        OutboxRow.id == bindparam("delivery"),
        OutboxRow.state == DeliveryState.SENDING,
        OutboxRow.attempts == bindparam("attempt"),
    )
    .values(
        state=DeliveryState.PENDING,
        due_at=bindparam("at"),
        reason=bindparam("why"),
        claimed_at=case((bindparam("unsure", type_=Boolean()), OutboxRow.claimed_at), else_=None),
    )
)


class SqlQueue:
    def __init__(self, *, reads: AsyncEngine, writes: AsyncEngine) -> None:
        self._reads = reads
        self._writes = writes

    async def claim(
        self, *, now: datetime, limit: int, lease_until: datetime, skip: Sequence[Destination]
    ) -> Sequence[Delivery]:
        """A row of a kind that this version cannot read is parked, and shows why."""
        lanes = [lane for lane, due_at in await self._first_due() if due_at <= now]
        if not lanes:
            return []
        async with self._writes.begin() as connection:
            claim = Claim(connection, now=now, lease_until=lease_until, skip=skip)
            for lane in lanes:
                await claim.take(lane, limit - len(claim.taken))
            return await claim.deliveries()

    async def retry(self, delivery: Delivery, *, at: datetime, reason: str, unsure: bool) -> None:
        """Give a claimed row back; a claim that was taken over by another courier changes nothing.

        An older state of a card that is known not to have been posted is superseded instead if a
        newer one was put meanwhile.
        """
        async with self._writes.begin() as connection:
            scope = Scope(connection, delivery.workspace_id)
            given_back = await scope.run(
                _RETRY,
                delivery=delivery.id,
                attempt=delivery.attempts,
                at=at,
                why=reason,
                unsure=unsure,
            )
            if given_back.rowcount == 1 and delivery.card is not None:
                await settling.drop_outdated(scope, delivery.id, at)
            await settling.finish(scope)

    async def next_due_at(self, *, now: datetime) -> datetime | None:
        """Never before `now`: what is overdue is due now."""
        earliest = min((due_at for _, due_at in await self._first_due()), default=None)
        return None if earliest is None else max(earliest, now)

    async def _first_due(self) -> list[tuple[Lane, datetime]]:
        """When the first row of each lane that has any becomes due."""
        [row] = await fetch(self._reads, _FIRST_DUE)
        return [(lane, due_at) for lane, due_at in zip(Lane, row, strict=True) if due_at]
