"""A ladder is climbed level by level, tells nobody twice, says what it passes, and ends."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.ascents import FIRST_TOLD, Ascent, Told
from bot.domain.calendars import named
from bot.domain.escalation import (
    AskAgain,
    Exhausted,
    PassLevel,
    PassReason,
    Repeat,
    Tell,
    Wait,
)
from bot.domain.ladders import Ladder, Urgency
from tests.unit.domain.episodes import (
    CRITICAL,
    EVERYBODY,
    FRIDAY,
    HOUR,
    POLICY,
    USUAL,
    UTC_ZONE,
    Episode,
)


def test_a_critical_ticket_climbs_as_in_the_worked_example() -> None:
    assert Episode(CRITICAL).until_exhausted() == [
        (0, Tell(level=1, people=("am",))),
        (6, Tell(level=2, people=("ops",))),
        (9, Tell(level=3, people=("md",))),
        (10, Repeat(level=3, people=("md",), number=1)),
        (11, Repeat(level=3, people=("md",), number=2)),
        (12, Repeat(level=3, people=("md",), number=3)),
        (13, Exhausted(reminder=False)),
    ]


def test_a_usual_ladder_rests_on_the_weekend_and_stops_at_its_top() -> None:
    weekend = 48
    assert Episode(USUAL).until_exhausted() == [
        (0, Tell(level=1, people=("am",))),
        (weekend + 24, Tell(level=2, people=("ops",))),
        (weekend + 28, Repeat(level=2, people=("ops",), number=1)),
        (weekend + 32, Repeat(level=2, people=("ops",), number=2)),
        (weekend + 36, Repeat(level=2, people=("ops",), number=3)),
        (weekend + 40, Exhausted(reminder=False)),
    ]


def test_a_level_has_its_time_from_delivery_not_from_sending() -> None:
    episode = Episode(CRITICAL)
    episode.sweep(deliver=False)
    assert episode.after(100, deliver=False) == []
    assert episode.wait == Wait(until=None)
    episode.ascent = episode.ascent.delivered(episode.now)
    episode.sweep()
    assert episode.wait.until == episode.now + 6 * HOUR
    assert episode.ascent.delivered(episode.now + HOUR) == episode.ascent


def test_nobody_at_a_level_means_the_next_one_at_once() -> None:
    assert Episode(CRITICAL, {2: ("ops",)}).sweep() == [
        PassLevel(level=1, reason=PassReason.NOBODY),
        Tell(level=2, people=("ops",)),
    ]


def test_somebody_already_told_is_not_told_as_a_higher_level() -> None:
    one_person = {1: ("am",), 2: ("am",), 3: ("am", "md")}
    assert Episode(CRITICAL, one_person).until_exhausted()[:4] == [
        (0, Tell(level=1, people=("am",))),
        (6, PassLevel(level=2, reason=PassReason.ALREADY_TOLD)),
        (6, Tell(level=3, people=("md",))),
        (7, Repeat(level=3, people=("am", "md"), number=1)),
    ]


def test_an_agency_of_one_is_reminded_rather_than_told_again() -> None:
    alone = {1: ("am",), 2: ("am",), 3: ("am",)}
    assert Episode(CRITICAL, alone).until_exhausted()[1:5] == [
        (6, PassLevel(level=2, reason=PassReason.ALREADY_TOLD)),
        (6, PassLevel(level=3, reason=PassReason.ALREADY_TOLD)),
        (7, Repeat(level=3, people=("am",), number=1)),
        (8, Repeat(level=3, people=("am",), number=2)),
    ]


def test_with_nobody_at_all_the_ladder_is_exhausted_at_once() -> None:
    moves = Episode(CRITICAL, {}).sweep()
    assert [type(move) for move in moves] == [PassLevel, PassLevel, PassLevel, Exhausted]


def test_hearing_of_it_first_counts_upwards_but_not_at_the_entry() -> None:
    heard = Ascent(told=(Told(level=FIRST_TOLD, people=("am", "ops")),))
    episode = Episode(CRITICAL, ascent=heard)
    assert episode.sweep() == [Tell(level=1, people=("am",))]
    assert episode.after(6) == [
        PassLevel(level=2, reason=PassReason.ALREADY_TOLD),
        Tell(level=3, people=("md",)),
    ]


def test_who_leaves_or_cannot_be_reached_is_passed_at_once() -> None:
    episode = Episode(CRITICAL)
    episode.sweep(deliver=False)
    episode.gone = frozenset({"am"})
    assert episode.sweep() == [
        PassLevel(level=1, reason=PassReason.NOBODY),
        Tell(level=2, people=("ops",)),
    ]


def test_a_colleague_of_who_left_is_told_at_the_same_level() -> None:
    episode = Episode(CRITICAL)
    episode.sweep()
    episode.available, episode.gone = {**EVERYBODY, 1: ("am", "am2")}, frozenset({"am"})
    assert episode.after(1) == [Tell(level=1, people=("am2",))]


def test_being_away_after_the_message_came_changes_nothing() -> None:
    episode = Episode(CRITICAL)
    episode.sweep()
    episode.available = {2: ("ops",), 3: ("md",)}
    assert episode.after(5.9) == []
    assert episode.after(0.1) == [Tell(level=2, people=("ops",))]


def test_a_repeat_that_cannot_be_delivered_does_not_stop_the_ladder() -> None:
    episode = Episode(CRITICAL, ascent=Ascent(level=3, people=("md",), since=FRIDAY))
    assert episode.after(1, deliver=False) == [Repeat(level=3, people=("md",), number=1)]
    episode.gone = frozenset({"md"})
    assert [type(move) for move in episode.after(0)] == [PassLevel, Exhausted]


def test_an_acknowledgement_holds_for_everybody_then_the_same_person_is_asked() -> None:
    episode = Episode(CRITICAL)
    episode.sweep()
    episode.ascent = episode.ascent.acknowledged("ops", episode.now + 4 * HOUR)
    assert episode.after(3.9) == []
    assert episode.wait == Wait(until=FRIDAY + 4 * HOUR)
    assert episode.after(0.1) == [AskAgain(level=1, people=("ops",))]
    assert episode.after(0.9) == []
    assert episode.after(0.1) == [
        PassLevel(level=2, reason=PassReason.ALREADY_TOLD),
        Tell(level=3, people=("md",)),
    ]


def test_an_acknowledgement_before_anybody_was_told_delays_the_first_message() -> None:
    until = FRIDAY + HOUR
    episode = Episode(CRITICAL, ascent=Ascent().acknowledged("am", until))
    assert episode.sweep() == []
    assert episode.wait == Wait(until=until)
    assert episode.after(1) == [Tell(level=1, people=("am",))]


def test_an_acknowledgement_of_somebody_who_left_still_runs_its_time_only() -> None:
    episode = Episode(CRITICAL, gone=frozenset({"ops"}))
    episode.sweep()
    episode.ascent = episode.ascent.acknowledged("ops", episode.now + 7 * HOUR)
    assert episode.after(6.9) == []
    assert episode.after(0.1) == [
        PassLevel(level=2, reason=PassReason.NOBODY),
        Tell(level=3, people=("md",)),
    ]


def test_a_higher_severity_lifts_an_acknowledgement() -> None:
    episode = Episode(CRITICAL)
    episode.sweep()
    episode.ascent = episode.ascent.acknowledged("am", episode.now + 4 * HOUR).raised()
    assert episode.after(6) == [Tell(level=2, people=("ops",))]


def test_an_acknowledgement_ends_the_state_of_being_exhausted() -> None:
    episode = Episode(CRITICAL)
    episode.until_exhausted()
    episode.ascent = episode.ascent.acknowledged("md", episode.now + 4 * HOUR)
    assert episode.after(3) == []
    assert episode.after(1) == [AskAgain(level=3, people=("md",))]
    assert episode.after(1) == [Exhausted(reminder=False)]


def test_exhausted_is_said_again_each_working_day() -> None:
    episode = Episode(CRITICAL)
    episode.until_exhausted()
    assert episode.wait.until == datetime(2026, 1, 12, 9, tzinfo=UTC)
    assert episode.now == episode.wait.until
    assert episode.sweep() == [Exhausted(reminder=True)]
    assert episode.wait.until == datetime(2026, 1, 13, 9, tzinfo=UTC)


def test_a_snooze_stops_the_clock_and_keeps_what_was_left() -> None:
    episode = Episode(CRITICAL)
    episode.sweep()
    episode.after(2)
    always = named("24x7", UTC_ZONE)
    until = episode.now + 4 * HOUR
    episode.ascent = episode.ascent.snoozed(now=episode.now, until=until, calendar=always)
    later = until + HOUR
    episode.ascent = episode.ascent.snoozed(now=episode.now, until=later, calendar=always)
    assert episode.after(4.9) == []
    assert episode.wait == Wait(until=later)
    assert episode.after(0.1 + 3.9) == []
    assert episode.after(0.1) == [Tell(level=2, people=("ops",))]


def test_a_message_delivered_in_a_snooze_counts_from_its_end() -> None:
    always = named("24x7", UTC_ZONE)
    until = FRIDAY + 4 * HOUR
    running = Ascent(level=1, people=("am",))
    asleep = running.snoozed(now=FRIDAY, until=until, calendar=always)
    assert asleep.delivered(FRIDAY + HOUR).since == until


def test_somebody_can_ask_for_the_next_level_now() -> None:
    episode = Episode(CRITICAL)
    episode.sweep(deliver=False)
    episode.ascent = episode.ascent.pushed_up()
    assert episode.sweep() == [Tell(level=2, people=("ops",))]
    episode.ascent = episode.ascent.acknowledged("am", FRIDAY + HOUR).pushed_up()
    assert episode.sweep() == [Tell(level=3, people=("md",))]
    episode.ascent = episode.ascent.pushed_up()
    assert episode.sweep() == [Repeat(level=3, people=("md",), number=1)]


def test_the_entry_level_is_policy() -> None:
    assert Episode(POLICY.frozen(entry=2, top=3, critical=True)).sweep() == [
        Tell(level=2, people=("ops",))
    ]


@pytest.mark.parametrize("ladder", [POLICY, CRITICAL, USUAL])
def test_a_ladder_survives_storage(ladder: Ladder) -> None:
    assert Ladder.from_facts(json.loads(json.dumps(ladder.to_facts()))) == ladder


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rungs": POLICY.rungs[1:]}, "without a gap"),
        ({"top": 4}, "no part from 1 to 4"),
        ({"entry": 3, "top": 2}, "no part from 3 to 2"),
        ({"repeats": -1}, "repeats 0 times or more"),
        ({"urgency": Urgency(divisor=0, calendar="24x7")}, "divided by 1 or more"),
        ({"repeat_every": timedelta(0)}, "more than none"),
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(POLICY, **change)
