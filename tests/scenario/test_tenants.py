"""Two agencies on one installation: the same code in both, nothing of one seen in the other."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.people import NOT_FOR_YOU, Role
from bot.domain.workspaces import Installation, Workspace
from simulator.server import Workspace as Slack
from tests.scenario.office import Office, berlin, open_office
from tests.scenario.reading import texts

HOUR = timedelta(hours=1)
ROLES = {
    "ANNA": Role.ACCOUNT_MANAGER,
    "CARLA": Role.SUPPORT_CONTACT,
    "DANA": Role.OPERATIONS_MANAGER,
}


def team(letter: str, name: str, zone: str) -> Mapping[str, Any]:
    """Three colleagues and three channels; ids end in the team's letter."""
    people = [
        {"id": f"U0{who}{letter}", "name": f"{who.lower()}{letter.lower()}",
         "real_name": f"{who.title()} of {name}", "kind": "admin" if who == "DANA" else "member"}
        for who in ROLES
    ]  # fmt: skip
    channels = [
        {"id": f"C0{which}{letter}", "name": which.lower(), "bot": True}
        for which in ("OPS", "ALERTS", "GENERAL")
    ]
    return {
        "id": f"T0{letter}",
        "name": name,
        "domain": name.lower(),
        "zone": zone,
        "people": people,
        "channels": channels,
    }


TEAMS = {"teams": [team("A", "Alder", "Europe/Berlin"), team("B", "Birch", "America/New_York")]}
ONE = {"GENERAL": "C0GENERALA", "ALERTS": "C0ALERTSA", "OPS": "C0OPSA"}


@pytest.fixture
async def street(database_url) -> AsyncIterator[Office]:
    """Both installed with a token each, both with a client ACME and a ticket ACME-1."""
    async with open_office(
        database_url,
        now=berlin(2026, 11, 24, 10),
        workspace=TEAMS,
        roles={},
        slack_bot_token=None,
        clientops_secret_key="a key of the environment",
        installed=install,
    ) as office:
        for letter, name in (("A", "Alpha Secret"), ("B", "Beta Secret")):
            ours = await office.app.installations.workspace(TeamId(f"T0{letter}"))
            assert ours is not None
            office.ours = ours
            await office.give_roles(
                {UserId(f"U0{who}{letter}"): frozenset({role}) for who, role in ROLES.items()}
            )
            anna = UserId(f"U0ANNA{letter}")
            await office.client("ACME", name=name, team={Role.ACCOUNT_MANAGER: anna})
            await office.log(
                f"U0CARLA{letter}",
                f"acme Trouble of {name} priority=critical",
                f"C0GENERAL{letter}",
            )
        yield office


async def install(app: App, ws: Slack) -> Workspace:
    """What OAuth ends with, for each team; Alder is ours."""
    alder, _ = [
        await app.services.workspaces.install(installation(ws, letter, zone))
        for letter, zone in (("A", "Europe/Berlin"), ("B", "America/New_York"))
    ]
    for workspace in await app.installations.workspaces():
        await app.sync_directory(workspace, first=False)
    return alder


def installation(ws: Slack, letter: str, zone: str) -> Installation:
    row = ws.state.teams[f"T0{letter}"]
    return Installation(
        team_id=TeamId(row.id),
        team_name=row.name,
        bot_token=row.bot_token,
        bot_user_id=UserId(row.bot.id),
        bot_id=row.bot.bot_id or "",
        zone=zone,
        ops_channel=ChannelId(f"C0OPS{letter}"),
        alert_channel=ChannelId(f"C0ALERTS{letter}"),
    )


async def card(office: Office, letter: str) -> dict[str, Any]:
    [found] = [
        m
        for m in await office.sees(f"U0DANA{letter}", f"C0ALERTS{letter}")
        if "First answer: " in m["text"]
    ]
    return found


