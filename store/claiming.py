"""One claim of the courier: a few rows for each destination, in order within their line.

A row waits for the one before it in its line (same workspace, destination, subject). Whatever is
found waiting is marked and leaves the index that is read here until that one is settled, so a
claim looks at as many rows as it hands out however many are waiting.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CursorResult,
    Executable,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.domain.deliveries import Delivery, DeliveryState, Lane, Posted
from bot.domain.ids import ChannelId, DeliveryId, Destination
from store import notices, settling
from store.schema import OutboxRow, WorkspaceRow
from store.scope import Scope
from store.types import UtcDateTime

LINE = 5  # rows of a destination: what is critical and comes meanwhile waits for no more of them
LOOK_AT = 50  # a claim of one row may have to pass a few others
LOOK_AT_MOST = 1600

CLAIMABLE = (OutboxRow.settled_at.is_(None), OutboxRow.waits_for.is_(None))
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _before() -> Any:
    older = aliased(OutboxRow)
    return (
        select(func.max(older.id))
        .where(
            older.settled_at.is_(None),
            older.workspace_id == OutboxRow.workspace_id,
            older.destination == OutboxRow.destination,
            older.subject == OutboxRow.subject,
            older.id < OutboxRow.id,
        )
        .scalar_subquery()
    )


def _posted(column: Any) -> Any:
    """Where the newest earlier state of the same card stands."""
    earlier = aliased(OutboxRow)
    return (
        select(getattr(earlier, column.key))
        .where(
            earlier.workspace_id == OutboxRow.workspace_id,
            earlier.destination == OutboxRow.destination,
            earlier.card == OutboxRow.card,
            earlier.id < OutboxRow.id,
            earlier.state == DeliveryState.SENT,
            earlier.posted_ts.is_not(None),
        )
        .order_by(earlier.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_CANDIDATES = (
    select(
        OutboxRow.id,
        OutboxRow.workspace_id,
        OutboxRow.useless_after,
        OutboxRow.claimed_at,
        OutboxRow.card,
        OutboxRow.destination,
        _before().label("before"),
    )
    .where(
        *CLAIMABLE,
        OutboxRow.lane == bindparam("lane"),
        OutboxRow.due_at <= bindparam("now"),
        OutboxRow.destination.not_in(bindparam("skip", expanding=True)),
    )
    .order_by(OutboxRow.due_at, OutboxRow.id)
    .limit(bindparam("look_at"))
    .with_for_update(skip_locked=True)
)
_HELD = (
    select(OutboxRow.id)
    .where(OutboxRow.id.in_(_IDS), OutboxRow.settled_at.is_(None))
    .with_for_update(read=True, skip_locked=True)
)
_MARK = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("delivery"))
    .values(waits_for=bindparam("before"))
)
_LEASE = (
    update(OutboxRow)
    .where(OutboxRow.id.in_(_IDS))
    .values(
        state=DeliveryState.SENDING,
        attempts=OutboxRow.attempts + 1,
        due_at=bindparam("lease_until"),
        claimed_at=func.coalesce(OutboxRow.claimed_at, bindparam("now", type_=UtcDateTime())),
    )
)
# Not a join: SQLite may begin one at the workspace and walk through all it ever sent.
_TEAM = (
    select(WorkspaceRow.team_id).where(WorkspaceRow.id == OutboxRow.workspace_id).scalar_subquery()
)
_TAKEN = select(
    OutboxRow,
    _TEAM.label("team_id"),
    _posted(OutboxRow.posted_channel).label("edits_channel"),
    _posted(OutboxRow.posted_ts).label("edits_ts"),
).where(OutboxRow.id.in_(_IDS))


class Claim:
    """One claim's transaction. `taken` maps each row to its first claim of unknown outcome."""

    def __init__(
        self,
        connection: AsyncConnection,
        *,
        now: datetime,
        lease_until: datetime,
        skip: Sequence[Destination],
    ) -> None:
        self._connection = connection
        self._now = now
        self._lease_until = lease_until
        self._skip: list[str] = list(skip)
        self._destinations: Counter[str] = Counter()
        self.taken: dict[DeliveryId, datetime | None] = {}

    async def take(self, lane: Lane, wanted: int) -> None:
        """Take up to so many rows of the lane; mark those that wait, drop those that are late."""
        look_at = max(wanted, LOOK_AT)
        while wanted > 0:
            rows = await self._candidates(lane, look_at)
            late = [row for row in rows if self._is_late(row)]
            in_time = [row for row in rows if not self._is_late(row)]
            free = self._lines_of([row for row in in_time if row.before is None])[:wanted]
            await self._drop(late)
            await self._lease(free)
            marked = await self._mark([row for row in in_time if row.before is not None])
            wanted -= len(free)
            exhausted = len(rows) < look_at and not late
            stuck = not (late or free or marked)
            if exhausted or stuck or (self.taken and look_at >= LOOK_AT_MOST):
                return
            look_at = min(2 * look_at, max(wanted, LOOK_AT_MOST))

    def _lines_of(self, rows: Sequence[Any]) -> list[Any]:
        """Few rows of each destination; one that has its share is left alone from then on."""
        shares = Counter(self._destinations)
        chosen = []
        for row in rows:
            if shares[row.destination] < LINE:
                shares[row.destination] += 1
                chosen.append(row)
        full = [to for to, share in shares.items() if share >= LINE and to not in self._skip]
        self._skip += full
        self._destinations = shares
        return chosen

    async def deliveries(self) -> list[Delivery]:
        """What was taken, in the order it was taken."""
        if not self.taken:
            return []
        rows = await self._run(_TAKEN, ids=list(self.taken))
        by_id = {row.id: row for row in rows}
        made = [await self._delivery(by_id[delivery_id]) for delivery_id in self.taken]
        return [delivery for delivery in made if delivery is not None]

    async def _candidates(self, lane: Lane, look_at: int) -> Sequence[Any]:
        found = await self._run(
            _CANDIDATES, lane=lane, now=self._now, skip=self._skip, look_at=look_at
        )
        return found.all()

    def _is_late(self, row: Any) -> bool:
        """Not so what may stand in Slack already: it is looked for first."""
        may_stand = row.claimed_at is not None
        return row.useless_after is not None and row.useless_after <= self._now and not may_stand

    async def _drop(self, late: Sequence[Any]) -> None:
        for row in late:
            scope = self._scope(row)
            await settling.drop_late(scope, row.id, self._now)
            await settling.finish(scope)

    async def _lease(self, free: Sequence[Any]) -> None:
        if free:
            ids = [row.id for row in free]
            await self._run(_LEASE, ids=ids, now=self._now, lease_until=self._lease_until)
            self.taken |= {row.id: row.claimed_at for row in free}

    async def _mark(self, waiting: Sequence[Any]) -> int:
        """Mark rows with the one they wait for; how many were marked.

        That one is held while this is written: whoever settles it meanwhile is not waited for,
        and whoever settles it later finds the mark.
        """
        if not waiting:
            return 0
        before = {row.id: row.before for row in waiting}
        held = set((await self._run(_HELD, ids=list(before.values()))).scalars())
        marks = [{"delivery": id_, "before": old} for id_, old in before.items() if old in held]
        if marks:
            await self._connection.execute(_MARK, marks)
        return len(marks)

    async def _delivery(self, row: Any) -> Delivery | None:
        try:
            notice = notices.decode(row.kind, row.facts)
        except notices.UnknownNotice as error:
            scope = self._scope(row)
            await settling.park(scope, row.id, str(error), self._now, unsure=False)
            await settling.finish(scope)
            return None
        stands = row.edits_ts is not None
        return Delivery(
            id=row.id,
            workspace_id=row.workspace_id,
            team_id=row.team_id,
            to=ChannelId(row.destination),
            subject=row.subject,
            lane=Lane(row.lane),
            card=row.card,
            notice=notice,
            attempts=row.attempts,
            created_at=row.created_at,
            useless_after=row.useless_after,
            edits=Posted(channel=row.edits_channel, ts=row.edits_ts) if stands else None,
            unsure_since=self.taken[row.id],
        )

    def _scope(self, row: Any) -> Scope:
        return Scope(self._connection, row.workspace_id)

    async def _run(self, statement: Executable, **parameters: Any) -> CursorResult[Any]:
        return await self._connection.execute(statement, parameters)
