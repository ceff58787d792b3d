"""Flow 2: a request becomes a ticket, through every door, once, with its clocks right."""

import asyncio
from datetime import datetime, timedelta

import pytest

from tests.scenario.office import (
    ACME,
    ALERTS,
    ANNA,
    BEN,
    CARLA,
    DANA,
    GENERAL,
    OUTSIDER,
    Office,
    berlin,
    open_office,
)
from tests.scenario.reading import buttons, dues, entered, instants, labelled, texts

TYPED = "client can't log in: “payload” rejected & <more> &amp; 'so on'"
AS_MRKDWN = "client can't log in: “payload” rejected &amp; &lt;more&gt; &amp;amp; 'so on'"


async def test_prose_arrives_as_typed(office: Office) -> None:
    await office.client()
    await office.types(CARLA, f"/ticket acme {TYPED}")
    assert entered(await office.modal(CARLA), "title") == TYPED
    await office.submit(CARLA, description=f"payload={TYPED}\nsecond line")
    [card] = await office.cards()
    assert f"*ACME-1* {AS_MRKDWN}\n" in card["text"]
    assert f"payload={AS_MRKDWN}\n>second line" in texts(card)


async def test_a_bare_ticket_asks_for_everything(office: Office) -> None:
    await office.client()
    await office.client("GLOBEX")
    assert (await office.types(CARLA, "/ticket"))["ack"] is None
    assert await office.pick(CARLA, "glob") == ["GLOBEX"]
    missing = await office.submit(CARLA)
    assert missing["by_client"]
    assert set(missing["errors"]) == {
        labelled(await office.modal(CARLA))[name] for name in ("client", "title")
    }
    await office.submit(CARLA, client="GLOBEX", title="Payments fail", priority="high")
    [card] = await office.cards()
    assert "🟠 *GLOBEX-1* Payments fail\nGlobex Incorporated · high · new" in card["text"]
    assert "GLOBEX-1" in texts(await office.modal(CARLA))


async def test_the_form_knows_what_was_typed(office: Office) -> None:
    await office.client()
    await office.types(CARLA, "/ticket ACME  All systems down priority=Critical")
    view = await office.modal(CARLA)
    assert entered(view, "client") == "ACME"
    assert entered(view, "title") == "All systems down"
    assert entered(view, "priority") == "critical"
    ack = await office.reply(CARLA, "/ticket acme Login fails priority=urgent")
    assert "critical, high, medium, low, not “urgent”" in ack["text"]


async def test_a_client_channel_suggests_its_client(office: Office) -> None:
    await office.client(client_channel=ACME)
    await office.types(CARLA, "/ticket Printer on fire", ACME)
    view = await office.modal(CARLA)
    assert (entered(view, "client"), entered(view, "title")) == ("ACME", "Printer on fire")
    assert "Acme Incorporated is suggested because this is their channel." in texts(view)


async def test_global_shortcut_and_the_buttons_open_the_form(office: Office) -> None:
    await office.client()
    await office.shortcut(CARLA, "ticket.new")
    assert entered(await office.modal(CARLA), "client") is None
    await office.home(CARLA)
    home = (await office.get("views", **{"as": CARLA}))["home"]
    await office.does("press", CARLA, view_id=home["id"], action_id="ticket.log")
    assert entered(await office.modal(CARLA), "client") is None
    await office.reply(CARLA, "/client status acme")
    [card] = await office.whispers(CARLA)
    await office.press(CARLA, card, "ticket.log", "C0GENERAL")
    assert entered(await office.modal(CARLA), "client") == "ACME"
    await office.submit(CARLA, title="From the card")
    assert len(await office.cards()) == 1


FRIDAY = berlin(2026, 11, 27, 16)
BEFORE_WINTER_TIME = berlin(2026, 10, 24, 23)


