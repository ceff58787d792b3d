"""What our buttons and modals carry along: ids only, typed and versioned by `handlers.codec`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRef:
    ticket_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRef:
    episode_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRef:
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRef:
    """A page of a list, from 0; `code` narrows it to one client."""

    page: int
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOrigin:
    """Where a ticket form was opened: the message it is about, and who answered that already."""

    channel: str | None = None
    ts: str | None = None
    author: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
