"""Keys of what came in: a repeated delivery finds its key and changes nothing."""

from datetime import datetime

from store.schema import InboxRow
from store.scope import Scope, on_both

_FIRST = on_both(lambda insert: insert(InboxRow).on_conflict_do_nothing())


class SqlInbox:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def first(self, key: str, *, now: datetime) -> bool:
        recorded = await self._scope.insert(_FIRST, key=key, seen_at=now)
        return recorded.rowcount == 1