@pytest.mark.parametrize(
    ("logged_at", "priority", "answer", "solution"),
    [
        (FRIDAY, "critical", berlin(2026, 11, 27, 20), berlin(2026, 11, 28, 0)),
        # Friday has 8 h left of 24x5 and 1 h of business hours; the weekend has none.
        (FRIDAY, "high", berlin(2026, 11, 30, 16), berlin(2026, 12, 2, 16)),
        (FRIDAY, "medium", berlin(2026, 12, 1, 16), berlin(2026, 12, 4, 16)),
        (FRIDAY, "low", berlin(2026, 12, 2, 16), berlin(2026, 12, 11, 16)),
        # That night has an hour more: 4 hours after 23:00 clocks show 02:00.
        (BEFORE_WINTER_TIME, "critical", berlin(2026, 10, 25, 2) + timedelta(hours=1), None),
        (BEFORE_WINTER_TIME, "high", berlin(2026, 10, 27, 0), berlin(2026, 10, 28, 17)),
    ],
)
async def test_due_to_the_minute(
    database_url, logged_at: datetime, priority: str, answer: datetime, solution: datetime | None
) -> None:
    async with open_office(database_url, now=logged_at) as office:
        await office.client()
        await office.log(CARLA, f"acme Something priority={priority}")
        [card] = await office.cards()
        assert dues(card)[0] == answer
        assert solution is None or dues(card)[1] == solution
        # The confirmation and the form say the same.
        assert instants(texts(await office.modal(CARLA)))[:2] == dues(card)


