"""Who is told next, and when (domain 9): pure steps up a frozen ladder. Skips no level silently.

`climb` is what a sweep calls: it steps until there is something to wait for and returns everything
to do on the way. A message counts from its delivery, which the caller reports to the standing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.domain.calendars import WorkingCalendar
from bot.domain.ladders import Ladder
from bot.domain.standings import FIRST_TOLD, ZERO, Standing, Told


class PassReason(StrEnum):
    NOBODY = "nobody"
    ALREADY_TOLD = "already_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who could be told as of now, resolved by the caller.

    `available`: user ids by level, delegates in place of those away. `gone`: left, or their
    delivery is parked; told or not, they no longer count. `calendars`: by level, the calendar the
    ladder names, in the zone of the person told. `workdays`: the workspace's working calendar.
    """

    available: Mapping[int, tuple[str, ...]]
    calendars: Mapping[int, WorkingCalendar]
    workdays: WorkingCalendar
    gone: frozenset[str] = frozenset()

    def at(self, level: int) -> tuple[str, ...]:
        return self.present(self.available.get(level, ()))

    def present(self, people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(user for user in people if user not in self.gone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    level: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassLevel:
    """The level is over without a message. `NOBODY` is a gap, reported once a day."""

    level: int
    reason: PassReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    level: int
    people: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """An acknowledgement ran out and the condition is still true: the same person is asked."""

    level: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhausted:
    """The ladder has ended unanswered; `reminder` on each working day after the first."""

    reminder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing to do before that instant; None: until a delivery is reported."""

    until: datetime | None


Move = Tell | PassLevel | Repeat | AskAgain | Exhausted
Action = Move | Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """What to do now, in order, and where the episode stands then until `wait`."""

    moves: tuple[Move, ...]
    standing: Standing
    wait: Wait


def climb(ladder: Ladder, standing: Standing, roster: Roster, now: datetime) -> Climbed:
    """Every step that is due now. The episode's condition is still true and it is not closed."""
    moves: list[Move] = []
    while not isinstance(action := step(ladder, standing, roster, now), Wait):
        moves.append(action)
        standing = applied(standing, action, now)
    return Climbed(moves=tuple(moves), standing=standing, wait=action)


def step(ladder: Ladder, standing: Standing, roster: Roster, now: datetime) -> Action:
    """The next action; nothing is told that is not due."""
    held = _held(standing, roster, now)
    if held is not None:
        return held
    if standing.exhausted_at:
        return _remind(standing.exhausted_at, roster, now)
    if standing.level < ladder.entry:
        return _fire(ladder, standing, roster, ladder.entry)
    return _running(ladder, standing, roster, now) or _onward(ladder, standing, roster)


def applied(standing: Standing, move: Move, now: datetime) -> Standing:
    """Where the episode stands after that move; a message is on its way from then on."""
    free = replace(standing, pushed=False, acknowledged_until=None)
    under_way = replace(free, since=None, used=ZERO, passed=False, asking=False, people=())
    match move:
        case Tell(level=level, people=people):
            told = (*standing.told, Told(level=level, people=people))
            return replace(under_way, level=level, told=told, people=people)
        case PassLevel(level=level):
            return replace(under_way, level=level, passed=True, since=now)
        case Repeat(people=people, number=number):
            return replace(under_way, people=people, repeats=number)
        case AskAgain(people=people):
            return replace(under_way, people=people, asking=True)
        case Exhausted():
            return replace(free, exhausted_at=now)
    assert_never(move)


def held_until(ladder: Ladder, window: WorkingCalendar, now: datetime) -> datetime:
    """When an alert message may go out: at once when critical, else in the member's window."""
    return now if ladder.critical else window.next_open(now)


def _fire(ladder: Ladder, standing: Standing, roster: Roster, level: int) -> Tell | PassLevel:
    people = roster.at(level)
    if not people:
        return PassLevel(level=level, reason=PassReason.NOBODY)
    # Who was asked again and did not answer has heard of it, too. At the entry having been the
    # FIRST_TOLD is no reason to pass: that first message is this level.
    heard = standing.everybody_told | set(standing.people)
    if level == ladder.entry:
        heard -= set(standing.told_at(FIRST_TOLD)) - set(standing.told_at(level))
    fresh = tuple(user for user in people if user not in heard)
    if not fresh:
        return PassLevel(level=level, reason=PassReason.ALREADY_TOLD)
    return Tell(level=level, people=fresh)


def _held(standing: Standing, roster: Roster, now: datetime) -> Wait | AskAgain | None:
    """What a snooze or an acknowledgement says, None when neither stands."""
    for until in (standing.snoozed_until, standing.acknowledged_until):
        if until and now < until:
            return Wait(until=until)
    if standing.level and standing.acknowledged_until and standing.acknowledged_by:
        people = roster.present((standing.acknowledged_by,))
        if people:
            return AskAgain(level=standing.level, people=people)
    return None


def _running(
    ladder: Ladder, standing: Standing, roster: Roster, now: datetime
) -> Tell | PassLevel | Wait | None:
    """What the running message is still good for, None when the ladder goes on."""
    if standing.pushed:
        return None
    if not standing.passed and not roster.present(standing.people):
        return _fire(ladder, standing, roster, standing.level)
    return _time_left(ladder, standing, roster, now)


def _onward(
    ladder: Ladder, standing: Standing, roster: Roster
) -> Tell | PassLevel | Repeat | Exhausted:
    """What comes when a level's time is over."""
    if standing.level < ladder.top:
        return _fire(ladder, standing, roster, standing.level + 1)
    people = _to_repeat(ladder, standing, roster)
    if not people or standing.repeats >= ladder.repeats:
        return Exhausted(reminder=False)
    return Repeat(level=ladder.top, people=people, number=standing.repeats + 1)


def _time_left(ladder: Ladder, standing: Standing, roster: Roster, now: datetime) -> Wait | None:
    """What the current level is still to wait for, None when its time is over."""
    at_the_top = standing.level == ladder.top
    if standing.passed and not (at_the_top and _to_repeat(ladder, standing, roster)):
        return None
    if standing.since is None:
        return Wait(until=None)
    hold = ladder.ask_hold if standing.asking else ladder.hold(standing.level)
    until = roster.calendars[standing.level].add(standing.since, hold - standing.used)
    return Wait(until=until) if now < until else None


def _to_repeat(ladder: Ladder, standing: Standing, roster: Roster) -> tuple[str, ...]:
    """Those of the top level, else the highest who were told and are still here."""
    told = (standing.told_at(level) for level in range(ladder.top, FIRST_TOLD, -1))
    candidates = (roster.at(ladder.top), *map(roster.present, told))
    return next(filter(None, candidates), ())


def _remind(exhausted_at: datetime, roster: Roster, now: datetime) -> Exhausted | Wait:
    """Exhausted is said again as each following working day opens."""
    days = roster.workdays
    until = days.first_opening(days.next_working_day(days.local_date(exhausted_at)))
    return Exhausted(reminder=True) if now >= until else Wait(until=until)
