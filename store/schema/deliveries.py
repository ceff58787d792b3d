"""Tables of messages: keys of what came in, and every promise that goes out."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import ChannelId, DeliveryId, MessageTs, WorkspaceId
from store.schema.row import Row
from store.schema.workspaces import WorkspaceRow

_CLAIMABLE = text("settled_at IS NULL AND waits_for IS NULL")
_UNSETTLED = text("settled_at IS NULL")
_PARKED = text("state = 'parked'")
_CARD = text("card IS NOT NULL")
_WAITING = text("waits_for IS NOT NULL")


class InboxRow(Row):
    __tablename__ = "inbox"

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        ForeignKey(WorkspaceRow.id), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class OutboxRow(Row):
    """A promise and what became of it; `settled_at` is NULL while it is pending or being sent.

    `due_at` is when it may be claimed: while it is being sent, the end of its lease. `claimed_at`
    is the first claim whose outcome nobody knows. `waits_for` is the row before it in its line
    (same destination and subject), written when a courier found it blocked: such rows leave the
    index couriers read, so a long line costs no more per row than a short one.

    Rows are numbered without reuse, for the number is the delivery id in Slack's metadata.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(
            "ix_outbox_claimable",
            "lane",
            "due_at",
            "id",
            "destination",
            sqlite_where=_CLAIMABLE,
            postgresql_where=_CLAIMABLE,
        ),
        Index(
            "ix_outbox_line",
            "workspace_id",
            "destination",
            "subject",
            "id",
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
        Index(
            "ix_outbox_waits_for",
            "workspace_id",
            "waits_for",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_outbox_card",
            "workspace_id",
            "destination",
            "card",
            "id",
            sqlite_where=_CARD,
            postgresql_where=_CARD,
        ),
        Index("ix_outbox_subject", "workspace_id", "subject", "destination", "card"),
        Index(
            "ix_outbox_parked",
            "workspace_id",
            "destination",
            sqlite_where=_PARKED,
            postgresql_where=_PARKED,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[DeliveryId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(ForeignKey(WorkspaceRow.id))
    key: Mapped[str]
    destination: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str]
    card: Mapped[str | None]
    lane: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    useless_after: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    waits_for: Mapped[DeliveryId | None]
    settled_at: Mapped[datetime | None]
    posted_channel: Mapped[ChannelId | None]
    posted_ts: Mapped[MessageTs | None]
    reason: Mapped[str]
