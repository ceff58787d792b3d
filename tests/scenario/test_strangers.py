"""Security: guests, people of other workspaces and viewers. One polite line, no data, no effect."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.people import NOT_FOR_YOU, Role
from tests.scenario.office import (
    ACME,
    ALERTS,
    BEN,
    CARLA,
    DANA,
    GLOBEX,
    GUEST,
    OUTSIDER,
    ROLES,
    Office,
    open_office,
)
from tests.scenario.reading import buttons, texts

SECRETS = ("Acme Incorporated", "ACME-1", "Globex Incorporated", "Login fails", "Anna", "anna")
WHERE = {GUEST: GLOBEX, OUTSIDER: ACME}
STRANGERS = pytest.mark.parametrize("who", [GUEST, OUTSIDER], ids=["guest", "outsider"])


@pytest.fixture
async def busy(database_url) -> AsyncIterator[Office]:
    """Two clients, a ticket, an alert; the alert channel is open to the strangers by mistake."""
    async with open_office(database_url) as office:
        await office.client(client_channel=ACME)
        await office.client("GLOBEX", client_channel=GLOBEX)
        await office.log(CARLA, "acme Login fails priority=critical")
        await office.post("channel", **{"as": DANA}, do="invite", channel=ALERTS, user=GUEST)
        await office.post("channel", **{"as": DANA}, do="share", channel=ALERTS, team="T0ACME")
        await office.post("channel", **{"as": DANA}, do="invite", channel=ALERTS, user=OUTSIDER)
        await office.advance_to(office.now().replace(hour=13))
        yield office


def discreet(*shown: object) -> None:
    for secret in SECRETS:
        assert secret not in str(shown), f"{secret!r} was shown"


LINES = (
    "/client status acme",
    "/client list",
    "/client new",
    "/ticket acme Free work please",
    "/ticket list",
    "/ticket show ACME-1",
    "/report daily",
    "/ops settings",
    "/ops people",
    "/clientops client status globex",
)


@STRANGERS
async def test_commands_answer_members_only(busy: Office, who: str) -> None:
    before = await busy.contents()
    for line in LINES:
        answer = await busy.types(who, line, WHERE[who], force=True)
        assert answer["ok"]
        discreet(answer)
    whispered = await busy.whispers(who, WHERE[who])
    assert [m["text"] for m in whispered] == [NOT_FOR_YOU] * len(LINES)
    assert (await busy.get("views", **{"as": who}))["views"] == []
    assert await busy.contents() == before


@STRANGERS
async def test_buttons_answer_members_only(busy: Office, who: str) -> None:
    before = await busy.contents()
    [card] = await busy.cards()
    [alert] = await busy.alerts("is unanswered")
    pressed = 0
    for message in (card, alert):
        for action_id in buttons(message):
            await busy.press(who, message, action_id, ALERTS)
            pressed += 1
    whispered = await busy.whispers(who, ALERTS)
    assert [m["text"] for m in whispered] == [NOT_FOR_YOU] * pressed
    assert pressed == 6
    assert (await busy.get("views", **{"as": who}))["views"] == []
    assert await busy.contents() == before
    assert busy.ws.problems == []


@STRANGERS
async def test_shortcuts_and_home_show_nothing(busy: Office, who: str) -> None:
    before = await busy.contents()
    ts = await busy.says(who, "Please log this", WHERE[who])
    await busy.shortcut(who, "ticket.log_message", WHERE[who], ts, force=True)
    await busy.shortcut(who, "ticket.new", force=True)
    await busy.shortcut(who, "client.create", force=True)
    home = await busy.home(who)
    views = (await busy.get("views", **{"as": who}))["views"]
    assert all(NOT_FOR_YOU in texts(view) for view in views)
    assert all(m["text"] == NOT_FOR_YOU for m in await busy.whispers(who, WHERE[who]))
    discreet(home, views, await busy.whispers(who, WHERE[who]))
    assert await busy.contents() == before


@STRANGERS
async def test_forms_filled_by_strangers(busy: Office, who: str) -> None:
    """A form sent in somebody else's name, and the client menu inside of it."""
    await busy.types(CARLA, "/ticket acme Login fails")
    assert await busy.pick(CARLA, "a")
    before = await busy.contents()
    home_team = "T0ACME" if who == OUTSIDER else "T0AGENCY"
    impostor = {"id": who, "username": "x", "name": "x", "team_id": home_team}
    suggestion = busy.signer.last("interactive", "client.pick")
    assert await busy.signer.send("interactive", suggestion | {"user": impostor}) == (
        200,
        {"options": []},
    )
    await busy.submit(CARLA)
    form = busy.signer.last("interactive", "ticket.intake")
    form["view"]["id"] = "VNEVERSEEN"
    after_carla = await busy.contents()
    assert after_carla != before
    _, answer = await busy.signer.send("interactive", form | {"user": impostor})
    assert NOT_FOR_YOU in str(answer)
    discreet(answer)
    await busy.settle()
    assert await busy.contents() == after_carla


