"""Working calendars: when work is done, in real elapsed time. Refuses calendars that never open.

A calendar is open at an instant when clocks of its zone then show a working day and a time within
one of its windows. Everything else follows from that sentence: a window of 00:00 to 24:00 has 23
hours on the day clocks go forward, a time shown twice counts twice, a day a zone skipped has none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.open_hours import OpenHours, open_hours
from bot.domain.windows import ALL_DAY, WEEKDAYS, Week, Window, checked_week
from bot.domain.zones import (
    MICROSECOND,
    at_wall,
    instant,
    local_date,
    micros,
    spans,
    start_of_day,
)

ONE_DAY = timedelta(days=1)

# Weekdays and dates fall together again after 40 years at most (a 29 February across a century
# without one): a calendar that stayed shut for longer stays shut.
SHUT_YEARS = 40
SHUT_DAYS = SHUT_YEARS * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """When work is done in one zone. `week` has the windows of Monday to Sunday, in order.

    `holidays` are single dates, `yearly` the (month, day) of holidays of every year. Days are
    dates of the zone, instants are aware and come back in UTC, durations are working time.
    """

    zone: ZoneInfo
    week: Week
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def __post_init__(self) -> None:
        checked_week(self.week)

    # Instants

    def is_open(self, at: datetime) -> bool:
        """Whether work is done at that instant; an opening is in, a closing is out."""
        moment, table = micros(at), _table(self, _year(at))
        i = bisect_right(table.opens, moment) - 1
        return i >= 0 and moment < table.closes[i]

    def next_open(self, at: datetime) -> datetime:
        """The instant itself when open, else the next opening."""
        moment = micros(at)
        return next(
            instant(max(moment, table.opens[i]))
            for table in _tables(self, _year(at), 1)
            if (i := bisect_right(table.closes, moment)) < len(table.opens)
        )

    def prev_close(self, at: datetime) -> datetime:
        """The instant itself when work was done right before it, else the last closing."""
        moment = micros(at)
        return next(
            instant(min(moment, table.closes[i - 1]))
            for table in _tables(self, _year(at), -1)
            if (i := bisect_left(table.opens, moment)) > 0
        )

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Working time from start to end; negative when the end is before the start."""
        if end < start:
            return -self.elapsed(end, start)
        first, last = _year(start), _year(end)
        whole_years = sum(_table(self, year).total for year in range(first, last))
        until, since = _table(self, last).worked(micros(end)), _table(self, first)
        return (whole_years + until - since.worked(micros(start))) * MICROSECOND

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The instant that much working time after start, or before it when negative.

        Of all such instants the one nearest to start: what takes exactly the rest of a day is due
        at its closing, not at the next opening. Nothing added is the start itself.
        """
        amount = duration // MICROSECOND
        if amount == 0:
            return instant(micros(start))
        goal = amount + _table(self, _year(start)).worked(micros(start))
        return self._worked_up_to(start, goal) if amount > 0 else self._back_to(start, goal)

    def _worked_up_to(self, start: datetime, goal: int) -> datetime:
        """The first instant at which `goal` was worked since the year of start began."""
        for table in _tables(self, _year(start), 1):
            if goal <= table.total:
                return instant(table.reached(bisect_left(table.sums, goal), goal))
            goal -= table.total
        raise AssertionError  # pragma: no cover - _tables ends by raising

    def _back_to(self, start: datetime, goal: int) -> datetime:
        """The last instant at which no more than `goal` was worked since that year began."""
        for table in _tables(self, _year(start), -1):
            if table.year < _year(start):
                goal += table.total
            if goal >= 0:
                return instant(table.reached(bisect_right(table.sums, goal), goal))
        raise AssertionError  # pragma: no cover - _tables ends by raising

    # Days

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """The windows of that date, none on a holiday."""
        windows = self.week[day.weekday()]
        if windows and (day in self.holidays or (day.month, day.day) in self.yearly):
            return ()
        return windows

    def is_working_day(self, day: date) -> bool:
        return bool(self.windows_on(day))

    def local_date(self, at: datetime) -> date:
        """The date clocks of the zone show at that instant."""
        return local_date(self.zone, at)

    def next_working_day(self, day: date) -> date:
        """The first working day after that date."""
        return self.add_business_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """That date when it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_business_days(self, start: date, days: int) -> date:
        """The n-th working day after that date, before it when negative; 0 is the date itself.

        A start that is no working day is not moved first: the working day after a Saturday is
        Monday, for one day added.
        """
        step = ONE_DAY if days > 0 else -ONE_DAY
        day, left, shut = start, abs(days), 0
        while left:
            day += step
            shut += 1
            if self.is_working_day(day):
                left, shut = left - 1, 0
            elif shut > SHUT_DAYS:
                raise _never()
        return day

    def shift_business_days(self, at: datetime, days: int) -> datetime:
        """The same clock time that many working days later, or earlier when negative."""
        shown = at.astimezone(self.zone)
        return at_wall(self.zone, self.add_business_days(shown.date(), days), shown.time())

    def business_days_inclusive(self, first: date, last: date) -> int:
        """Working days from first to last, both counted; negative when last is before first."""
        if last < first:
            return -self.business_days_inclusive(last, first)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return sum(map(self.is_working_day, days))

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after start up to and with end: how late a thing due on start is on end.

        Negative when the end is before the start.
        """
        if end < start:
            return -self.working_days_between(end, start)
        return 0 if start == end else self.business_days_inclusive(start + ONE_DAY, end)

    def first_opening(self, day: date) -> datetime:
        """When that date's first window opens; of a day off, when the next window does."""
        return self.next_open(start_of_day(self.zone, day))

    def at(self, day: date, wall: time) -> datetime:
        """The instant at which clocks of the zone show that time of that date."""
        return at_wall(self.zone, day, wall)