@pytest.mark.parametrize(
    ("letter", "own", "other"), [("A", "Alpha", "Beta"), ("B", "Beta", "Alpha")]
)
async def test_each_sees_its_own(street: Office, letter: str, own: str, other: str) -> None:
    carla, general = f"U0CARLA{letter}", f"C0GENERAL{letter}"
    seen = [
        await street.reply(carla, line, general)
        for line in (
            "/client status acme",
            f"/client status {own.lower()}",
            "/client list",
            "/ticket list",
            "/ticket show ACME-1",
            "/report daily",
        )
    ]
    assert all(f"{own} Secret" in texts(answer) for answer in seen[:5])
    assert "1 active client" in seen[-1]["text"]
    missing = await street.reply(carla, f"/client status {other.lower()}", general)
    assert "No client answers to" in missing["text"]
    await street.types(carla, "/ticket", general)
    assert await street.pick(carla, "secret") == ["ACME"]
    offered = (await street.modal(carla)), street.signer.last("interactive", "client.pick")
    await street.press(carla, await card(street, letter), "ticket.take", f"C0ALERTS{letter}")
    home = await street.home(carla)
    assert f"Trouble of {own} Secret" in texts(home or {})
    assert f"{other} Secret" not in str((seen, missing, offered, home))


async def test_alerts_climb_at_home(street: Office) -> None:
    await street.advance(11 * HOUR)
    for letter, own, other in (("A", "Alpha", "Beta"), ("B", "Beta", "Alpha")):
        for who in ("ANNA", "DANA"):
            told = await street.dms(f"U0{who}{letter}", "is unanswered")
            assert len(told) == 1, (who, letter)
            assert f"{own} Secret" in texts(told[0])
        everything = [
            await street.sees(f"U0DANA{letter}", f"C0{which}{letter}")
            for which in ("OPS", "ALERTS", "GENERAL")
        ]
        assert f"{other} Secret" not in str(everything)