@STRANGERS
async def test_words_to_us_get_the_polite_line(busy: Office, who: str) -> None:
    before = await busy.contents()
    await busy.says(who, "@clientops status of globex?", WHERE[who])
    assert [m["text"] for m in await busy.whispers(who, WHERE[who])] == [NOT_FOR_YOU]
    dm = await busy.dm_channel(who)
    await busy.says(who, "status of globex?", dm)
    said = [m["text"] for m in await busy.sees(who, dm) if m["user"] != who]
    assert said == [NOT_FOR_YOU]
    assert await busy.contents() == before


async def test_members_get_help_for_the_same_words(busy: Office) -> None:
    await busy.says(BEN, "@clientops status of globex?", GLOBEX)
    [help_] = await busy.whispers(BEN, GLOBEX)
    assert "`/client status acme`" in help_["text"]
    dm = await busy.dm_channel(BEN)
    await busy.says(BEN, "hello", dm)
    assert "`/client status acme`" in (await busy.sees(BEN, dm))[-1]["text"]


async def test_somebody_unknown_is_looked_up_first(busy: Office) -> None:
    """A guest invited a minute ago, whose join we have not heard of."""
    busy.ws.state.people["U0NEW"] = type(busy.ws.state.people[GUEST])(
        id="U0NEW", team_id="T0AGENCY", name="new", real_name="New", kind="guest"
    )
    busy.ws.state.channels[GLOBEX].members["U0NEW"] = None
    answer = await busy.types("U0NEW", "/client status acme", GLOBEX, force=True)
    assert answer["ack"] is None, "Slack is asked after the ack"
    assert [m["text"] for m in await busy.whispers("U0NEW", GLOBEX)] == [NOT_FOR_YOU]


async def test_a_member_who_becomes_a_guest_is_one_at_once(busy: Office) -> None:
    await busy.post("member", user=BEN, kind="guest")
    await busy.settle()
    assert (await busy.reply(BEN, "/client status acme"))["text"] == NOT_FOR_YOU


async def test_refusals_are_on_record(busy: Office) -> None:
    """reliability, Security: every action checks who asks; refusals are audited."""
    await busy.types(GUEST, "/client status acme", GLOBEX, force=True)
    [alert] = await busy.alerts("is unanswered")
    await busy.press(BEN, alert, "alert.acknowledge", ALERTS)
    refused = await busy.audited("access.refused")
    assert {entry.done_by for entry in refused} == {GUEST, BEN}


async def test_viewers_look_and_change_nothing(database_url) -> None:
    roles = ROLES | {BEN: frozenset({Role.VIEWER})}
    async with open_office(database_url, roles=roles) as office:
        await office.client()
        await office.log(CARLA, "acme Login fails priority=critical")
        assert "Acme Incorporated" in (await office.reply(BEN, "/client status acme"))["text"]
        await office.advance_to(office.now().replace(hour=13))
        before = await office.contents()
        [card] = await office.cards()
        for action_id in ("ticket.take", "ticket.respond"):
            await office.press(BEN, card, action_id, ALERTS)
        [alert] = await office.alerts("is unanswered")
        await office.press(BEN, alert, "alert.acknowledge", ALERTS)
        said = [m["text"] for m in await office.whispers(BEN, ALERTS)]
        assert len(said) == 3
        assert all("Your role is viewer" in text for text in said)
        await office.press(BEN, card, "ticket.ask_close", ALERTS)
        await office.submit(BEN, resolution="Nothing to do")
        await office.types(BEN, "/ticket acme More work")
        await office.submit(BEN)
        await office.types(BEN, "/client new")
        await office.submit(BEN, name="Mine", code="MINE")
        assert await office.contents() == before


async def test_only_those_concerned_may_acknowledge(busy: Office) -> None:
    """Ben is a member, but neither of the client's team nor told."""
    before = await busy.contents()
    [alert] = await busy.alerts("is unanswered")
    await busy.press(BEN, alert, "alert.acknowledge", ALERTS)
    [refusal] = await busy.whispers(BEN, ALERTS)
    assert "client's team" in refusal["text"]
    assert await busy.contents() == before
