"""Whatever happens on the way: levels in order, nobody told twice, an end."""

import json
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ascents import Ascent
from bot.domain.calendars import named
from bot.domain.escalation import Exhausted, PassLevel, Repeat, Tell
from tests.unit.domain.episodes import HOUR, POLICY, UTC_ZONE, Episode

users = st.sampled_from(["am", "ops", "md", "u4", "u5"])
teams = st.dictionaries(st.integers(1, 3), st.lists(users, max_size=3).map(tuple))
happenings = st.sampled_from(["sleep", "leave", "change", "acknowledge", "snooze", "push", "store"])
quick = settings(max_examples=150, deadline=None)


def happens(episode: Episode, what: str, team: Mapping[int, tuple[str, ...]], user: str) -> None:
    ascent, until = episode.ascent, episode.now + 4 * HOUR
    match what:
        case "sleep":
            episode.now = episode.wait.until or episode.now + HOUR
        case "leave":
            episode.gone |= {user}
        case "change":
            episode.available = team
        case "acknowledge":
            episode.ascent = ascent.acknowledged(user, until)
        case "snooze":
            calendar = named(episode.ladder.calendar(max(1, ascent.level)), UTC_ZONE)
            episode.ascent = ascent.snoozed(now=episode.now, until=until, calendar=calendar)
        case "push":
            episode.ascent = ascent.pushed_up()
        case "store":
            episode.ascent = Ascent.from_facts(json.loads(json.dumps(ascent.to_facts())))
            assert episode.ascent == ascent


@quick
@given(
    st.booleans(),
    st.integers(1, 3),
    teams,
    st.lists(st.tuples(happenings, teams, users, st.booleans()), max_size=12),
)
def test_no_level_is_skipped_nobody_is_told_twice_and_it_ends(
    critical: bool,  # noqa: FBT001 - drawn
    top: int,
    team: dict[int, tuple[str, ...]],
    story: list[tuple[str, dict[int, tuple[str, ...]], str, bool]],
) -> None:
    ladder = POLICY.frozen(top=top, critical=critical)
    episode = Episode(ladder, team)
    for what, change, user, deliver in story:
        episode.sweep(deliver=deliver)
        happens(episode, what, change, user)
    for _ in range(20):
        episode.sweep()
        episode.now = episode.wait.until or episode.now
    moves = [move for _, move in episode.log]
    levels = [move.level for move in moves if isinstance(move, Tell | PassLevel)]
    assert levels == sorted(levels)
    assert set(levels) == set(range(1, top + 1))
    told = [user for move in moves if isinstance(move, Tell) for user in move.people]
    assert len(told) == len(set(told))
    repeats = [move.number for move in moves if isinstance(move, Repeat)]
    assert repeats == list(range(1, len(repeats) + 1))
    assert len(repeats) <= POLICY.repeats
    assert isinstance(moves[-1], Exhausted)
    assert [after for after, _ in episode.log] == sorted(after for after, _ in episode.log)
