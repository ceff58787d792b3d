"""Due rows: every promise to act later is one of these, so a restart forgets nothing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import TimerId, WorkspaceId


class TimerKind(StrEnum):
    TICKET_WARNING = "ticket_warning"
    TICKET_BREACH = "ticket_breach"
    EPISODE_STEP = "episode_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """`subject` is what it is about: `12:response` of a ticket, `7` of an episode."""

    id: TimerId
    workspace_id: WorkspaceId
    kind: TimerKind
    subject: str
    due_at: datetime
