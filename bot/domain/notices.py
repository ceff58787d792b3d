"""Facts worth telling someone. Pixels are chosen at delivery, in handlers/views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.alerts import Condition, EpisodeState, Step
from bot.domain.ids import Destination, EpisodeId, TicketId, UserId
from bot.domain.reports import DailySnapshot
from bot.domain.sla import Clock
from bot.domain.tickets import Priority, Source, TicketStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts:
    """A ticket as a message shows it, complete at the moment it was written.

    `zone` is the workspace's: for readers whose Slack cannot show their own time.
    """

    ticket_id: TicketId
    key: str
    title: str
    description: str
    client_code: str
    client_name: str
    priority: Priority
    status: TicketStatus
    requester: UserId | None
    assignee: UserId | None
    source: Source | None
    requested_at: datetime
    response_due_at: datetime
    resolution_due_at: datetime
    responded_at: datetime | None
    responded_by: UserId | None
    closed_at: datetime | None
    resolution: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTriage:
    """The triage card in the alert channel, in its newest state.

    `names` are of everybody in it: a card names people, it does not ping them.
    """

    ticket: TicketFacts
    names: Mapping[UserId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised:
    """An episode told to somebody (`level` of the ladder they stand for) or shown in a channel.

    `level` is 0 for channels and for people outside the ladder. `asks` is whether the time of that
    level runs from this message's delivery. `role` is what the person told stands for.
    `now_with` is the role that has it at present, for `hold_minutes` from delivery; then
    `next_role` is told, or `now_with` again. All three are None when nobody is waited for.
    `due_at` is when what it is about was due.
    """

    episode_id: EpisodeId
    condition: Condition
    severity: Priority
    state: EpisodeState
    clock: Clock
    due_at: datetime
    opened_at: datetime
    late: bool
    ticket: TicketFacts
    level: int
    asks: bool
    role: str | None
    now_with: str | None
    next_role: str | None
    hold_minutes: int | None
    acknowledged_by: UserId | None
    acknowledged_until: datetime | None
    closed_because: str
    trail: tuple[Step, ...]
    names: Mapping[UserId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyDigest:
    """The daily snapshot, posted once to the ops channel."""

    snapshot: DailySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryParked:
    """Told once to the admins when a message cannot reach its destination."""

    destination: Destination
    reason: str
    what: str


Notice: TypeAlias = TicketTriage | AlertRaised | DailyDigest | DeliveryParked
