"""Laws of working time: they hold for every calendar, in every zone, across every clock change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendars import WorkingCalendar
from bot.domain.windows import ALL_DAY, Week, Window

# They change clocks at midnight, by 30 minutes, by 2 hours, a minute past midnight, with Ramadan,
# and two of them skipped a whole day.
ZONES = tuple(
    map(
        ZoneInfo,
        (
            "Africa/Cairo",
            "Africa/Casablanca",
            "America/Asuncion",
            "America/New_York",
            "America/Sao_Paulo",
            "America/St_Johns",
            "Antarctica/Troll",
            "Asia/Beirut",
            "Asia/Gaza",
            "Asia/Kathmandu",
            "Asia/Tehran",
            "Atlantic/Azores",
            "Australia/Lord_Howe",
            "Europe/Berlin",
            "Europe/Dublin",
            "Europe/London",
            "Pacific/Apia",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "UTC",
        ),
    )
)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
TICK = timedelta.resolution

minutes = st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True).map(sorted)
windows = minutes.map(lambda m: tuple(Window(a, b) for a, b in zip(m[::2], m[1::2], strict=False)))
weeks = st.tuples(*[st.just(()) | windows | st.just(ALL_DAY)] * 7).filter(any)
instants = st.datetimes(
    min_value=datetime(1994, 1, 1),  # noqa: DTZ001 - the strategy wants its bounds naive
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spells = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60))
calendars = st.builds(
    WorkingCalendar,
    zone=st.sampled_from(ZONES),
    week=weeks,
    holidays=st.frozensets(st.dates(date(1994, 1, 1), date(2030, 1, 1)), max_size=5),
    yearly=st.just(frozenset({(12, 25), (2, 29)})),
)
quick = settings(max_examples=60, deadline=None)


@quick
@given(calendars, instants, spells)
def test_what_was_added_has_elapsed_and_not_a_tick_sooner(
    calendar: WorkingCalendar, start: datetime, spell: timedelta
) -> None:
    later, earlier = calendar.add(start, spell), calendar.add(start, -spell)
    assert calendar.elapsed(start, later) == spell
    assert calendar.elapsed(start, earlier) == -spell
    if spell:
        assert calendar.elapsed(start, later - TICK) == spell - TICK
        assert calendar.elapsed(start, earlier + TICK) == TICK - spell


@quick
@given(calendars, instants, spells, spells)
def test_adding_twice_is_adding_the_sum(
    calendar: WorkingCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    for sign in (1, -1):
        halfway = calendar.add(start, sign * first)
        assert calendar.add(halfway, sign * second) == calendar.add(start, sign * (first + second))


@quick
@given(calendars, instants, instants, instants)
def test_elapsed_time_adds_up_and_turns_around(
    calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)
    assert calendar.elapsed(a, b) == -calendar.elapsed(b, a)
    assert abs(calendar.elapsed(a, b)) <= abs(b - a)


@quick
@given(calendars, instants, spells, spells)
def test_a_later_start_is_never_due_sooner(
    calendar: WorkingCalendar, start: datetime, gap: timedelta, spell: timedelta
) -> None:
    for amount in (spell, -spell):
        assert calendar.add(start, amount) <= calendar.add(start + gap, amount)


@quick
@given(calendars, instants)
def test_nothing_is_worked_until_the_next_opening_or_since_the_last_closing(
    calendar: WorkingCalendar, now: datetime
) -> None:
    opening, closing = calendar.next_open(now), calendar.prev_close(now)
    assert closing <= now <= opening
    assert calendar.is_open(opening)
    assert calendar.is_open(closing - TICK)
    assert calendar.elapsed(now, opening) == timedelta(0)
    assert calendar.elapsed(closing, now) == timedelta(0)
    assert calendar.is_open(now) == (opening == now)


@quick
@given(calendars, st.dates(date(1994, 1, 1), date(2030, 1, 1)), st.integers(0, 300))
def test_counting_days_undoes_adding_them(calendar: WorkingCalendar, day: date, n: int) -> None:
    later, earlier = calendar.add_business_days(day, n), calendar.add_business_days(day, -n)
    assert calendar.working_days_between(day, later) == n
    assert calendar.working_days_between(later, day) == -n
    assert n == 0 or calendar.business_days_inclusive(earlier, day) == n + int(
        calendar.is_working_day(day)
    )


def shows_work(calendar: WorkingCalendar, moment: datetime) -> bool:
    """The definition itself, read off a clock of the zone."""
    shown = moment.astimezone(calendar.zone)
    minute = shown.hour * 60 + shown.minute
    return any(w.start <= minute < w.end for w in calendar.windows_on(shown.date()))


def clock_changes(zone: ZoneInfo) -> list[datetime]:
    """The whole hour before each change from 1994 to 2026, found without the code under test."""

    def offset(moment: datetime) -> timedelta | None:
        return moment.astimezone(zone).utcoffset()

    first = datetime(1994, 1, 1, tzinfo=UTC)
    days = (first + timedelta(days=n) for n in range(33 * 365))
    changing = (d for d in days if offset(d) != offset(d + timedelta(days=1)))
    hours = (d + n * HOUR for d in changing for n in range(24))
    return [h for h in hours if offset(h) != offset(h + HOUR)]


NIGHT_AND_DAY: Week = (
    (Window.between("00:00", "00:30"), Window.between("01:10", "02:20"), Window(181, 1440)),
) * 7


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_every_clock_change_is_counted_minute_by_minute(zone: ZoneInfo) -> None:
    calendar = WorkingCalendar(zone=zone, week=NIGHT_AND_DAY)
    for change in clock_changes(zone):
        start, worked = change - HOUR, timedelta(0)
        for n in range(240):
            moment = start + n * MINUTE
            assert calendar.is_open(moment) == shows_work(calendar, moment)
            assert calendar.elapsed(start, moment) == worked
            worked += MINUTE * shows_work(calendar, moment)
