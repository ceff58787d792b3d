"""A ticket's two clocks: due, warning, state, and why (domain 4). Refuses to measure backwards.

Every figure comes in: targets and the warning's share are policy. Instants are aware, durations are
working time on the target's calendar, which the caller resolves by name, zone and holidays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from bot.domain.calendars import WorkingCalendar
from bot.domain.windows import WEEKDAYS

WHOLE = 100


class Clock(StrEnum):
    RESPONSE = "response"
    RESOLUTION = "resolution"


class ClockState(StrEnum):
    """Breached beats warned beats paused beats running; met only if in time."""

    RUNNING = "running"
    PAUSED = "paused"
    WARNED = "warned"
    MET = "met"
    BREACHED = "breached"


class Alarm(StrEnum):
    WARNING = "warning"
    BREACH = "breach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """So much working time on the calendar of that name."""

    hours: timedelta
    calendar: str

    def __post_init__(self) -> None:
        if self.hours <= timedelta(0):
            raise ValueError(f"A target of {_spelled(self.hours)} can never be met.")

    @classmethod
    def business_days(cls, days: int, *, day: timedelta, calendar: str) -> Self:
        """N business days are N times the hours of one on that calendar."""
        return cls(hours=days * day, calendar=calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlaTargets:
    """The targets by priority, and at how many percent of its time a clock warns."""

    response: Mapping[str, Target]
    resolution: Mapping[str, Target]
    warn_percent: int

    def __post_init__(self) -> None:
        if not 0 < self.warn_percent < WHOLE:
            raise ValueError(f"A warning comes between 1 and 99 percent, not {self.warn_percent}.")

    def of(self, priority: str, clock: Clock) -> Target:
        """The target of that priority. Raises ValueError when the policy has none."""
        targets = self.response if clock is Clock.RESPONSE else self.resolution
        if priority not in targets:
            known = ", ".join(targets)
            raise ValueError(f"No {clock} target for {priority!r}. There are: {known}.")
        return targets[priority]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What one clock of one ticket runs towards. Raising the priority makes another one."""

    target: Target
    started_at: datetime
    warn_at: datetime
    due_at: datetime

    def is_born_late(self, logged_at: datetime) -> bool:
        """Due before anybody here had logged it."""
        return self.due_at <= logged_at

    def is_settled(self, now: datetime, stopped_at: datetime | None = None) -> bool:
        """Answered or due by now: compliance is judged by the target in force then."""
        return self.due_at <= now or (stopped_at is not None and stopped_at <= now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Something to tell at an instant. `logged_late` marks the breach of a clock born late."""

    alarm: Alarm
    at: datetime
    logged_late: bool = False


def due_at(target: Target, started_at: datetime, calendar: WorkingCalendar) -> datetime:
    return calendar.add(started_at, target.hours)


def warn_at(
    target: Target, started_at: datetime, calendar: WorkingCalendar, percent: int
) -> datetime:
    """When so many percent of the target's working time are used up."""
    return calendar.add(started_at, target.hours * percent / WHOLE)


def deadline(
    target: Target, started_at: datetime, calendar: WorkingCalendar, *, warn_percent: int
) -> Deadline:
    """The deadline of a clock that runs without a pause. `calendar` is the target's."""
    return Deadline(
        target=target,
        started_at=started_at,
        warn_at=warn_at(target, started_at, calendar, warn_percent),
        due_at=due_at(target, started_at, calendar),
    )


def in_force(
    old: Deadline, new: Deadline, *, now: datetime, stopped_at: datetime | None = None
) -> Deadline:
    """The deadline after priority, calendar or policy changed: open ones move, past ones never."""
    return old if old.is_settled(now, stopped_at) else new


def state(
    deadline: Deadline,
    *,
    now: datetime,
    stopped_at: datetime | None = None,
    paused: bool = False,
) -> ClockState | None:
    """The clock as of now; None when it was stopped before it started: no measure then."""
    if stopped_at is not None and stopped_at < deadline.started_at:
        return None
    return read_clock(
        warn_at=deadline.warn_at,
        due_at=deadline.due_at,
        now=now,
        stopped_at=stopped_at,
        paused=paused,
    )


def read_clock(
    *,
    warn_at: datetime,
    due_at: datetime,
    now: datetime,
    stopped_at: datetime | None = None,
    paused: bool = False,
) -> ClockState:
    """The clock as of now; what stops it after now has not happened yet.

    The due instant itself is still in time for an answer; without one the clock is breached then.
    """
    if stopped_at is not None and stopped_at <= now:
        return ClockState.MET if stopped_at <= due_at else ClockState.BREACHED
    if now >= due_at:
        return ClockState.BREACHED
    if now >= warn_at:
        return ClockState.WARNED
    return ClockState.PAUSED if paused else ClockState.RUNNING


def signals(
    deadline: Deadline, *, logged_at: datetime, stopped_at: datetime | None = None
) -> tuple[Signal, ...]:
    """What is to be told of a clock, in order, each once and never before it was logged.

    Born late: no warning, one breach marked logged late. A clock that stopped before an alarm was
    due does not raise it.
    """
    late = deadline.is_born_late(logged_at)
    found = []
    if not late and _runs_at(deadline.warn_at, deadline, stopped_at):
        found.append(Signal(alarm=Alarm.WARNING, at=max(deadline.warn_at, logged_at)))
    if _runs_at(deadline.due_at, deadline, stopped_at):
        at = max(deadline.due_at, logged_at)
        found.append(Signal(alarm=Alarm.BREACH, at=at, logged_late=late))
    return tuple(found)


def explain(deadline: Deadline, *, zone: ZoneInfo, now: datetime) -> str:
    """`due Tue 14:00: 48 h on 24x5`, in the reader's zone; with the date when not this week."""
    shown = deadline.due_at.astimezone(zone)
    away = abs((shown.date() - now.astimezone(zone).date()).days)
    day = WEEKDAYS[shown.weekday()].title()
    if away >= len(WEEKDAYS):
        day = f"{day} {shown.date().isoformat()}"
    target = deadline.target
    return f"due {day} {shown:%H:%M}: {_spelled(target.hours)} on {target.calendar}"


def _runs_at(at: datetime, deadline: Deadline, stopped_at: datetime | None) -> bool:
    if stopped_at is None:
        return True
    return deadline.started_at <= stopped_at and at < stopped_at


def _spelled(span: timedelta) -> str:
    hours, rest = divmod(span, timedelta(hours=1))
    minutes = rest // timedelta(minutes=1)
    if not minutes:
        return f"{hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
