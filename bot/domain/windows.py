"""Windows of a working week and holidays, read from plain text. Refuses what is not exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Self

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_AN_HOUR = 60
MINUTES_A_DAY = 24 * MINUTES_AN_HOUR
EVERY_YEAR = "*-"
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """[start, end) in minutes since local midnight; 24:00 is 1440. Refuses one that is empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_A_DAY:
            raise ValueError(
                f"{self} is no window: it runs forward within one day. "
                "Work past midnight is two windows."
            )

    def __str__(self) -> str:
        return f"{_clock(self.start)}–{_clock(self.end)}"

    @classmethod
    def between(cls, start: str, end: str) -> Self:
        """The window between two clock times such as `09:00` and `24:00`."""
        return cls(_minutes(start), _minutes(end))


Week = tuple[tuple[Window, ...], ...]
"""The windows of Monday to Sunday, each day's in order."""

ALL_DAY = (Window(0, MINUTES_A_DAY),)


def checked_week(week: Week) -> Week:
    """The week itself. Raises ValueError when a day is missing, windows overlap or none is."""
    if len(week) != len(WEEKDAYS):
        raise ValueError(f"A week has {len(WEEKDAYS)} days, not {len(week)}.")
    for name, windows in zip(WEEKDAYS, week, strict=True):
        for earlier, later in pairwise(windows):
            if later.start < earlier.end:
                raise ValueError(f"{name}: {later} does not come after {earlier}.")
    if not any(week):
        raise ValueError("A calendar without any window never opens.")
    return week


def read_week(days: Mapping[str, Iterable[Sequence[str]]]) -> Week:
    """A week from `{"mon": [["09:00", "17:00"]], …}`; a day left out has no window.

    Raises ValueError for an unknown day or time.
    """
    unknown = sorted(set(days) - set(WEEKDAYS))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no weekday. They are: {', '.join(WEEKDAYS)}.")
    return tuple(
        tuple(sorted(Window.between(start, end) for start, end in days.get(name, ())))
        for name in WEEKDAYS
    )


def read_holidays(
    texts: Iterable[str],
) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    """Single dates (`2014-05-01`) and (month, day) of every year (`*-12-25`).

    Raises ValueError for what is neither.
    """
    once: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for text in texts:
        if text.startswith(EVERY_YEAR):
            day = date.fromisoformat(f"{LEAP_YEAR}-{text.removeprefix(EVERY_YEAR)}")
            yearly.add((day.month, day.day))
        else:
            once.add(date.fromisoformat(text))
    return frozenset(once), frozenset(yearly)


def _minutes(clock: str) -> int:
    hours, colon, minutes = clock.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(minutes) < MINUTES_AN_HOUR):
        raise ValueError(f"{clock!r} is no clock time such as 09:00 or 24:00.")
    return int(hours) * MINUTES_AN_HOUR + int(minutes)


def _clock(minutes: int) -> str:
    return "{:02}:{:02}".format(*divmod(minutes, MINUTES_AN_HOUR))
