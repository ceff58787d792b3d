"""Promised messages arrive, exactly once as people see them, whatever Slack does meanwhile."""

from datetime import timedelta
from typing import Any

from bot.domain.ids import ChannelId
from bot.domain.people import Role
from tests.scenario.office import (
    ALERTS,
    ANNA,
    CARLA,
    DANA,
    ERIK,
    OPS,
    ROLES,
    Office,
    berlin,
    open_office,
)
from tests.scenario.reading import delivery, posted_at

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def keys(office: Office, channel: str = ALERTS) -> list[int]:
    """The promise that each message of ours in a channel keeps."""
    return [delivery(m) for m in await office.sees(DANA, channel) if "metadata" in m]


async def parked(office: Office, who: str = DANA) -> list[dict[str, Any]]:
    return await office.dms(who, "I could not deliver")


async def test_an_answer_that_got_lost_is_not_posted_twice(office: Office) -> None:
    await office.client()
    await office.fails("chat.postMessage", "reset_after", times=2, channel=ALERTS)
    await office.log(CARLA, "acme Login fails")
    assert len(await office.cards()) == 1, "it stands there, but we do not know"
    await office.advance(MINUTE)
    [card] = await office.cards()
    assert len(set(await keys(office))) == len(await keys(office)) == 1
    [fault] = office.ws.faults.rows
    assert fault.times == 1, "it was looked for, not posted again"
    await office.heals()
    # What was found is known from then on: the card is edited, not posted anew.
    await office.press(CARLA, card, "ticket.take", ALERTS)
    [taken] = await office.cards()
    assert (taken["ts"], "Assignee: Carla Rossi" in taken["text"]) == (card["ts"], True)


