"""Who is told next, and when (domain 9): pure steps up a frozen ladder. Skips no level silently.

`climb` is what a sweep calls: it steps until there is something to wait for and returns everything
to do on the way. A message counts from its delivery, which the caller reports to the ascent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.domain.ascents import FIRST_TOLD, ZERO, Ascent, Told
from bot.domain.calendars import WorkingCalendar
from bot.domain.ladders import Ladder


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
    ascent: Ascent
    wait: Wait


def climb(ladder: Ladder, ascent: Ascent, roster: Roster, now: datetime) -> Climbed:
    """Every step that is due now. The episode's condition is still true and it is not closed."""
    moves: list[Move] = []
    while not isinstance(action := step(ladder, ascent, roster, now), Wait):
        moves.append(action)
        ascent = applied(ascent, action, now)
    return Climbed(moves=tuple(moves), ascent=ascent, wait=action)


def step(ladder: Ladder, ascent: Ascent, roster: Roster, now: datetime) -> Action:
    """The next action; nothing is told that is not due."""
    held = _held(ascent, roster, now)
    if held is not None:
        return held
    if ascent.exhausted_at:
        return _remind(ascent.exhausted_at, roster, now)
    if ascent.level < ladder.entry:
        return _fire(ladder, ascent, roster, ladder.entry)
    return _running(ladder, ascent, roster, now) or _onward(ladder, ascent, roster)


def applied(ascent: Ascent, move: Move, now: datetime) -> Ascent:
    """Where the episode stands after that move; a message is on its way from then on."""
    free = replace(ascent, pushed=False, acknowledged_until=None)
    under_way = replace(free, since=None, used=ZERO, passed=False, asking=False, people=())
    match move:
        case Tell(level=level, people=people):
            told = (*ascent.told, Told(level=level, people=people))
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


def _fire(ladder: Ladder, ascent: Ascent, roster: Roster, level: int) -> Tell | PassLevel:
    people = roster.at(level)
    if not people:
        return PassLevel(level=level, reason=PassReason.NOBODY)
    # Who was asked again and did not answer has heard of it, too. At the entry having been the
    # FIRST_TOLD is no reason to pass: that first message is this level.
    heard = ascent.everybody_told | set(ascent.people)
    if level == ladder.entry:
        heard -= set(ascent.told_at(FIRST_TOLD)) - set(ascent.told_at(level))
    fresh = tuple(user for user in people if user not in heard)
    if not fresh:
        return PassLevel(level=level, reason=PassReason.ALREADY_TOLD)
    return Tell(level=level, people=fresh)


def _held(ascent: Ascent, roster: Roster, now: datetime) -> Wait | AskAgain | None:
    """What a snooze or an acknowledgement says, None when neither stands."""
    for until in (ascent.snoozed_until, ascent.acknowledged_until):
        if until and now < until:
            return Wait(until=until)
    if ascent.level and ascent.acknowledged_until and ascent.acknowledged_by:
        people = roster.present((ascent.acknowledged_by,))
        if people:
            return AskAgain(level=ascent.level, people=people)
    return None


def _running(
    ladder: Ladder, ascent: Ascent, roster: Roster, now: datetime
) -> Tell | PassLevel | Wait | None:
    """What the running message is still good for, None when the ladder goes on."""
    if ascent.pushed:
        return None
    if not ascent.passed and not roster.present(ascent.people):
        return _fire(ladder, ascent, roster, ascent.level)
    return _time_left(ladder, ascent, roster, now)


def _onward(
    ladder: Ladder, ascent: Ascent, roster: Roster
) -> Tell | PassLevel | Repeat | Exhausted:
    """What comes when a level's time is over."""
    if ascent.level < ladder.top:
        return _fire(ladder, ascent, roster, ascent.level + 1)
    people = _to_repeat(ladder, ascent, roster)
    if not people or ascent.repeats >= ladder.repeats:
        return Exhausted(reminder=False)
    return Repeat(level=ladder.top, people=people, number=ascent.repeats + 1)


def _time_left(ladder: Ladder, ascent: Ascent, roster: Roster, now: datetime) -> Wait | None:
    """What the current level is still to wait for, None when its time is over."""
    at_the_top = ascent.level == ladder.top
    if ascent.passed and not (at_the_top and _to_repeat(ladder, ascent, roster)):
        return None
    if ascent.since is None:
        return Wait(until=None)
    hold = ladder.ask_hold if ascent.asking else ladder.hold(ascent.level)
    until = roster.calendars[ascent.level].add(ascent.since, hold - ascent.used)
    return Wait(until=until) if now < until else None


def _to_repeat(ladder: Ladder, ascent: Ascent, roster: Roster) -> tuple[str, ...]:
    """Those of the top level, else the highest who were told and are still here."""
    told = (ascent.told_at(level) for level in range(ladder.top, FIRST_TOLD, -1))
    candidates = (roster.at(ladder.top), *map(roster.present, told))
    return next(filter(None, candidates), ())


def _remind(exhausted_at: datetime, roster: Roster, now: datetime) -> Exhausted | Wait:
    """Exhausted is said again as each following working day opens."""
    days = roster.workdays
    until = days.first_opening(days.next_working_day(days.local_date(exhausted_at)))
    return Exhausted(reminder=True) if now >= until else Wait(until=until)
