"""Slots of recurring jobs: taken once, however many replicas ask."""

from datetime import datetime

from store.schema import JobSlotRow
from store.scope import Scope, on_both

_TAKE = on_both(lambda insert: insert(JobSlotRow).on_conflict_do_nothing())


class SqlSlots:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def take(self, job: str, slot: str, *, now: datetime) -> bool:
        taken = await self._scope.insert(_TAKE, job=job, slot=slot, taken_at=now)
        return taken.rowcount == 1
