"""Tables of what is due: timers, and the slots of recurring jobs that were taken."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.ids import TimerId, WorkspaceId
from bot.domain.timers import TimerKind
from store.schema.row import Row
from store.schema.workspaces import WorkspaceRow


class TimerRow(Row):
    """The index on `due_at` alone is for the scheduler, which looks across workspaces."""

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject"),
        Index(None, "due_at", "id"),
    )

    id: Mapped[TimerId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(ForeignKey(WorkspaceRow.id))
    kind: Mapped[TimerKind]
    subject: Mapped[str]
    due_at: Mapped[datetime]


class JobSlotRow(Row):
    __tablename__ = "job_slots"

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        ForeignKey(WorkspaceRow.id), primary_key=True, autoincrement=False
    )
    job: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]