async def test_a_lost_direct_message_is_found_too(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme All systems down priority=critical")
    await office.advance(3 * HOUR + 59 * MINUTE)
    await office.fails("chat.postMessage", "reset_after", channel=ANNA)
    await office.advance(2 * MINUTE)
    assert len(await office.dms(ANNA, "is unanswered")) == 1


async def test_a_request_that_never_arrived_is_sent_again(office: Office) -> None:
    await office.client()
    await office.fails("chat.postMessage", "reset_before", channel=ALERTS)
    await office.log(CARLA, "acme Login fails")
    assert await office.cards() == []
    await office.advance(MINUTE)
    assert len(await office.cards()) == 1


async def test_slacks_own_trouble_is_waited_out(office: Office) -> None:
    await office.client()
    await office.fails("chat.postMessage", "http", status=503, times=4, channel=ALERTS)
    await office.log(CARLA, "acme Login fails")
    await office.advance(5 * MINUTE)
    assert len(await office.cards()) == 1
    assert await parked(office) == []


async def test_an_edit_is_repeated_until_it_lands(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    [card] = await office.cards()
    await office.fails("chat.update", "reset_after", times=1)
    await office.press(CARLA, card, "ticket.take", ALERTS)
    await office.advance(MINUTE)
    [after] = await office.cards()
    assert "Assignee: Carla Rossi" in after["text"]


async def test_of_many_states_the_newest_is_shown(office: Office) -> None:
    """Slack is away while the ticket goes its way: one card, the last state, no history."""
    await office.client()
    await office.fails("chat.postMessage", "http", status=503, times=None, channel=ALERTS)
    await office.log(CARLA, "acme Login fails")
    shown = await office.reply(CARLA, "/ticket show ACME-1")
    assert "ACME-1" in shown["text"]
    [whisper] = await office.whispers(CARLA)
    await office.press(CARLA, whisper, "ticket.take", "C0GENERAL")
    await office.press(CARLA, whisper, "ticket.respond", "C0GENERAL")
    await office.heals()
    await office.advance(20 * MINUTE)
    [card] = await office.cards()
    assert "Assignee: Carla Rossi" in card["text"]
    assert "First answer: ✅" in card["text"]
    assert not card.get("edited"), "older states were not sent any more"


async def test_retry_after_is_honoured_and_holds_nobody_else(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 24, 14)) as office:
        await office.client()
        await office.log(CARLA, "acme All systems down priority=critical")
        await office.advance_to(berlin(2026, 11, 24, 17, 59))
        await office.fails("chat.postMessage", "ratelimited", retry_after=90, channel=ALERTS)
        await office.advance(3 * MINUTE)
        started = berlin(2026, 11, 24, 18)
        [told] = await office.dms(ANNA, "is unanswered")
        assert posted_at(told) == started, "another destination is not held"
        [alert] = await office.alerts("is unanswered")
        assert posted_at(alert) >= started + timedelta(seconds=90)


async def test_an_archived_channel_keeps_it_all_until_it_is_back(office: Office) -> None:
    await office.client()
    await office.post("channel", **{"as": ERIK}, do="archive", channel=ALERTS)
    await office.settle()
    await office.log(CARLA, "acme One")
    await office.log(CARLA, "acme Two")
    await office.advance(HOUR)
    [told] = await parked(office)
    assert "is_archived" in told["text"]
    assert f"<#{ALERTS}>" in told["text"]
    assert "Unarchive the channel" in told["text"]
    assert office.refusals() == {"is_archived"}
    await office.post("channel", **{"as": ERIK}, do="unarchive", channel=ALERTS)
    await office.settle()
    assert [card["text"].partition("\n")[0] for card in await office.cards()] == [
        "🟡 *ACME-1* One",
        "🟡 *ACME-2* Two",
    ]
    assert len(set(await keys(office))) == 2


async def test_thrown_out_and_invited_again(office: Office) -> None:
    """From a private channel: nobody can let themselves in there."""
    initech = ChannelId("C0INITECH")
    await office.client()
    await office.set_channels(alert_channel=initech)
    bot = office.ws.team.bot.id
    await office.post("channel", **{"as": ANNA}, do="kick", channel=initech, user=bot)
    await office.settle()
    await office.log(CARLA, "acme Login fails")
    await office.advance(HOUR)
    [told] = await parked(office)
    assert "/invite @ClientOps" in told["text"]
    office.refusals()
    await office.post("channel", **{"as": ANNA}, do="invite", channel=initech, user=bot)
    await office.settle()
    assert len(await office.cards(initech)) == 1


async def test_an_alert_without_its_channel_is_read_elsewhere(office: Office) -> None:
    """reliability, Delivery 2: alert channel, then ops channel."""
    await office.client()
    await office.log(CARLA, "acme All systems down priority=critical")
    await office.post("channel", **{"as": ERIK}, do="archive", channel=ALERTS)
    await office.advance(4 * HOUR)
    office.refusals()
    [alert] = await office.alerts("is unanswered", OPS)
    assert "All systems down" in alert["text"]
    assert len(await office.dms(ANNA, "is unanswered")) == 1


async def test_admins_read_an_alert_when_no_channel_can(office: Office) -> None:
    """reliability, Delivery 2: then admins, by DM."""
    await office.client()
    await office.log(CARLA, "acme All systems down priority=critical")
    for channel in (ALERTS, OPS):
        await office.post("channel", **{"as": ERIK}, do="archive", channel=channel)
    await office.advance(4 * HOUR)
    office.refusals()
    assert len(await office.dms(DANA, "is unanswered")) == 1


async def test_every_admin_is_told_and_none_about_their_own_messages(database_url) -> None:
    roles = ROLES | {ERIK: frozenset({Role.ADMIN})}
    async with open_office(database_url, roles=roles) as office:
        await office.client()
        await office.post("channel", **{"as": ERIK}, do="archive", channel=ALERTS)
        await office.fails("chat.postMessage", "error", error="user_not_found", channel=ERIK)
        await office.log(CARLA, "acme Login fails")
        await office.advance(HOUR)
        office.refusals()
        about_channel, about_erik = await parked(office, DANA)
        assert f"<#{ALERTS}>" in about_channel["text"]
        assert "a person" in about_erik["text"]
        assert await parked(office, ERIK) == []


async def test_yesterdays_digest_is_not_posted_today(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 24, 7)) as office:
        await office.client()
        await office.fails("chat.postMessage", "http", status=503, times=None, channel=OPS)
        await office.advance(23 * HOUR)
        await office.heals()
        await office.advance(3 * HOUR)
        [digest] = await office.sees(DANA, OPS)
        assert "Wednesday 25 November" in digest["text"]


async def test_a_process_that_ends_leaves_nothing_unsaid(office: Office) -> None:
    """Promised, not sent yet: the next process sends it."""
    await office.client()
    await office.fails("chat.postMessage", "http", status=503, times=None, channel=ALERTS)
    await office.log(CARLA, "acme Login fails")
    await office.close_app()
    await office.heals()
    await office.advance(20 * MINUTE)
    await office.open_app()
    assert len(await office.cards()) == 1