class Named(StrEnum):
    """The calendars that a policy may name."""

    ALWAYS = "24x7"
    WORKING_DAYS = "24x5"
    BUSINESS = "business"


BUSINESS_WEEK: Week = ((Window.between("09:00", "17:00"),),) * 5 + ((),) * 2


def named(
    name: str,
    zone: ZoneInfo,
    holidays: Iterable[date] = (),
    *,
    yearly: Iterable[tuple[int, int]] = (),
    business: Week = BUSINESS_WEEK,
) -> WorkingCalendar:
    """The calendar of that name. `business` are the working windows where they are not usual.

    `24x5` is open all hours of the days that `business` works on; `24x7` knows no holidays.
    Raises ValueError for a name that is none.
    """
    try:
        which = Named(name)
    except ValueError:
        known = ", ".join(Named)
        raise ValueError(f"There is no calendar {name!r}. There are: {known}.") from None
    if which is Named.ALWAYS:
        return WorkingCalendar(zone=zone, week=(ALL_DAY,) * len(WEEKDAYS))
    week = business
    if which is Named.WORKING_DAYS:
        week = tuple(ALL_DAY if windows else () for windows in business)
    return WorkingCalendar(
        zone=zone, week=week, holidays=frozenset(holidays), yearly=frozenset(yearly)
    )


def _never() -> ValueError:
    return ValueError(f"This calendar stays shut for {SHUT_YEARS} years: it never opens.")


def _year(at: datetime) -> int:
    return at.astimezone(UTC).year


@lru_cache(maxsize=256)
def _table(calendar: WorkingCalendar, year: int) -> OpenHours:
    return open_hours(year, spans(calendar.zone, year), calendar.windows_on)


def _tables(calendar: WorkingCalendar, year: int, step: int) -> Iterator[OpenHours]:
    """The tables from that year on, forwards or backwards; raises when all stay empty."""
    shut = 0
    while shut <= SHUT_YEARS:
        table = _table(calendar, year)
        yield table
        shut = 0 if table.total else shut + 1
        year += step
    raise _never()
