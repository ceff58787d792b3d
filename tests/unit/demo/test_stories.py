"""The demo's made-up past: as many tickets as believable, and nobody working at night."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import policy_of
from bot.demo import agency, launch
from bot.demo.plot import Plot
from bot.demo.scenes import scenes
from bot.demo.stories import Setting
from bot.domain.clients import ClientStatus
from bot.domain.tickets import Priority
from bot.settings import Settings

BERLIN, LONDON, NEW_YORK = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Europe/London", "America/New_York")
)
THURSDAY = datetime(2026, 11, 19, 9, 40, tzinfo=UTC)  # 10:40 in Berlin


@pytest.mark.parametrize("end", [THURSDAY, datetime(2027, 3, 29, 13, 5, tzinfo=UTC)])
def test_ninety_days_are_believable(end: datetime) -> None:
    setting = ninety_days(end)
    rows = agency.clients(setting.today)
    requests = agency.requests()
    stories = Plot(setting, requests).stories(rows)
    assert 90 <= len(stories) <= 140
    share = Counter(story.request.priority for story in stories)
    assert 0 < share[Priority.CRITICAL] <= len(stories) * 0.08
    assert share[Priority.MEDIUM] == max(share.values())
    assert len({story.client.draft.code for story in stories}) >= 6
    for story in stories:
        known = [
            story.asked_at,
            story.logged_at,
            story.taken_at,
            story.answered_at,
            story.closed_at,
        ]
        instants = [at for at in known if at is not None]
        assert instants == sorted(instants), story.request.title
        if story.request.priority is not Priority.CRITICAL:
            assert all(in_hours(setting, story.taken_by, at) for at in instants[2:])
            assert in_hours(setting, story.logged_by, story.logged_at)
    assert len(scenes(setting, rows, requests)) == 6


def ninety_days(end: datetime) -> Setting:
    zones = dict.fromkeys(agency.ROLES, BERLIN)
    zones |= {"ben.okafor@northwind.example": LONDON, "farid.haddad@northwind.example": NEW_YORK}
    policy = policy_of(Settings.model_validate({}))
    return Setting(start=end - timedelta(days=90), end=end, zone=BERLIN, zones=zones, policy=policy)


def in_hours(setting: Setting, member: str, at: datetime) -> bool:
    """A day's last second counts: working time that is used up ends with the window."""
    window = setting.window(member)
    return window.is_open(at) or window.prev_close(at) == at


def test_a_client_is_what_it_was_on_that_day() -> None:
    today = date(2026, 11, 19)
    velo = next(row for row in agency.clients(today) if row.draft.code == "VELO")
    left = velo.draft.dates.churned_on
    assert left is not None
    assert left < today
    before = agency.as_of(velo, left - timedelta(days=1)).draft
    assert (before.status, before.dates.churned_on) == (ClientStatus.ACTIVE, None)
    assert agency.as_of(velo, left).draft.status is ClientStatus.CHURNED


@pytest.mark.parametrize(
    ("machine", "shown"),
    [
        ("2026-11-19T14:20", "2026-11-19T14:20"),
        ("2026-11-19T22:00", "2026-11-19T10:40"),
        ("2026-11-17T06:30", "2026-11-16T10:40"),
        ("2026-11-22T01:00", "2026-11-19T10:40"),
        ("2026-11-23T08:15", "2026-11-19T10:40"),
    ],
)
def test_the_demo_begins_in_office_hours(machine: str, shown: str) -> None:
    now = datetime.fromisoformat(machine).replace(tzinfo=BERLIN)
    assert launch.present(now) == datetime.fromisoformat(shown).replace(tzinfo=BERLIN)