async def test_each_digest_at_its_own_eight_oclock(street: Office) -> None:
    await street.advance_to(berlin(2026, 11, 25, 15))
    posted = {
        letter: [m for m in await street.sees(f"U0DANA{letter}", f"C0OPS{letter}")
                 if "Daily snapshot" in m["text"]]
        for letter in "AB"
    }  # fmt: skip
    at = {letter: [float(m["ts"]) // 60 * 60 for m in found] for letter, found in posted.items()}
    assert at["A"] == [berlin(2026, 11, 25, 8).timestamp()]
    # 10:00 of the 24th in Berlin is 04:00 in New York: that day's eight o'clock is still to come.
    assert at["B"] == [berlin(2026, 11, 24, 14).timestamp(), berlin(2026, 11, 25, 14).timestamp()]
    assert "Beta" not in str(posted["A"])
    assert "Alpha" not in str(posted["B"])


PRESSES = ("ticket.take", "ticket.respond", "ticket.ask_close", "ticket.show", "alert.acknowledge")


async def test_ids_of_the_other_are_not_found(street: Office) -> None:
    """A button's value of Birch, pressed by somebody of Alder: an id is no authority."""
    await street.advance(5 * HOUR)
    values = {
        letter: {
            element["action_id"]: element["value"]
            for message in await street.sees(f"U0DANA{letter}", f"C0ALERTS{letter}")
            for block in message["blocks"]
            for element in block.get("elements", [])
            if "action_id" in element
        }
        for letter in "AB"
    }
    await street.press("U0DANAA", await card(street, "A"), "ticket.ask_close", ONE["ALERTS"])
    press = street.signer.last("interactive", "ticket.ask_close")
    before = await street.contents()
    for number, action_id in enumerate(PRESSES, start=1):
        assert values["A"][action_id] != values["B"][action_id]
        press["actions"][0] |= {"action_id": action_id, "value": values["B"][action_id]}
        press["trigger_id"] = street.ws.triggers.issue("U0DANAA", "T0A")
        assert (await street.signer.send("interactive", press))[0] == 200
        await street.settle()
        shown = [
            *await street.whispers("U0DANAA", ONE["ALERTS"]),
            *(await street.get("views", **{"as": "U0DANAA"}))["views"],
        ]
        assert sum("is not here" in texts(one) for one in shown) == number, action_id
        assert "Beta" not in str(shown)
    assert await street.contents() == before


async def test_forms_carry_no_authority_either(street: Office) -> None:
    """The closing form of Alder with the ticket of Birch in it."""
    await street.press("U0DANAB", await card(street, "B"), "ticket.ask_close", "C0ALERTSB")
    foreign = (await street.modal("U0DANAB"))["private_metadata"]
    await street.press("U0DANAA", await card(street, "A"), "ticket.ask_close", ONE["ALERTS"])
    await street.submit("U0DANAA", resolution="Done")
    form = street.signer.last("interactive", "ticket.close")
    form["view"] |= {"id": "VFORGED", "private_metadata": foreign}
    before = await street.contents()
    await street.signer.send("interactive", form)
    await street.settle()
    assert await street.contents() == before
    assert "· new" in (await card(street, "B"))["text"]


async def test_a_member_of_one_is_a_stranger_in_the_other(street: Office) -> None:
    await street.press("U0DANAB", await card(street, "B"), "ticket.ask_close", "C0ALERTSB")
    press = street.signer.last("interactive", "ticket.ask_close")
    press["user"] = {"id": "U0DANAA", "username": "x", "name": "x", "team_id": "T0A"}
    press["actions"][0]["action_id"] = "ticket.take"
    before = await street.contents()
    await street.signer.send("interactive", press)
    await street.settle()
    assert await street.contents() == before
    whispered = await street.whispers("U0DANAB", "C0ALERTSB")
    assert NOT_FOR_YOU in str(whispered)
    assert street.refusals() == {"user_not_found"}, "Slack does not show us other teams' people"


async def test_a_token_speaks_for_its_own_team_only(database_url) -> None:
    """The environment's token is another team's than the one that a database has seen before."""
    async with open_office(
        database_url, now=berlin(2026, 11, 24, 13), workspace=TEAMS, roles={}
    ) as office:
        await office.app.database.installations.put(
            installation(office.ws, "B", "America/New_York"), now=office.now()
        )
        await office.advance_to(berlin(2026, 11, 24, 15))
        assert office.refusals() == set(), "the token of Alder was used for Birch"
        assert await office.sees("U0DANAB", "C0OPSB") == []


async def test_settings_of_one_leave_the_other_alone(street: Office) -> None:
    other = await street.app.installations.workspace(TeamId("T0B"))
    await street.reply("U0DANAA", "/ops settings", ONE["GENERAL"])
    [shown] = await street.whispers("U0DANAA", ONE["GENERAL"])
    await street.press("U0DANAA", shown, "workspace.change", ONE["GENERAL"])
    await street.submit("U0DANAA", ops_channel=ONE["GENERAL"], zone="UTC")
    assert "Saved" in texts(await street.modal("U0DANAA"))
    assert await street.app.installations.workspace(TeamId("T0B")) == other


async def test_one_uninstalls_and_the_other_goes_on(street: Office) -> None:
    await street.post("install", team="T0B", installed=False)
    await street.settle()
    answer = await street.types("U0CARLAB", "/client status acme", "C0GENERALB")
    assert "Beta" not in str(answer)
    still = await street.reply("U0CARLAA", "/client status acme", ONE["GENERAL"])
    assert "Alpha Secret" in still["text"]
    await street.advance(5 * HOUR)
    assert len(await street.dms("U0ANNAA", "is unanswered")) == 1
    assert await street.dms("U0ANNAB") == []
    await street.advance_to(berlin(2026, 11, 25, 9))
    assert any("Daily" in m["text"] for m in await street.sees("U0DANAA", ONE["OPS"]))
