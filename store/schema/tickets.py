"""The table of tickets."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.ids import ChannelId, ClientId, MessageTs, TicketId, UserId, WorkspaceId
from bot.domain.tickets import Intake, Priority, TicketStatus
from store.schema.clients import ClientRow
from store.schema.row import Row


class TicketRow(Row):
    """`next_due_at` is the soonest clock still running, NULL once the ticket is not open.

    So it says in one column what is open and in which order it is due.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "client_id"], [ClientRow.workspace_id, ClientRow.id]),
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "folded_key"),
        UniqueConstraint("workspace_id", "source_channel", "source_ts"),
        UniqueConstraint("workspace_id", "submission"),
        Index(None, "workspace_id", "next_due_at", "id"),
        Index(None, "workspace_id", "client_id", "next_due_at", "id"),
        Index(None, "workspace_id", "client_id", "requested_at"),
        Index(None, "workspace_id", "client_id", "responded_at"),
        Index(None, "workspace_id", "created_at"),
        Index(None, "workspace_id", "closed_at"),
    )

    id: Mapped[TicketId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    client_id: Mapped[ClientId]
    key: Mapped[str]
    folded_key: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    priority: Mapped[Priority]
    category: Mapped[str]
    intake: Mapped[Intake]
    status: Mapped[TicketStatus]
    requester: Mapped[UserId | None]
    assignee: Mapped[UserId | None]
    source_channel: Mapped[ChannelId | None]
    source_ts: Mapped[MessageTs | None]
    source_author: Mapped[UserId | None]
    submission: Mapped[str | None]
    opened_by: Mapped[UserId | None]
    requested_at: Mapped[datetime]
    created_at: Mapped[datetime]
    response_warn_at: Mapped[datetime]
    response_due_at: Mapped[datetime]
    resolution_warn_at: Mapped[datetime]
    resolution_due_at: Mapped[datetime]
    responded_at: Mapped[datetime | None]
    responded_by: Mapped[UserId | None]
    closed_at: Mapped[datetime | None]
    resolution: Mapped[str]
    external_id: Mapped[str]
    next_due_at: Mapped[datetime | None]
    version: Mapped[int]
