"""Episodes: one for a condition and a subject, while it is true (domain 9)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.ascents import Ascent
from bot.domain.ids import ClientId, EpisodeId, TicketId, UserId
from bot.domain.ladders import Ladder
from bot.domain.tickets import Priority


class Condition(StrEnum):
    SLA_WARNING = "sla_warning"
    SLA_BREACH = "sla_breach"


class EpisodeState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class StepKind(StrEnum):
    TOLD = "told"
    NOBODY = "nobody"
    ALREADY_TOLD = "already_told"
    REPEATED = "repeated"
    EXHAUSTED = "exhausted"
    ACKNOWLEDGED = "acknowledged"
    ASKED_AGAIN = "asked_again"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to an episode: whom it reached, or why it went past them."""

    kind: StepKind
    at: datetime
    level: int
    people: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeDraft:
    """`subject` is what it is about, such as `ticket:12:response`; `due_at` when that was due.

    `ladder` is a frozen copy and `ascent` how far it was climbed; both None for a condition
    without a ladder. `trail` is everything that happened, in order. `late` marks a breach that
    was already past when the ticket was logged. `messages` counts what was sent to people;
    `unreachable` are those whose message could not be delivered.
    """

    condition: Condition
    subject: str
    client_id: ClientId
    ticket_id: TicketId | None
    severity: Priority
    due_at: datetime
    opened_at: datetime
    ladder: Ladder | None = None
    ascent: Ascent | None = None
    state: EpisodeState = EpisodeState.OPEN
    late: bool = False
    messages: int = 0
    unreachable: tuple[UserId, ...] = ()
    trail: tuple[Step, ...] = ()
    acknowledged_by: UserId | None = None
    acknowledged_until: datetime | None = None
    closed_at: datetime | None = None
    closed_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(EpisodeDraft):
    id: EpisodeId
    version: int = 1

    @property
    def told(self) -> tuple[UserId, ...]:
        """Everybody a message went to, in order, each once."""
        people = [user for step in self.trail if step.kind is StepKind.TOLD for user in step.people]
        return tuple(dict.fromkeys(people))

    @property
    def is_running(self) -> bool:
        return self.state is not EpisodeState.CLOSED

    def happened(
        self, kind: StepKind, at: datetime, *, level: int = 0, people: tuple[UserId, ...] = ()
    ) -> Self:
        step = Step(kind=kind, at=at, level=level, people=people)
        return replace(self, trail=(*self.trail, step))

    def acknowledged(self, by: UserId, at: datetime, until: datetime) -> Self:
        ascent = self.ascent and self.ascent.acknowledged(by, until)
        return replace(
            self.happened(StepKind.ACKNOWLEDGED, at, people=(by,)),
            state=EpisodeState.ACKNOWLEDGED,
            ascent=ascent,
            acknowledged_by=by,
            acknowledged_until=until,
        )

    def closed(self, at: datetime, because: str) -> Self:
        return replace(
            self.happened(StepKind.CLOSED, at),
            state=EpisodeState.CLOSED,
            closed_at=at,
            closed_because=because,
        )
