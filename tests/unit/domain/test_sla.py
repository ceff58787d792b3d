"""What a ticket's clocks say, with the figures of the default policy."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendars import named
from bot.domain.sla import (
    Alarm,
    Clock,
    ClockState,
    Deadline,
    Signal,
    SlaTargets,
    Target,
    deadline,
    explain,
    in_force,
    signals,
    state,
)

HOUR = timedelta(hours=1)
ALWAYS, DAYS, BUSINESS = "24x7", "24x5", "business"
LONDON = ZoneInfo("Europe/London")
HOLIDAY = date(2026, 1, 1)


def business_days(days: int) -> Target:
    return Target.business_days(days, day=8 * HOUR, calendar=BUSINESS)


TARGETS = SlaTargets(
    response={
        "critical": Target(hours=4 * HOUR, calendar=ALWAYS),
        "high": Target(hours=24 * HOUR, calendar=DAYS),
        "medium": Target(hours=48 * HOUR, calendar=DAYS),
        "low": Target(hours=72 * HOUR, calendar=DAYS),
    },
    resolution={
        "critical": Target(hours=8 * HOUR, calendar=ALWAYS),
        "high": business_days(3),
        "medium": business_days(5),
        "low": business_days(10),
    },
    warn_percent=75,
)
FRIDAY = datetime(2026, 1, 9, 14, tzinfo=UTC)


def running(priority: str, clock: Clock, started_at: datetime = FRIDAY) -> Deadline:
    target = TARGETS.of(priority, clock)
    calendar = named(target.calendar, LONDON, [HOLIDAY])
    return deadline(target, started_at, calendar, warn_percent=TARGETS.warn_percent)


@pytest.mark.parametrize(
    ("priority", "clock", "warn_at", "due_at"),
    [
        ("critical", Clock.RESPONSE, (9, 17, 0), (9, 18, 0)),
        ("high", Clock.RESPONSE, (12, 8, 0), (12, 14, 0)),
        ("medium", Clock.RESPONSE, (13, 2, 0), (13, 14, 0)),
        ("low", Clock.RESPONSE, (13, 20, 0), (14, 14, 0)),
        ("critical", Clock.RESOLUTION, (9, 20, 0), (9, 22, 0)),
        ("high", Clock.RESOLUTION, (13, 16, 0), (14, 14, 0)),
        ("medium", Clock.RESOLUTION, (15, 12, 0), (16, 14, 0)),
        ("low", Clock.RESOLUTION, (21, 10, 0), (23, 14, 0)),
    ],
)
def test_each_priority_is_due_in_its_own_time(
    priority: str, clock: Clock, warn_at: tuple[int, int, int], due_at: tuple[int, int, int]
) -> None:
    found = running(priority, clock)
    assert found.warn_at == datetime(2026, 1, *warn_at, tzinfo=UTC)
    assert found.due_at == datetime(2026, 1, *due_at, tzinfo=UTC)


def test_a_holiday_is_no_working_time() -> None:
    new_years_eve = datetime(2025, 12, 31, 12, tzinfo=UTC)
    found = running("high", Clock.RESPONSE, new_years_eve)
    assert found.due_at == datetime(2026, 1, 2, 12, tzinfo=UTC)


def states(found: Deadline, **kwargs: Any) -> list[str | None]:
    return [state(found, now=FRIDAY + n * HOUR, **kwargs) for n in (0, 2.9, 3, 3.9, 4, 100)]


def test_a_clock_runs_warns_and_breaches_on_the_instant() -> None:
    found = running("critical", Clock.RESPONSE)
    assert states(found) == ["running"] * 2 + ["warned"] * 2 + ["breached"] * 2


def test_breached_beats_warned_beats_paused_beats_running() -> None:
    found = running("critical", Clock.RESPONSE)
    assert states(found, paused=True) == ["paused"] * 2 + ["warned"] * 2 + ["breached"] * 2


def test_met_only_if_in_time_and_not_before_it_happened() -> None:
    found = running("critical", Clock.RESPONSE)
    on_the_instant, a_tick_late = found.due_at, found.due_at + timedelta.resolution
    assert states(found, stopped_at=FRIDAY + 3.5 * HOUR) == [
        "running",
        "running",
        "warned",
        "met",
        "met",
        "met",
    ]
    assert state(found, now=a_tick_late, stopped_at=on_the_instant) is ClockState.MET
    assert state(found, now=a_tick_late, stopped_at=a_tick_late) is ClockState.BREACHED


def test_a_clock_stopped_before_it_started_has_no_measure() -> None:
    found = running("high", Clock.RESPONSE)
    assert state(found, now=FRIDAY, stopped_at=FRIDAY - HOUR) is None
    assert signals(found, logged_at=FRIDAY, stopped_at=FRIDAY - HOUR) == ()


def test_a_clock_warns_once_and_breaches_once() -> None:
    found = running("high", Clock.RESPONSE)
    assert signals(found, logged_at=FRIDAY) == (
        Signal(alarm=Alarm.WARNING, at=found.warn_at),
        Signal(alarm=Alarm.BREACH, at=found.due_at),
    )


def test_born_late_is_one_breach_marked_logged_late() -> None:
    found = running("critical", Clock.RESPONSE)
    logged_at = FRIDAY + 5 * HOUR
    late = Signal(alarm=Alarm.BREACH, at=logged_at, logged_late=True)
    assert signals(found, logged_at=logged_at) == (late,)
    assert signals(found, logged_at=logged_at, stopped_at=FRIDAY + HOUR) == ()
    assert signals(found, logged_at=logged_at, stopped_at=FRIDAY + 4.5 * HOUR) == (late,)


def test_logged_between_warning_and_breach_warns_at_once() -> None:
    found = running("critical", Clock.RESPONSE)
    logged_at = FRIDAY + 3.5 * HOUR
    assert signals(found, logged_at=logged_at) == (
        Signal(alarm=Alarm.WARNING, at=logged_at),
        Signal(alarm=Alarm.BREACH, at=found.due_at),
    )


def test_an_answer_silences_what_is_not_due_yet() -> None:
    found = running("high", Clock.RESPONSE)
    assert signals(found, logged_at=FRIDAY, stopped_at=found.warn_at) == ()
    assert [
        signal.alarm for signal in signals(found, logged_at=FRIDAY, stopped_at=found.due_at)
    ] == [Alarm.WARNING]


def test_a_new_priority_counts_from_the_request_but_never_moves_what_is_past() -> None:
    low, critical = running("low", Clock.RESPONSE), running("critical", Clock.RESPONSE)
    open_still, past = FRIDAY + HOUR, low.due_at
    assert in_force(low, critical, now=open_still) is critical
    assert in_force(critical, low, now=critical.due_at) is critical
    assert in_force(low, critical, now=past) is low
    assert in_force(low, critical, now=open_still, stopped_at=open_still) is low
    assert state(in_force(low, critical, now=FRIDAY + 6 * HOUR), now=FRIDAY + 6 * HOUR) is (
        ClockState.BREACHED
    )


def test_a_due_time_is_explained_in_the_readers_zone() -> None:
    medium, low = running("medium", Clock.RESPONSE), running("low", Clock.RESOLUTION)
    new_york = ZoneInfo("America/New_York")
    assert explain(medium, zone=LONDON, now=FRIDAY) == "due Tue 14:00: 48 h on 24x5"
    assert explain(medium, zone=new_york, now=FRIDAY) == "due Tue 09:00: 48 h on 24x5"
    assert explain(low, zone=LONDON, now=FRIDAY) == "due Fri 2026-01-23 14:00: 80 h on business"
    for hours, said in ((0.5, "30 min"), (1.5, "1 h 30 min")):
        target = Target(hours=hours * HOUR, calendar=ALWAYS)
        short = deadline(target, FRIDAY, named(ALWAYS, LONDON), warn_percent=75)
        assert explain(short, zone=LONDON, now=FRIDAY).endswith(f": {said} on 24x7")


def test_figures_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="never be met"):
        Target(hours=timedelta(0), calendar=ALWAYS)
    with pytest.raises(ValueError, match="between 1 and 99"):
        SlaTargets(response={}, resolution={}, warn_percent=100)
    with pytest.raises(ValueError, match="No response target for 'urgent'"):
        TARGETS.of("urgent", Clock.RESPONSE)


moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy wants its bounds naive
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
RANK = {None: 0, "running": 0, "warned": 1, "breached": 2}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["critical", "high", "medium", "low"]),
    st.sampled_from(Clock),
    moments,
    st.lists(st.timedeltas(timedelta(0), timedelta(days=20)), min_size=2, max_size=6),
)
def test_an_unanswered_clock_only_ever_gets_worse(
    priority: str, clock: Clock, started_at: datetime, later: list[timedelta]
) -> None:
    found = running(priority, clock, started_at)
    assert started_at < found.warn_at < found.due_at
    seen = [RANK[state(found, now=started_at + gap)] for gap in sorted(later)]
    assert seen == sorted(seen)
