"""The first admin, who may set what, and that what is set is what happens."""

import asyncio
from datetime import timedelta

from bot.domain.people import Role
from tests.scenario.office import (
    ALERTS,
    ANNA,
    BEN,
    CARLA,
    DANA,
    ERIK,
    GENERAL,
    OPS,
    ROLES,
    Office,
    berlin,
    open_office,
)
from tests.scenario.reading import buttons, labelled, texts

HOUR = timedelta(hours=1)


async def change_settings(office: Office, who: str) -> None:
    """Open the settings form."""
    await office.reply(who, "/ops settings")
    shown = (await office.whispers(who))[-1]
    await office.press(who, shown, "workspace.change", GENERAL)


async def choose(office: Office, who: str, whom: str) -> None:
    """Open the roles form about somebody."""
    await office.reply(who, "/ops people")
    shown = (await office.whispers(who))[-1]
    await office.press(who, shown, "people.assign", GENERAL)
    view = await office.modal(who)
    await office.does("press", who, view_id=view["id"], action_id="people.chosen", value=whom)


async def assign(office: Office, who: str, whom: str, *roles: Role) -> dict[str, object]:
    """Choose, tick, save."""
    await choose(office, who, whom)
    view = await office.modal(who)
    boxes = {
        name: [option["value"] for option in block["element"]["options"]]
        for block in view["blocks"]
        for name, block_id in labelled(view).items()
        if block["block_id"] == block_id and block["element"]["type"] == "checkboxes"
    }
    return await office.submit(
        who, **{name: [role for role in roles if role in known] for name, known in boxes.items()}
    )


async def test_the_first_slack_admin_becomes_ours(database_url) -> None:
    async with open_office(database_url, roles={}) as office:
        refused = await office.reply(ANNA, "/ops settings")
        assert "shown to admins and managers" in refused["text"]
        shown = await office.reply(DANA, "/ops settings")
        assert "Europe/Berlin" in shown["text"]
        assert "workspace.change" in buttons(shown)
        assert len(await office.audited("people.first_admin")) == 1
        second = await office.reply(ERIK, "/ops settings")
        assert "shown to admins and managers" in second["text"]
        assert len(await office.audited("people.first_admin")) == 1


async def test_managers_read_and_do_not_change(office: Office) -> None:
    shown = await office.reply(ERIK, "/ops settings")
    assert "Europe/Berlin" in shown["text"]
    assert "workspace.change" not in buttons(shown)
    await change_settings(office, DANA)
    await office.submit(DANA)
    form = office.signer.last("interactive", "workspace.settings")
    form["user"] |= {"id": ERIK}
    form["view"]["id"] = "VOTHER"
    form["view"]["state"]["values"][labelled(form["view"])["zone"]]["value"]["value"] = "UTC"
    before = await office.contents("workspaces")
    _, answer = await office.signer.send("interactive", form)
    assert "Only an admin may change the settings" in str(answer)
    assert await office.contents("workspaces") == before


async def test_a_wrong_zone_is_told_at_the_field(office: Office) -> None:
    await change_settings(office, DANA)
    view = await office.modal(DANA)
    answer = await office.submit(DANA, zone="Berlin")
    assert list(answer["errors"]) == [labelled(view)["zone"]]
    assert (await office.modal(DANA))["id"] == view["id"]


async def test_the_digest_follows_the_settings(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.client()
        await office.advance(2 * HOUR)
        assert len(await office.sees(DANA, OPS)) == 1
        await change_settings(office, DANA)
        await office.submit(DANA, ops_channel=ALERTS, zone="America/New_York")
        assert "Saved" in texts(await office.modal(DANA))
        await office.advance_to(berlin(2026, 11, 26, 14))
        assert len(await office.sees(DANA, OPS)) == 1
        [digest] = await office.sees(DANA, ALERTS)
        assert "Daily snapshot, Thursday 26 November" in digest["text"]
        assert await office.audited("report.skipped") == []


async def test_a_public_channel_is_joined(database_url) -> None:
    """Surfaces 0: linking a public channel, the bot joins it."""
    async with open_office(database_url, now=berlin(2026, 11, 25, 7)) as office:
        await office.client()
        await change_settings(office, DANA)
        await office.submit(DANA, ops_channel=GENERAL)
        await office.advance(HOUR)
        assert any("Daily snapshot" in m["text"] for m in await office.sees(DANA, GENERAL))
        assert office.refusals() <= {"not_in_channel"}


async def test_roles_decide_who_is_told(office: Office) -> None:
    answer = await assign(office, DANA, ANNA, Role.OPERATIONS_MANAGER)
    assert answer["ok"], answer
    assert f"<@{ANNA}> is now: operations manager." in texts(await office.modal(DANA))
    await assign(office, DANA, DANA, Role.ADMIN)
    await assign(office, DANA, BEN, Role.ACCOUNT_MANAGER)
    await office.client(team={})
    await office.log(CARLA, "acme All systems down priority=critical")
    await office.advance(10 * HOUR)
    assert len(await office.dms(BEN, "is unanswered")) == 1
    assert len(await office.dms(ANNA, "is unanswered")) == 1
    assert await office.dms(DANA, "is unanswered") == []


async def test_the_last_admin_stays(office: Office) -> None:
    before = await office.contents("members")
    answer = await assign(office, DANA, DANA, Role.OPERATIONS_MANAGER)
    assert "The last admin cannot be removed" in str(answer)
    assert await office.contents("members") == before
    await assign(office, DANA, ERIK, Role.ADMIN, Role.MANAGING_DIRECTOR)
    answer = await assign(office, DANA, DANA, Role.OPERATIONS_MANAGER)
    assert answer["ok"], answer
    assert "shown to admins" not in (await office.reply(DANA, "/ops people"))["text"]
    assert "people.assign" not in buttons(await office.reply(DANA, "/ops people"))


async def test_two_admins_cannot_remove_each_other_at_once(database_url) -> None:
    roles = ROLES | {ERIK: frozenset({Role.ADMIN})}
    async with open_office(database_url, roles=roles) as office:
        for who, whom in ((DANA, ERIK), (ERIK, DANA)):
            await choose(office, who, whom)
        await asyncio.gather(*(office.submit(who, roles=[], more_roles=[]) for who in (DANA, ERIK)))
        async with office.app.database.unit_of_work(office.workspace_id) as uow:
            people = await uow.people.with_roles()
        assert any(person.has(Role.ADMIN) for person in people)


async def test_a_stranger_cannot_be_given_a_role(office: Office) -> None:
    answer = await assign(office, DANA, "U0GIA", Role.SUPPORT_CONTACT)
    assert "is no member of this workspace" in str(answer)
