"""Working time is exact: facts from other people's suites, and days that are not 24 hours."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars import WorkingCalendar, named
from bot.domain.windows import ALL_DAY, read_holidays, read_week
from bot.domain.zones import end_of_day, spans, start_of_day

VECTORS = Path(__file__).parents[2] / "data" / "business_hours" / "vectors.csv"

# Where the suites disagree among themselves, ours is this.
OURS = {
    "znuny-033": "end before start is negative, not 0",
    "glpi-339": "end before start is negative, not 0",
    "working_hours-117": "a start that is no working day is not moved before counting",
    "working_hours-121": "a start that is no working day is not moved before counting",
}
OUR_ANSWERS: dict[str, object] = {
    "znuny-033": -timedelta(hours=56, minutes=59, seconds=59),
    "glpi-339": -timedelta(hours=60),
    "working_hours-117": date(2014, 4, 9),
    "working_hours-121": date(2014, 4, 8),
}

Row = dict[str, str]


def read_vectors() -> list[Row]:
    with VECTORS.open(newline="") as file:
        return list(csv.DictReader(file))


ROWS = read_vectors()


def calendar_of(row: Row) -> WorkingCalendar:
    holidays, yearly = read_holidays(json.loads(row["holidays"]))
    week = read_week(json.loads(row["week"]))
    return WorkingCalendar(zone=ZoneInfo(row["tz"]), week=week, holidays=holidays, yearly=yearly)


def at(row: Row, column: str) -> datetime:
    read = datetime.fromisoformat(row[column])
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(row["tz"]))


def day(row: Row, column: str) -> date:
    return date.fromisoformat(row[column])


def seconds(row: Row) -> timedelta:
    return timedelta(seconds=int(row["amount_seconds"]))


Ask = Callable[[WorkingCalendar, Row], object]
Expect = Callable[[Row], object]
OPERATIONS: dict[str, tuple[Ask, Expect]] = {
    "add": (lambda c, r: c.add(at(r, "start"), seconds(r)), lambda r: at(r, "expected")),
    "elapsed": (
        lambda c, r: c.elapsed(at(r, "start"), at(r, "end")),
        lambda r: timedelta(seconds=int(r["expected"])),
    ),
    "is_open": (lambda c, r: c.is_open(at(r, "start")), lambda r: r["expected"] == "true"),
    "next_open": (lambda c, r: c.next_open(at(r, "start")), lambda r: at(r, "expected")),
    "prev_close": (lambda c, r: c.prev_close(at(r, "start")), lambda r: at(r, "expected")),
    "add_business_days": (
        lambda c, r: c.add_business_days(day(r, "start"), int(r["amount_business_days"])),
        lambda r: day(r, "expected"),
    ),
    "business_days_inclusive": (
        lambda c, r: c.business_days_inclusive(day(r, "start"), day(r, "end")),
        lambda r: int(r["expected"]),
    ),
}


def test_every_row_is_a_fact_to_hold_or_a_convention_we_named() -> None:
    disputed = {row["id"] for row in ROWS if row["agrees_with_exact_calendar"] != "true"}
    assert len(ROWS) == 173
    assert disputed == set(OURS)


@pytest.mark.parametrize("row", [r for r in ROWS if r["id"] not in OURS], ids=lambda r: r["id"])
def test_agrees_with_the_facts_of_other_suites(row: Row) -> None:
    ask, expect = OPERATIONS[row["op"]]
    assert ask(calendar_of(row), row) == expect(row)


@pytest.mark.parametrize("row", [r for r in ROWS if r["id"] in OURS], ids=lambda r: OURS[r["id"]])
def test_chooses_a_convention_where_suites_disagree(row: Row) -> None:
    ask, expect = OPERATIONS[row["op"]]
    answer = ask(calendar_of(row), row)
    assert answer == OUR_ANSWERS[row["id"]]
    assert answer != expect(row)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Antarctica/Troll", date(2026, 3, 29), 22),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Pacific/Kiritimati", date(1994, 12, 31), 0),
        ("America/St_Johns", date(2010, 11, 6), 24 + 59 / 60),
    ],
)
def test_a_day_has_the_hours_its_clocks_show(zone: str, day: date, hours: float) -> None:
    start, end = (edge(ZoneInfo(zone), day) for edge in (start_of_day, end_of_day))
    calendar = WorkingCalendar(
        zone=ZoneInfo(zone), week=tuple(ALL_DAY if n == day.weekday() else () for n in range(7))
    )
    hour_before_and_after = (start - 2 * HOUR, end + 2 * HOUR)
    assert calendar.elapsed(*hour_before_and_after) == timedelta(hours=hours)


def test_a_clock_time_that_is_skipped_is_the_moment_of_the_change() -> None:
    berlin = named("24x7", ZoneInfo("Europe/Berlin"))
    skipped = berlin.at(date(2026, 3, 29), time(2, 30))
    twice = berlin.at(date(2026, 10, 25), time(2, 30))
    assert skipped == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_named_calendar_is_what_its_name_says() -> None:
    zone, boxing_day = ZoneInfo("Europe/London"), date(2025, 12, 26)
    friday_noon = datetime(2025, 12, 26, 12, tzinfo=UTC)
    always, days, business = (
        named(name, zone, [boxing_day], yearly=[(12, 25)]) for name in ("24x7", "24x5", "business")
    )
    assert always.next_open(friday_noon) == friday_noon
    assert days.next_open(friday_noon) == datetime(2025, 12, 29, tzinfo=UTC)
    assert business.next_open(friday_noon) == datetime(2025, 12, 29, 9, tzinfo=UTC)
    assert business.prev_close(friday_noon) == datetime(2025, 12, 24, 17, tzinfo=UTC)
    assert business.first_opening(date(2025, 12, 25)) == datetime(2025, 12, 29, 9, tzinfo=UTC)
    assert days.elapsed(datetime(2025, 12, 22, tzinfo=UTC), friday_noon) == timedelta(days=3)


def test_24x5_follows_the_days_a_workspace_works_on() -> None:
    days = ("sun", "mon", "tue", "wed", "thu")
    sunday_to_thursday = read_week({day: [["08:00", "16:00"]] for day in days})
    calendar = named("24x5", ZoneInfo("Asia/Dubai"), business=sunday_to_thursday)
    assert calendar.next_working_day(date(2026, 1, 1)) == date(2026, 1, 4)


def test_a_working_day_is_found_and_kept() -> None:
    calendar = named("business", ZoneInfo("UTC"), [date(2026, 1, 5)])
    assert calendar.working_day_from(date(2026, 1, 3)) == date(2026, 1, 6)
    assert calendar.working_day_from(date(2026, 1, 6)) == date(2026, 1, 6)
    assert calendar.working_days_between(date(2026, 1, 2), date(2026, 1, 7)) == 2
    friday = datetime(2026, 1, 2, 14, 15, tzinfo=UTC)
    assert calendar.shift_business_days(friday, 1) == datetime(2026, 1, 6, 14, 15, tzinfo=UTC)


def test_two_centuries_are_one_sum() -> None:
    calendar = named("business", ZoneInfo("UTC"))
    start = datetime(1900, 1, 1, tzinfo=UTC)
    end = calendar.add(start, timedelta(hours=8 * 261 * 200))
    assert calendar.elapsed(start, end) == timedelta(hours=8 * 261 * 200)


@pytest.mark.parametrize(
    ("week", "complaint"),
    [
        ({}, "never opens"),
        ({"mon": [["09:00", "12:00"], ["11:00", "17:00"]]}, "does not come after"),
        ({"mon": [["17:00", "09:00"]]}, "runs forward within one day"),
        ({"mon": [["9", "17:00"]]}, "no clock time"),
        ({"monday": [["09:00", "17:00"]]}, "no weekday"),
        ({"mon": [["09:00", "24:01"]]}, "runs forward within one day"),
    ],
)
def test_a_week_that_makes_no_sense_is_refused(week: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        WorkingCalendar(zone=ZoneInfo("UTC"), week=read_week(week))


def test_what_cannot_be_computed_is_refused() -> None:
    always = named("24x7", ZoneInfo("UTC"))
    with pytest.raises(ValueError, match="no offset"):
        always.is_open(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="beyond"):
        always.add(datetime(9990, 1, 1, tzinfo=UTC), timedelta(days=9000))
    with pytest.raises(ValueError, match="There is no calendar 'nights'"):
        named("nights", ZoneInfo("UTC"))
    with pytest.raises(ValueError, match="A week has 7 days"):
        WorkingCalendar(zone=ZoneInfo("UTC"), week=(ALL_DAY,))


def test_a_calendar_of_nothing_but_holidays_is_refused_when_asked() -> None:
    leap = date(2000, 1, 1)
    every_day = frozenset(
        ((leap + timedelta(days=n)).month, (leap + timedelta(days=n)).day) for n in range(366)
    )
    calendar = WorkingCalendar(zone=ZoneInfo("UTC"), week=(ALL_DAY,) * 7, yearly=every_day)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for ask in (calendar.next_open, calendar.prev_close, lambda at: calendar.add(at, HOUR)):
        with pytest.raises(ValueError, match="never opens"):
            ask(now)
    with pytest.raises(ValueError, match="never opens"):
        calendar.add_business_days(now.date(), 1)


def test_a_change_on_the_last_day_of_a_year_is_seen() -> None:
    kiritimati = ZoneInfo("Pacific/Kiritimati")
    assert [span.offset for span in spans(kiritimati, 1994)] != [
        span.offset for span in spans(kiritimati, 1995)
    ]
    assert start_of_day(kiritimati, date(1994, 12, 31)) == end_of_day(
        kiritimati, date(1994, 12, 31)
    )