async def test_one_card_edited_in_place(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    [card] = await office.cards()
    assert buttons(card) == {
        "ticket.take": "Take it",
        "ticket.respond": "Mark as answered",
        "ticket.ask_close": "Close",
    }
    await office.press(BEN, card, "ticket.take", ALERTS)
    [taken] = await office.cards()
    assert "Assignee: Ben Okafor" in taken["text"]
    assert set(buttons(taken)) == {"ticket.respond", "ticket.ask_close"}
    await office.press(BEN, card, "ticket.respond", ALERTS)
    [answered] = await office.cards()
    assert "First answer: ✅" in answered["text"]
    assert set(buttons(answered)) == {"ticket.ask_close"}
    await office.press(BEN, card, "ticket.ask_close", ALERTS)
    await office.submit(BEN, resolution="Password reset & <done>")
    [closed] = await office.cards()
    assert "· closed" in closed["text"]
    assert "Closed: Password reset &amp; &lt;done&gt;" in texts(closed)
    assert buttons(closed) == {}
    assert {m["ts"] for m in (card, taken, answered, closed)} == {card["ts"]}
    assert "1 open" not in (await office.reply(CARLA, "/client status acme"))["text"]


async def test_a_card_pings_nobody(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme @channel <!here> wake up, @dana")
    [card] = await office.cards()
    await office.press(BEN, card, "ticket.take", ALERTS)
    [card] = await office.cards()
    assert not {"<!", "<@"} & {w[:2] for w in texts(card).replace("<!date", "").split()}


async def test_the_same_form_twice_makes_one_ticket(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    before = await office.contents()
    again = office.signer.last("interactive", "ticket.intake")
    status, answer = await office.signer.send("interactive", again)
    assert (status, answer["response_action"]) == (200, "update")
    assert "ACME-1" in texts(answer["view"])
    await office.settle()
    assert await office.contents() == before


async def test_a_double_click_makes_one_ticket(office: Office) -> None:
    await office.client()
    await office.types(CARLA, "/ticket acme Login fails")
    view = await office.modal(CARLA)
    sent = [office.post("submit", **{"as": CARLA}, view_id=view["id"], values={}) for _ in range(2)]
    first, second = await asyncio.gather(*sent)
    assert first["ok"]
    assert second["ok"]
    await office.settle()
    assert len(await office.cards()) == 1
    assert "ACME-1" in (await office.reply(CARLA, "/ticket list acme"))["text"]


async def test_a_refused_form_may_be_sent_again(office: Office) -> None:
    await office.client()
    await office.types(CARLA, "/ticket acme Login fails")
    view = await office.modal(CARLA)
    before = await office.contents("tickets", "outbox", "inbox")
    block = labelled(view)["client"]
    gone = {"text": {"type": "plain_text", "text": "Gone"}, "value": "GONE"}
    answer = await office.does("submit", CARLA, view_id=view["id"], values={block: gone})
    assert answer["errors"] == {block: "Choose a client from the list."}
    assert await office.contents("tickets", "outbox", "inbox") == before
    assert entered(await office.modal(CARLA), "title") == "Login fails"
    acme = {"text": {"type": "plain_text", "text": "Acme"}, "value": "ACME"}
    await office.does("submit", CARLA, view_id=view["id"], values={block: acme})
    assert len(await office.cards()) == 1


async def test_a_message_becomes_a_ticket_from_when_it_was_written(office: Office) -> None:
    await office.client(client_channel=ACME)
    written = office.now()
    ts = await office.says(OUTSIDER, "Login fails & <nothing> works", ACME)
    await office.advance(timedelta(minutes=90))
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    view = await office.modal(CARLA)
    assert entered(view, "client") == "ACME"
    assert entered(view, "title") == "Login fails & <nothing> works"
    await office.submit(CARLA, priority="critical")
    [card] = await office.cards()
    assert dues(card)[0] == written + timedelta(hours=4)
    assert "Requested by: Olaf Stern" in card["text"]
    await office.shortcut(BEN, "ticket.log_message", ACME, ts)
    assert "*ACME-1* Login fails" in texts(await office.modal(BEN))
    assert labelled(await office.modal(BEN)) == {}


async def test_two_people_log_the_same_message_at_once(office: Office) -> None:
    await office.client(client_channel=ACME)
    ts = await office.says(OUTSIDER, "Login fails", ACME)
    for who in (CARLA, BEN):
        await office.shortcut(who, "ticket.log_message", ACME, ts)
    await asyncio.gather(office.submit(CARLA), office.submit(BEN, title="Same thing"))
    assert len(await office.cards()) == 1
    said = [texts(await office.modal(who)) for who in (CARLA, BEN)]
    assert all("ACME-1" in words for words in said)
    assert sum("✅ Logged" in words for words in said) == 1


async def test_logged_too_late_for_a_warning(office: Office) -> None:
    await office.client(client_channel=ACME)
    ts = await office.says(OUTSIDER, "All systems down", ACME)
    await office.advance(timedelta(hours=5))
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA, priority="critical")
    [alert] = await office.alerts("ACME-1")
    assert "is unanswered" in alert["text"]
    assert "(logged late)" in alert["text"]
    [told] = await office.dms(ANNA)
    assert "(logged late)" in told["text"]
    assert await office.dms(CARLA) == []


async def test_a_message_from_long_ago_still_answers_once(office: Office) -> None:
    """Between warning and due: the warning is late, but it is told, once."""
    await office.client(client_channel=ACME)
    ts = await office.says(OUTSIDER, "All systems down", ACME)
    await office.advance(timedelta(hours=3, minutes=30))
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA, priority="critical")
    [told] = await office.dms(CARLA)
    assert "waits for an answer" in told["text"]
    await office.advance(timedelta(minutes=29))
    assert await office.dms(ANNA) == []


async def test_who_comes_second_is_told(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    [card] = await office.cards()
    await asyncio.gather(*(office.press(who, card, "ticket.take", ALERTS) for who in (BEN, CARLA)))
    [after] = await office.cards()
    assert "Assignee: Ben Okafor" in after["text"] or "Assignee: Carla Rossi" in after["text"]
    stale = office.signer.last("interactive", "ticket.take")
    await office.press(CARLA, card, "ticket.ask_close", ALERTS)
    await office.submit(CARLA, resolution="Done")
    before = await office.contents()
    await office.signer.send("interactive", stale)
    await office.settle()
    assert await office.contents() == before


async def test_lists_and_single_tickets(office: Office) -> None:
    await office.client()
    await office.client("GLOBEX")
    await office.log(CARLA, "acme Question priority=low")
    await office.log(CARLA, "globex Outage priority=critical")
    listed = (await office.reply(CARLA, "/ticket list"))["text"]
    assert listed.index("GLOBEX-1") < listed.index("ACME-1"), "soonest due first"
    assert "GLOBEX" not in (await office.reply(CARLA, "/ticket list acme"))["text"]
    assert "Outage" in (await office.reply(DANA, "/ticket show globex-1"))["text"]
    assert "There is no ticket ACME-9." in (await office.reply(DANA, "/ticket show acme-9"))["text"]


async def test_a_card_of_ones_own_is_redrawn_when_its_button_is_pressed(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    await office.types(BEN, "/ticket show ACME-1")
    own = (await office.sees(BEN, GENERAL))[-1]
    assert "ticket.take" in buttons(own)
    await office.press(BEN, own, "ticket.take", GENERAL)
    own = (await office.sees(BEN, GENERAL))[-1]
    assert "ticket.take" not in buttons(own)
    assert "Ben Okafor" in texts(own)
