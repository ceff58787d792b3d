"""Flow 1: a client is created in a form and found again by whatever people type."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.people import Role
from tests.scenario.office import ACME, ANNA, CARLA, DANA, GENERAL, Office
from tests.scenario.reading import buttons, elements, entered, labelled, texts

ALL: Mapping[str, Any] = {
    "name": "ACME Incorporated",
    "code": "ACME",
    "status": "active",
    "website": "https://acme.example",
    "account_manager": ANNA,
    "client_channel": ACME,
    "package": "Gold",
    "notes": "Knows what\nit wants",
}


async def create(office: Office, **values: Any) -> dict[str, Any]:
    await office.types(CARLA, "/client new")
    return await office.submit(CARLA, **values)


async def status(office: Office, line: str) -> dict[str, Any]:
    """The answer to a command, which is all in the ack: no call of ours to Slack."""
    async with office.silence():
        ack = await office.reply(CARLA, line)
    assert ack["response_type"] == "ephemeral"
    return ack


def suggestions(answer: Mapping[str, Any]) -> list[str]:
    return [e["text"]["text"] for e in elements(answer)]


async def test_created_in_a_form_and_shown_in_one_round_trip(office: Office) -> None:
    answer = await create(office, **ALL)
    assert answer["response_action"] == "update"
    assert "✅ *ACME Incorporated* (ACME) is created." in texts(await office.modal(CARLA))
    card = await status(office, "/client status acme")
    for fact in (
        "ACME Incorporated (ACME)",
        "active",
        "Gold",
        "https://acme.example",
        f"<#{ACME}>",
        f"account manager: <@{ANNA}>",
        "No open tickets",
    ):
        assert fact in texts(card), fact
    [sent] = [d for d in (await office.get("deliveries"))["deliveries"] if d["name"] == "/client"][
        1:
    ]
    assert sent["body"]["text"] == "status acme"
    assert (await office.whispers(CARLA))[-1]["text"] == card["text"], "Slack shows the ack"


async def test_the_ack_of_new_leaves_before_slack_is_called(office: Office) -> None:
    await office.fails("views.open", "slow", seconds=0.5)
    answer = await office.post("act", **{"as": CARLA}, channel=GENERAL, text="/client new")
    assert answer == {"ok": True, "ack": None}
    assert office.ws.state.stacks.get(CARLA, []) == []
    await office.settle()
    assert (await office.modal(CARLA))["callback_id"] == "client.new"


async def test_the_card_is_never_older_than_the_last_change(office: Office) -> None:
    await office.client()
    for number in range(1, 4):
        await office.log(CARLA, f"acme Number {number} priority=critical")
        card = await status(office, "/client status acme")
        assert f"{number} critical" in card["text"]
    await office.advance(timedelta(hours=4))
    assert "overdue" in (await status(office, "/client status acme"))["text"]


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"code": "globex"}, "code", "The code “globex” is taken"),
        ({"code": "a b"}, "code", "A code is 1 to 20 letters"),
        ({"code": "-acme"}, "code", "A code is 1 to 20 letters"),
        ({"code": "Status"}, "code", "is a command word"),
        ({"code": "log"}, "code", "is a command word"),
        ({"name": "   "}, "name", "A name is 1 to 200 characters."),
        ({"client_channel": "C0GLOBEX"}, "client_channel", "A channel has one client."),
    ],
)
async def test_a_mistake_is_told_at_its_field(
    office: Office, changed: dict[str, str], field: str, told: str
) -> None:
    await office.client("GLOBEX", client_channel="C0GLOBEX")
    before = await office.contents()
    given = ALL | changed
    answer = await create(office, **given)
    view = await office.modal(CARLA)
    assert list(answer["errors"]) == [labelled(view)[field]]
    assert told in answer["errors"][labelled(view)[field]]
    assert {name: entered(view, name) for name in given} == given, "all that was typed is there"
    assert await office.contents() == before
    assert (await office.submit(CARLA, **{field: ALL[field]}))["ok"]
    assert "ACME Incorporated" in (await status(office, "/client status acme"))["text"]


SPELLINGS = (
    "/client status ACME",
    "/client status aCmE",
    "/client STATUS acme",
    "/client acme",
    "/client status ACME INCORPORATED",
    '/client status "acme incorporated"',
    "/client status “Acme Incorporated”",
    "/client status  acme   incorporated ",
    "/client status incorporated",
    "/clientops client status acme",
    "/clientops Client Status Acme",
)


async def test_found_however_it_is_typed(office: Office) -> None:
    await create(office, **ALL)
    for line in SPELLINGS:
        assert "ACME Incorporated (ACME) is active" in (await status(office, line))["text"], line


async def test_an_old_code_still_answers(office: Office) -> None:
    client = await office.client()
    await office.rename(client, "ACNE")
    assert "(ACNE)" in (await status(office, "/client status acme"))["text"]
    taken = await create(office, **ALL)
    assert "errors" in taken, "a code is never reused"


async def test_two_that_share_a_word_are_offered(office: Office) -> None:
    await office.client("ACME", name="Acme North")
    await office.client("ACMS", name="Acme South")
    answer = await status(office, "/client status south")
    assert "Acme South" in answer["text"]
    await office.client("ACMW", name="Acme South West")
    answer = await status(office, "/client status south")
    assert "could be any of these" in answer["text"]
    assert suggestions(answer) == ["/client status ACMS", "/client status ACMW"]
    assert "Acme South" not in texts(answer), "nothing is guessed"


async def test_did_you_mean_runs_it(office: Office) -> None:
    await office.client()
    await office.client("GLOBEX")
    answer = await status(office, "/client status globbex")
    assert "No client answers to “globbex”." in answer["text"]
    assert suggestions(answer) == ["/client status GLOBEX"]
    [shown] = await office.whispers(CARLA)
    [action_id] = buttons(shown)
    await office.press(CARLA, shown, action_id, GENERAL)
    assert "Globex Incorporated (GLOBEX)" in (await office.whispers(CARLA))[-1]["text"]


async def test_a_near_miss_of_a_verb(office: Office) -> None:
    await office.client()
    answer = await status(office, "/client statsu acme")
    assert "/client status acme" in suggestions(answer)
    answer = await status(office, "/clientops clent status acme")
    assert suggestions(answer) == ["/clientops client status acme"]
    [*_, shown] = await office.whispers(CARLA)
    [action_id] = buttons(shown)
    await office.press(CARLA, shown, action_id, GENERAL)
    assert "Acme Incorporated (ACME)" in (await office.whispers(CARLA))[-1]["text"]


async def test_help_says_what_to_type(office: Office) -> None:
    for line in ("/client", "/client help", "/clientops", "/clientops help"):
        words = texts(await status(office, line))
        root = line.removesuffix(" help")
        assert f"`{root} status" in words or f"`{root} client`" in words
        assert "not in threads" in words


async def test_usage_when_something_is_missing(office: Office) -> None:
    answer = await status(office, "/client status")
    assert "Client is missing." in answer["text"]
    assert "For example: `/client status acme`" in answer["text"]


async def test_nothing_found_and_nothing_near(office: Office) -> None:
    await office.client()
    before = await office.contents()
    answer = await status(office, "/client status zzzzqqqq")
    assert suggestions(answer) == []
    assert await office.contents() == before, "nothing is saved from a typo"


HOSTILE = {
    "mention": "<!channel> <@U0DANA> @here",
    "markup": "*bold* _it_ `code` ~no~ > quote",
    "rtl": "شركة \u202eأكمي\u202c",
    "emoji": "🧨 Bäckerei “Ümläut” & Söhne :tada:",
    "entities": "A &amp; B &lt;script&gt;",
    "link": "<https://evil.example|Acme>",
    "sql": "Robert'); DROP TABLE clients;--",
    "template": "{{ 7 * 7 }} ${x} %s {0}",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
async def test_names_are_words_and_nothing_else(office: Office, name: str) -> None:
    await create(office, **ALL | {"name": name, "notes": name, "package": name})
    card = await status(office, "/client status acme")
    escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"{escaped} (ACME)" in card["text"]
    assert {"<!channel>", "<@U0DANA>", "<https://evil.example|Acme>"} & set(
        card["text"].split()
    ) == set()
    await office.log(CARLA, f"acme {name} description")
    [shown] = await office.cards()
    assert escaped in shown["text"]
    assert escaped in (await office.reply(CARLA, "/client list"))["text"]
    await office.types(CARLA, "/ticket")
    assert await office.pick(CARLA, name[:20]) == ["ACME"]
    if name not in {HOSTILE["mention"], HOSTILE["link"]}:  # typed, those are Slack's own tokens
        found = await status(office, f"/client status {name}")
        assert f"{escaped} (ACME)" in found["text"]


async def test_ten_thousand_characters(office: Office) -> None:
    await office.client()
    long = "x" * 10_000
    before = await office.contents()
    assert "No client answers" in (await status(office, f"/client status {long}"))["text"]
    assert "is no command" in (await status(office, f"/clientops {long}"))["text"]
    answer = await create(office, **ALL | {"name": long})
    assert answer["by_client"], "Slack's own limit"
    forced = office.ws.state.stacks[CARLA][-1]
    view = await office.modal(CARLA)
    await office.does(
        "submit", CARLA, view_id=forced, values={labelled(view)["name"]: long}, force=True
    )
    assert await office.contents() == before
    await office.types(CARLA, f"/ticket acme {long}")
    view = await office.modal(CARLA)
    assert len(entered(view, "title")) <= 150
    assert len(entered(view, "description")) <= 3000


async def test_two_people_take_the_same_code_at_once(office: Office) -> None:
    for who in (CARLA, DANA):
        await office.types(who, "/client new")
    answers = await asyncio.gather(
        *(office.submit(who, name=f"Of {who}", code="acme") for who in (CARLA, DANA))
    )
    assert sorted(answer["ok"] for answer in answers) == [False, True]
    assert "errors" in next(answer for answer in answers if not answer["ok"])


async def test_lists_in_pages(office: Office) -> None:
    for number in range(1, 18):
        await office.client(f"C{number:02}")
    first = await status(office, "/client list")
    assert "Clients 1 to 15 of 17" in first["text"]
    [shown] = await office.whispers(CARLA)
    await office.press(CARLA, shown, "client.page:next", GENERAL)
    [turned] = await office.whispers(CARLA)
    assert "Clients 16 to 17 of 17" in turned["text"]


async def test_the_team_of_a_card_is_who_is_told(office: Office) -> None:
    await create(office, **ALL | {"account_manager": DANA})
    assert f"account manager: <@{DANA}>" in (await status(office, "/client acme"))["text"]
    await office.log(CARLA, "acme Down priority=critical")
    await office.advance(timedelta(hours=4))
    assert len(await office.dms(DANA, "is unanswered")) == 1
    assert Role.ACCOUNT_MANAGER.label in texts((await office.dms(DANA, "is unanswered"))[0])
