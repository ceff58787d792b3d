"""The audit trail. It only grows: nothing here changes or removes an entry."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert

from bot.domain.ids import UserId
from store.schema import AuditRow
from store.scope import Scope

_RECORD = insert(AuditRow)


class SqlAudit:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def record(
        self,
        action: str,
        *,
        by: UserId | None,
        subject: str,
        now: datetime,
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """Append one entry; `fields` hold what JSON knows: ids, names of fields, digests."""
        await self._scope.insert(
            _RECORD, at=now, action=action, done_by=by, subject=subject, fields=dict(fields or {})
        )
