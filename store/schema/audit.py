"""The table of audit entries. Append-only: no statement of ours changes or removes one."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.ids import UserId, WorkspaceId
from store.schema.row import Row
from store.schema.workspaces import WorkspaceRow
from store.types import RowId


class AuditRow(Row):
    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "workspace_id", "subject", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowId(), primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(ForeignKey(WorkspaceRow.id))
    at: Mapped[datetime]
    action: Mapped[str]
    done_by: Mapped[UserId | None]
    subject: Mapped[str]
    fields: Mapped[dict[str, Any]]
