"""What a client's card shows: the projection kept beside each client, read at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.clients import ClientStatus
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Role
from bot.domain.sla import Clock, ClockState, read_clock
from bot.domain.tickets import Priority, TicketStatus

CARD_TICKETS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    """An open ticket as the card needs it; clocks are read against an instant later."""

    key: str
    title: str
    priority: Priority
    status: TicketStatus
    assignee: UserId | None
    requested_at: datetime
    response_warn_at: datetime
    response_due_at: datetime
    responded_at: datetime | None
    resolution_warn_at: datetime
    resolution_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """Everything `/client status` shows, as one row.

    `open_by_priority` counts every open ticket; `tickets` holds the soonest due ones
    (`CARD_TICKETS` at most). `last_contact_at` is the newest request or answer.
    """

    code: str
    name: str
    status: ClientStatus
    website: str = ""
    package: str = ""
    zone: str | None = None
    team: Mapping[Role, UserId] = field(default_factory=dict)
    internal_channel: ChannelId | None = None
    client_channel: ChannelId | None = None
    open_by_priority: Mapping[Priority, int] = field(default_factory=dict)
    tickets: tuple[OpenTicket, ...] = ()
    last_contact_at: datetime | None = None


def clock_state(ticket: OpenTicket, now: datetime) -> tuple[Clock, ClockState]:
    """The clock of an open ticket that matters now, and how it stands.

    Until it is answered that is the response clock, then the resolution clock; a breached
    resolution comes before everything.
    """
    resolution = read_clock(
        warn_at=ticket.resolution_warn_at,
        due_at=ticket.resolution_due_at,
        now=now,
    )
    if ticket.responded_at is not None or resolution is ClockState.BREACHED:
        return Clock.RESOLUTION, resolution
    response = read_clock(
        warn_at=ticket.response_warn_at,
        due_at=ticket.response_due_at,
        now=now,
    )
    return Clock.RESPONSE, response
