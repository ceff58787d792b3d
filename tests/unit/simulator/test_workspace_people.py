"""Who may do what, what typing becomes, and which events tell the app."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import yaml
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator import typed
from simulator.server import Workspace, serve
from tests.unit.simulator.harness import HASTY, MANIFEST, Demo, on_http, until

BUTTON = {
    "type": "actions",
    "block_id": "b",
    "elements": [
        {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}},
        {
            "type": "overflow",
            "action_id": "more",
            "options": [{"text": {"type": "plain_text", "text": "One"}, "value": "1"}],
        },
    ],
}


@pytest.fixture
def heard(bolt: AsyncApp) -> list[dict]:
    """Everything of note that the app was sent."""
    rows: list[dict] = []

    async def note(ack, body):
        await ack()
        rows.append(body)

    async def note_event(body):
        rows.append(body["event"])

    bolt.command("/echo")(note)
    bolt.command("/plain")(note)
    bolt.action("go")(note)
    bolt.action("more")(note)
    bolt.shortcut("note.new")(note)
    bolt.shortcut("note.keep")(note)
    for name in (
        "message", "app_mention", "member_joined_channel", "reaction_added", "team_join",
        "user_change", "channel_archive", "channel_shared", "app_home_opened", "app_uninstalled",
    ):  # fmt: skip
        bolt.event(name)(note_event)
    return rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hi @anna & <you>", "hi <@U0ANNA> &amp; &lt;you&gt;"),
        ("mail a@anna.example", "mail a@anna.example"),
        ("see #ops, @nobody", "see <#C0OPS|ops>, @nobody"),
        ("<@U0BEN> knows <@U0NOBODY>", "<@U0BEN> knows &lt;@U0NOBODY&gt;"),
        ("@here: now", "<!here>: now"),
        ("https://x.example/?a=1&b=2", "<https://x.example/?a=1&amp;b=2>"),
    ],
)
def test_typing_becomes_slacks_markup(ws: Workspace, text: str, message: str) -> None:
    assert typed.as_message(ws.state, text, ws.team) == message


async def test_a_guest_has_commands_and_an_outsider_has_not(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        assert (await demo.act("U0GIA", "C0GLOBEX", "/echo x"))["ok"]
        assert (await demo.act("U0OLAF", "C0ACME", "/echo x"))["error"] == "not_allowed"
        assert len(heard) == 1
        assert (await demo.act("U0OLAF", "C0ACME", "/echo x", force=True))["ok"]
    assert (heard[1]["user_id"], heard[1]["team_id"]) == ("U0OLAF", "T0AGENCY")


async def test_commands_are_not_for_threads_or_other_peoples_channels(
    client: AsyncWebClient, demo: Demo
) -> None:
    ts = (await client.chat_postMessage(channel="C0OPS", text="x"))["ts"]
    threaded = await demo.act("U0ANNA", "C0OPS", "/echo x", thread_ts=ts)
    assert threaded["error"] == "not_in_threads"
    assert (await demo.act("U0GIA", "C0OPS", "/echo x"))["error"] == "not_in_channel"
    assert (await demo.act("U0ANNA", "C0OPS", "/nothing"))["error"] == "unknown_command"


async def test_the_bot_is_invited_by_slacks_own_command(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        assert (await demo.act("U0DANA", "C0LEADS", "/invite <@U0CLIENTOPS>"))["ok"]
        assert (await demo.act("U0DANA", "C0LEADS", "/invite @carla"))["ok"]
        assert (await demo.act("U0DANA", "C0LEADS", "/invite @ghost"))["error"] == "user_not_found"
        await demo.post("settle")
        assert {"U0CLIENTOPS", "U0CARLA"} <= ws.state.channels["C0LEADS"].members.keys()
        await demo.act("U0DANA", "C0LEADS", "/remove @carla")
    assert "U0CARLA" not in ws.state.channels["C0LEADS"].members
    assert {row["user"] for row in heard if row["type"] == "member_joined_channel"} == {
        "U0CLIENTOPS",
        "U0CARLA",
    }


async def test_without_should_escape_text_arrives_as_typed(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        await demo.act("U0ANNA", "C0OPS", "/plain @ben <@U0BEN> <b> & c")
    assert heard[0]["text"] == "@ben @ben <b> & c"


async def test_an_outsider_presses_where_they_are_a_member(
    ws: Workspace, bolt: AsyncApp, heard: list, client: AsyncWebClient, demo: Demo
) -> None:
    posted = await client.chat_postMessage(channel="C0ACME", text="x", blocks=[BUTTON])
    where = {"as_": "U0OLAF", "channel": "C0ACME", "ts": posted["ts"]}
    async with on_http(ws, bolt):
        assert (await demo.post("press", **where, action_id="go"))["ok"]
        assert (await demo.post("press", **where, action_id="more", value="1"))["ok"]
    press, pick = heard
    assert press["user"]["team_id"] == "T0ACME"
    assert press["team"]["id"] == "T0AGENCY"
    assert press["message"]["blocks"][0]["block_id"] == "b"
    assert pick["actions"][0]["selected_option"]["value"] == "1"
    elsewhere = await demo.post("press", **{**where, "as_": "U0GIA"}, action_id="go")
    assert elsewhere["error"] == "not_in_channel"


async def test_a_message_shortcut_carries_the_message(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    ts = (await demo.act("U0ANNA", "C0SALES", "keep this"))["ts"]
    where = {"as_": "U0FARID", "channel": "C0SALES", "ts": ts}
    async with on_http(ws, bolt):
        await demo.post("shortcut", **where, callback_id="note.keep")
        wrong = await demo.post("shortcut", as_="U0FARID", callback_id="note.keep")
    assert wrong["error"] == "wrong_place"
    [body] = heard
    assert (body["type"], body["message"]["text"]) == ("message_action", "keep this")
    assert body["response_url"]


async def test_events_come_only_from_where_the_bot_is(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        await demo.act("U0ANNA", "C0SALES", "unheard")
        await demo.act("U0ANNA", "C0OPS", "<@U0CLIENTOPS> log this")
        await demo.post("settle")
    assert sorted(row["type"] for row in heard) == ["app_mention", "message"]
    assert {row["text"] for row in heard} == {"<@U0CLIENTOPS> log this"}


async def test_a_direct_message_to_the_bot_is_heard(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    dm = (await demo.post("dm", as_="U0ANNA", user="U0CLIENTOPS"))["channel"]
    async with on_http(ws, bolt):
        await demo.act("U0ANNA", dm, "psst")
        await demo.post("settle")
    [event] = heard
    assert (event["channel_type"], event["channel"]) == ("im", dm)


async def test_a_bot_without_messages_tab_takes_none(
    ws: Workspace, client: AsyncWebClient, demo: Demo
) -> None:
    dm = (await demo.post("dm", as_="U0ANNA", user="U0CLIENTOPS"))["channel"]
    ws.manifest = replace(ws.manifest, messages_read_only=True)
    assert (await demo.act("U0ANNA", dm, "psst"))["error"] == "messages_tab_disabled"
    assert (await client.chat_postMessage(channel="U0ANNA", text="x"))["ok"]
    ws.manifest = replace(ws.manifest, messages_tab=False)
    with pytest.raises(SlackApiError, match="messages_tab_disabled"):
        await client.chat_postMessage(channel="U0ANNA", text="x")


async def test_people_and_channels_change_and_the_app_hears(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        await demo.post("member", user="U0ANNA", title="Partner")
        new = (await demo.post("member", name="hugo", real_name="Hugo Blanc"))["user"]
        await demo.post("channel", as_="U0ANNA", do="invite", channel="C0OPS", user=new)
        ts = (await demo.act(new, "C0OPS", "hello"))["ts"]
        await demo.post("react", as_="U0ANNA", channel="C0OPS", ts=ts, name="ticket")
        await demo.post("channel", as_="U0DANA", do="archive", channel="C0RANDOM")
        await demo.post("channel", as_="U0DANA", do="share", channel="C0GLOBEX", team="T0ACME")
        await demo.post("event", event={"type": "app_uninstalled"})
        await demo.post("settle")
    kinds = {row["type"] for row in heard}
    assert kinds >= {
        "user_change", "team_join", "member_joined_channel", "message", "reaction_added",
        "channel_archive", "channel_shared", "app_uninstalled",
    }  # fmt: skip
    reaction = next(row for row in heard if row["type"] == "reaction_added")
    assert (reaction["reaction"], reaction["item"]["ts"]) == ("ticket", ts)


async def test_edits_and_deletions_are_told(
    ws: Workspace, bolt: AsyncApp, heard: list, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        ts = (await demo.act("U0ANNA", "C0OPS", "teh"))["ts"]
        where = {"as_": "U0ANNA", "channel": "C0OPS", "ts": ts}
        await demo.post("edit", **where, text="the")
        await demo.post("edit", **where)
        await demo.post("settle")
    subtypes = {row.get("subtype"): row for row in heard}
    assert subtypes["message_changed"]["message"]["text"] == "the"
    assert subtypes["message_deleted"]["deleted_ts"] == ts


async def test_the_page_hears_of_changes(ws: Workspace, session, demo: Demo) -> None:
    url = f"{ws.url}/_demo/events"
    async with session.get(url, params={"as": "U0GIA"}) as gia:
        assert (await gia.content.readline()) == b": hello\n"
        await gia.content.readline()
        await demo.act("U0DANA", "C0LEADS", "not for Gia")
        await demo.act("U0BEN", "C0GLOBEX", "for Gia")
        line = await asyncio.wait_for(gia.content.readline(), 3)
    change = json.loads(line.removeprefix(b"data: "))
    assert (change["kind"], change["channel"]) == ("messages", "C0GLOBEX")


async def test_the_state_is_what_scripts_need(ws: Workspace, demo: Demo) -> None:
    state = await demo.get("state")
    assert state["api_url"] == ws.api_url
    assert state["bot_token"].startswith("xoxb-")
    kinds = {row["id"]: row["kind"] for row in state["people"]}
    assert kinds["U0CLIENTOPS"] == "bot"
    assert (kinds["U0ERIK"], kinds["U0GIA"], kinds["U0OLAF"]) == ("admin", "guest", "outsider")
    assert state["commands"][0]["command"] == "/echo"
    assert state["app"] == {"name": "Parrot", "home": True}


async def test_unread_counts_until_looked_at(client: AsyncWebClient, demo: Demo) -> None:
    await client.chat_postMessage(channel="C0OPS", text="new")

    async def unread() -> int:
        rows = (await demo.get("conversations", as_="U0ANNA"))["channels"]
        return next(row["unread"] for row in rows if row["id"] == "C0OPS")

    assert await unread() == 1
    await demo.seen("U0ANNA", "C0OPS")
    assert await unread() == 0


async def test_a_file_of_a_person_is_posted(ws: Workspace, session, demo: Demo) -> None:
    content = b"a,b\r\n--x\r\n"
    form = aiohttp.FormData({"as": "U0ANNA"})
    form.add_field("file", content, filename="plan.csv")
    async with session.post(f"{ws.url}/_demo/upload", data=form) as response:
        file = (await response.json())["file"]
    await demo.act("U0ANNA", "C0OPS", "look", files=[file["id"]])
    [message] = await demo.seen("U0BEN", "C0OPS")
    assert message["files"][0]["size"] == len(content)


async def test_two_workspaces_are_two_installations(session, tmp_path: Path) -> None:
    def team(name: str) -> dict:
        people = [{"id": f"U{name}", "name": name.lower(), "real_name": name}]
        channels = [{"id": f"C{name}", "name": "ops", "bot": True}]
        return {"id": f"T{name}", "name": name, "people": people, "channels": channels}

    path = tmp_path / "workspace.yml"
    path.write_text(yaml.safe_dump({"teams": [team("ONE"), team("TWO")]}))
    async with serve(manifest=MANIFEST, workspace=path, pace=HASTY) as ws:
        demo = Demo(ws, session)
        tokens = {}
        for name in ("TONE", "TTWO"):
            state = await demo.get("state", team=name)
            tokens[name] = state["bot_token"]
            assert state["team_id"] == name
        client = AsyncWebClient(token=tokens["TTWO"], base_url=ws.api_url, session=session)
        assert (await client.auth_test())["team_id"] == "TTWO"
        await client.chat_postMessage(channel="#ops", text="two")
        assert [row["text"] for row in await demo.seen("UTWO", "CTWO")] == ["two"]
        assert await demo.seen("UONE", "CONE") == []
        bolt = AsyncApp(client=client, signing_secret=ws.state.app.signing_secret)
        teams = []

        @bolt.event("message")
        async def message(body):
            teams.append(body["team_id"])

        async with on_http(ws, bolt):
            await demo.act("UTWO", "CTWO", "hello")
            await until(lambda: teams)
        assert teams == ["TTWO"]


async def test_the_page_is_served_and_nothing_beside_it(ws: Workspace, session) -> None:
    async with session.get(f"{ws.url}/") as page:
        assert page.status == 200
        assert page.headers["cache-control"] == "no-store"
    async with session.get(f"{ws.url}/page/%2e%2e/server.py") as outside:
        assert outside.status == 404
