"""What a ticket is and how it may change (domain 4). Time comes in as an argument."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import ChannelId, ClientId, MessageTs, TicketId, UserId

TITLE_LIMIT = 150
DESCRIPTION_LIMIT = 10_000


class Priority(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TicketStatus(StrEnum):
    NEW = "new"
    TRIAGED = "triaged"
    IN_PROGRESS = "in_progress"
    WAITING_ON_CLIENT = "waiting_on_client"
    IN_REVIEW = "in_review"
    AWAITING_APPROVAL = "awaiting_approval"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self not in {TicketStatus.CLOSED, TicketStatus.CANCELLED}


class Intake(StrEnum):
    """Through which door a request came."""

    SLACK = "slack"
    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The Slack message a ticket grew out of. The same message never makes two tickets."""

    channel: ChannelId
    ts: MessageTs
    author: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Somebody wrote to the requester, at that instant."""

    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDraft:
    """`submission` is the key of the form or call that made it, `source` the Slack message."""

    client_id: ClientId
    title: str
    description: str = ""
    priority: Priority
    category: str = ""
    intake: Intake = Intake.SLACK
    status: TicketStatus = TicketStatus.NEW
    requester: UserId | None = None
    assignee: UserId | None = None
    source: Source | None = None
    submission: str | None = None
    opened_by: UserId | None
    requested_at: datetime
    created_at: datetime
    response_warn_at: datetime
    response_due_at: datetime
    resolution_warn_at: datetime
    resolution_due_at: datetime
    responded_at: datetime | None = None
    responded_by: UserId | None = None
    closed_at: datetime | None = None
    resolution: str = ""
    external_id: str = ""

    def answered(self, answer: Answer) -> Self:
        """The first response (domain 4)."""
        status = TicketStatus.TRIAGED if self.status is TicketStatus.NEW else self.status
        return replace(self, responded_at=answer.at, responded_by=answer.by, status=status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket(TicketDraft):
    """A ticket with the key it was born with, such as `ACME-12`."""

    id: TicketId
    key: str
    version: int = 1

    def taken(self, by: UserId) -> Self:
        self._require_open("taken")
        status = self.status
        if status in {TicketStatus.NEW, TicketStatus.TRIAGED}:
            status = TicketStatus.IN_PROGRESS
        return replace(self, assignee=by, status=status)

    def responded(self, by: UserId, at: datetime) -> Self:
        """The first response (domain 4); a later one changes nothing."""
        if self.responded_at is not None:
            return self
        if at < self.requested_at:
            raise Conflict(f"{self.key} was requested after that. A response comes later.")
        return self.answered(Answer(by=by, at=at))

    def closed(self, resolution: str, at: datetime) -> Self:
        self._require_open("closed")
        if not resolution.strip():
            raise InvalidInput("resolution", "Say in a sentence how it was resolved.")
        return replace(self, status=TicketStatus.CLOSED, resolution=resolution, closed_at=at)

    def _require_open(self, verb: str) -> None:
        if not self.status.is_open:
            raise Conflict(f"{self.key} is {self.status} and cannot be {verb}.")


def checked_title(title: str) -> str:
    """The title on one line. Raises InvalidInput when there is none or it is too long."""
    line = " ".join(title.split())
    if not line or len(line) > TITLE_LIMIT:
        raise InvalidInput("title", f"A title is 1 to {TITLE_LIMIT} characters.")
    return line


def title_from(text: str) -> str:
    """A title out of somebody's message: its first line, cut at a word."""
    line = " ".join((text.strip().splitlines() or [""])[0].split())
    if len(line) <= TITLE_LIMIT:
        return line
    return line[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"
