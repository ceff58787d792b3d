"""Flow 3: the daily snapshot: 08:00 local time, working days, one post, whatever happens."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.clients import ClientStatus
from tests.scenario.office import ALERTS, CARLA, DANA, OPS, Office, berlin, open_office
from tests.scenario.reading import posted_at, texts
from tests.scenario.running import running

HOUR = timedelta(hours=1)


async def digests(office: Office, channel: str = OPS) -> list[dict[str, Any]]:
    return [m for m in await office.sees(DANA, channel) if "Daily snapshot" in m["text"]]


async def posted(office: Office) -> list[datetime]:
    return [posted_at(message) for message in await digests(office)]


@pytest.mark.parametrize(
    ("since", "until", "mornings"),
    [
        ((2026, 11, 26, 9), (2026, 12, 1, 7), [(2026, 11, 27, 8), (2026, 11, 30, 8)]),
        ((2026, 3, 27, 7), (2026, 3, 31, 7), [(2026, 3, 27, 8), (2026, 3, 30, 8)]),
        ((2026, 10, 23, 7), (2026, 10, 27, 7), [(2026, 10, 23, 8), (2026, 10, 26, 8)]),
    ],
    ids=["weekend", "to_summer_time", "to_winter_time"],
)
async def test_eight_oclock_of_working_days(
    database_url, since: tuple[int, ...], until: tuple[int, ...], mornings: list[tuple[int, ...]]
) -> None:
    async with open_office(database_url, now=berlin(*since)) as office:
        await office.client()
        await office.advance_to(berlin(*until))
        assert await posted(office) == [berlin(*morning) for morning in mornings]


async def test_what_it_says(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 24, 15)) as office:
        await office.client()
        await office.client("GLOBEX", status=ClientStatus.PAUSED)
        await office.log(CARLA, "acme Outage @channel priority=critical")
        await office.log(CARLA, "globex A <!here> question priority=low")
        _, question = await office.cards()
        await office.press(CARLA, question, "ticket.ask_close", ALERTS)
        await office.submit(CARLA, resolution="Told them")
        await office.advance_to(berlin(2026, 11, 25, 8))
        [digest] = await digests(office)
        assert "1 active client; by status: 1 active · 1 paused." in digest["text"]
        assert "Wednesday 25 November 2026" in digest["text"]
        assert "Missed yesterday" in digest["text"]
        assert "Closed yesterday: 1, first GLOBEX-1" in digest["text"]
        assert "Opened yesterday: 2" in digest["text"]
        assert "ACME-1" in digest["text"]
        assert "<!here>" not in texts(digest)
        assert "(late)" not in texts(digest)


async def test_an_empty_agency_gets_one_line(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.advance(HOUR)
        [digest] = await digests(office)
        assert digest["text"] == (
            "Daily snapshot, Wednesday 25 November 2026: there are no clients yet."
        )


async def test_missed_in_the_morning_comes_late_the_same_day(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.client()
        await office.close_app()
        await office.advance(4 * HOUR)
        await office.open_app()
        [digest] = await digests(office)
        assert posted_at(digest) == berlin(2026, 11, 25, 11)
        assert "Wednesday 25 November 2026 (late)" in digest["text"]
        await office.close_app()
        await office.open_app()
        await office.advance_to(berlin(2026, 11, 26, 9))
        assert [posted_at(m) for m in (await digests(office))[1:]] == [berlin(2026, 11, 26, 8)]


async def test_missed_all_day_is_skipped_and_on_record(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.client()
        await office.close_app()
        await office.advance(24 * HOUR)
        await office.open_app()
        assert await digests(office) == []
        [skipped] = await office.audited("report.skipped")
        assert skipped.fields["slot"] == "2026-11-25"
        await office.advance(HOUR)
        assert await posted(office) == [berlin(2026, 11, 26, 8)]


async def test_a_restart_at_eight_repeats_nothing(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.client()
        await office.advance(HOUR)
        await office.close_app()
        await office.open_app()
        await office.advance(HOUR)
        assert await posted(office) == [berlin(2026, 11, 25, 8)]


async def test_two_replicas_post_one(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.client()
        await office.log(CARLA, "acme Outage priority=critical")
        other = await running(office.ws, office.settings, listener="two")
        try:
            await office.advance(HOUR)
            await asyncio.gather(other.app.when_idle(), office.app.when_idle())
            assert await posted(office) == [berlin(2026, 11, 25, 8)]
            await office.advance(24 * HOUR)
        finally:
            await other.close()
        office.ws.post.http.url = f"{office.app_url}/slack/events"
        assert await posted(office) == [berlin(2026, 11, day, 8) for day in (25, 26)]
        # All that was due on the way happened once as well.
        assert len(await office.alerts("an answer was due")) == 1
        assert len(await office.dms("U0ANNA", "is unanswered")) == 1


async def test_without_ops_channel_it_waits_until_there_is_one(database_url) -> None:
    at = berlin(2026, 11, 25, 7)
    async with open_office(database_url, now=at, clientops_ops_channel=None) as office:
        await office.client()
        await office.advance(2 * HOUR)
        await office.reply(DANA, "/ops settings")
        [shown] = await office.whispers(DANA)
        assert "Without an ops channel there is no daily snapshot." in shown["text"]
        await office.press(DANA, shown, "workspace.change", "C0GENERAL")
        await office.submit(DANA, ops_channel=OPS)
        [digest] = await digests(office)
        assert "(late)" in digest["text"]


async def test_report_daily_answers_now(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    async with office.silence():
        ack = await office.reply(CARLA, "/report daily")
    assert "1 active client" in ack["text"]
    assert "Opened yesterday" not in ack["text"]
    assert "Nothing was opened." in ack["text"]
    assert await digests(office) == []
