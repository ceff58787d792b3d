"""Due rows: set, moved and taken within a workspace; read by the scheduler across workspaces."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.timers import Timer, TimerKind
from store.reading import fetch
from store.schema import TimerRow
from store.scope import WORKSPACE, Insert, Scope, on_both


def _set(insert: Any) -> Insert:
    statement: Insert = insert(TimerRow)
    return statement.on_conflict_do_update(
        index_elements=[TimerRow.workspace_id, TimerRow.kind, TimerRow.subject],
        set_={"due_at": statement.excluded.due_at},
    )


_SET = on_both(_set)
_CANCEL = delete(TimerRow).where(
    TimerRow.workspace_id == WORKSPACE,
    TimerRow.kind == bindparam("kind"),
    TimerRow.subject == bindparam("subject"),
)
_TAKE = _CANCEL.where(TimerRow.id == bindparam("timer"), TimerRow.due_at == bindparam("due_at"))
_DUE = (
    select(TimerRow)
    .where(TimerRow.due_at <= bindparam("now"))
    .order_by(TimerRow.due_at, TimerRow.id)
    .limit(bindparam("limit"))
)
_NEXT = select(func.min(TimerRow.due_at))


class SqlTimers:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def set(self, kind: TimerKind, subject: str, *, due_at: datetime) -> None:
        await self._scope.insert(_SET, kind=kind, subject=subject, due_at=due_at)
        self._scope.timed = True

    async def cancel(self, kind: TimerKind, subject: str) -> None:
        await self._scope.run(_CANCEL, kind=kind, subject=subject)

    async def take(self, timer: Timer) -> bool:
        taken = await self._scope.run(
            _TAKE, timer=timer.id, kind=timer.kind, subject=timer.subject, due_at=timer.due_at
        )
        return taken.rowcount == 1


class SqlDueTimers:
    """Only looks: whoever acts on a timer takes it in the transaction of the effect."""

    def __init__(self, reads: AsyncEngine) -> None:
        self._reads = reads

    async def due(self, *, now: datetime, limit: int) -> Sequence[Timer]:
        return [
            Timer(
                id=row.id,
                workspace_id=row.workspace_id,
                kind=row.kind,
                subject=row.subject,
                due_at=row.due_at,
            )
            for row in await fetch(self._reads, _DUE, now=now, limit=limit)
        ]

    async def next_due_at(self) -> datetime | None:
        [row] = await fetch(self._reads, _NEXT)
        earliest: datetime | None = row[0]
        return earliest
