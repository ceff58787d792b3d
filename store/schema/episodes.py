"""The table of episodes: one running at a time for each condition and subject."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.alerts import Condition, EpisodeState
from bot.domain.ids import ClientId, EpisodeId, TicketId, UserId, WorkspaceId
from bot.domain.tickets import Priority
from store.schema.clients import ClientRow
from store.schema.row import Row
from store.schema.tickets import TicketRow

_RUNNING = text("closed_at IS NULL")


class EpisodeRow(Row):
    __tablename__ = "episodes"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "client_id"], [ClientRow.workspace_id, ClientRow.id]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], [TicketRow.workspace_id, TicketRow.id]),
        Index(
            "uq_episodes_running",
            "workspace_id",
            "condition",
            "subject",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
        Index(None, "workspace_id", "ticket_id"),
        Index(None, "workspace_id", "condition", "opened_at"),
        Index(
            "ix_episodes_running",
            "workspace_id",
            "state",
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )

    id: Mapped[EpisodeId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    condition: Mapped[Condition]
    subject: Mapped[str]
    client_id: Mapped[ClientId]
    ticket_id: Mapped[TicketId | None]
    severity: Mapped[Priority]
    due_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    ladder: Mapped[dict[str, Any] | None]
    ascent: Mapped[dict[str, Any] | None]
    state: Mapped[EpisodeState]
    late: Mapped[bool]
    messages: Mapped[int]
    unreachable: Mapped[list[Any]]
    trail: Mapped[list[Any]]
    acknowledged_by: Mapped[UserId | None]
    acknowledged_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str]
    version: Mapped[int]
