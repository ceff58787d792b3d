"""Reports as data: typed, complete, without a look (domain 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.clients import ClientStatus
from bot.domain.sla import Clock
from bot.domain.tickets import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """A ticket as one line of a report. `clock` and `due_at` are what the line is about."""

    key: str
    client_name: str
    title: str
    priority: Priority
    clock: Clock | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The first lines of a list, worst first, and how many there are in all."""

    total: int
    lines: tuple[TicketLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DailySnapshot:
    """What #ops reads at 08:00. The past is [since, day): the last working day and what followed,
    so that nothing of a weekend is lost. `due_soon` leaves out what is at risk already.

    `late` marks one that was made after its slot, because nothing was running then.
    """

    day: date
    zone: str
    since: date
    as_of: datetime
    clients_by_status: Mapping[ClientStatus, int]
    opened: Section
    closed: Section
    missed: Section
    due_soon: Section
    at_risk: Section
    unacknowledged: int
    late: bool = False

    @property
    def active_clients(self) -> int:
        return self.clients_by_status.get(ClientStatus.ACTIVE, 0)

    @property
    def is_empty(self) -> bool:
        return not self.clients_by_status
