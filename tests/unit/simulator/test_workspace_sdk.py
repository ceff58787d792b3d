"""Slack's own SDK and Bolt work against the workspace, over signed HTTP."""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from simulator.server import Workspace
from tests.unit.simulator.harness import Demo, on_http, until


async def test_the_sdk_posts_and_reads_back(client: AsyncWebClient, demo: Demo) -> None:
    assert (await client.auth_test())["team_id"] == "T0AGENCY"
    posted = await client.chat_postMessage(channel="C0OPS", text="hello")
    history = await client.conversations_history(channel="C0OPS")
    assert history["messages"][0]["ts"] == posted["ts"]
    assert [row["text"] for row in await demo.seen("U0ANNA", "C0OPS")] == ["hello"]


async def test_a_command_is_signed_escaped_and_answered(
    ws: Workspace, bolt: AsyncApp, demo: Demo
) -> None:
    heard = []

    @bolt.command("/echo")
    async def echo(ack, command):
        heard.append(command)
        await ack(f"you said {command['text']}")

    async with on_http(ws, bolt):
        answer = await demo.act(
            "U0ANNA", "C0OPS", "/echo tell @ben in #ops a < b & https://x.example/?a=1&b=2"
        )
    assert answer["ok"]
    assert heard[0]["text"] == (
        "tell <@U0BEN|ben> in <#C0OPS|ops> a &lt; b &amp; <https://x.example/?a=1&amp;b=2>"
    )
    [shown] = await demo.seen("U0ANNA", "C0OPS")
    assert shown["ephemeral"]
    assert await demo.seen("U0BEN", "C0OPS") == []


async def test_a_modal_is_opened_filled_refused_and_closed(
    ws: Workspace, bolt: AsyncApp, demo: Demo
) -> None:
    view = {
        "type": "modal",
        "callback_id": "note",
        "title": {"type": "plain_text", "text": "Note"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {
                "type": "input",
                "block_id": "text",
                "label": {"type": "plain_text", "text": "Text"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            }
        ],
    }
    saved = []

    @bolt.shortcut("note.new")
    async def opened(ack, client, body):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.view("note")
    async def submitted(ack, view):
        text = view["state"]["values"]["text"]["text"]["value"]
        if text == "no":
            await ack(response_action="errors", errors={"text": "Say more."})
            return
        saved.append(text)
        await ack()

    async with on_http(ws, bolt):
        assert (await demo.post("shortcut", as_="U0ANNA", callback_id="note.new"))["ok"]
        await until(lambda: ws.state.stacks.get("U0ANNA"))
        [shown] = (await demo.views("U0ANNA"))["views"]
        where = {"as_": "U0ANNA", "view_id": shown["id"]}
        empty = await demo.post("submit", **where, values={})
        assert empty["errors"] == {"text": "Please complete this required field."}
        refused = await demo.post("submit", **where, values={"text": "no"})
        assert refused["errors"] == {"text": "Say more."}
        assert (await demo.post("submit", **where, values={"text": "yes"}))["ok"]
    assert saved == ["yes"]
    assert (await demo.views("U0ANNA"))["views"] == []


async def test_a_button_answers_through_its_response_url(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    button = {
        "type": "button",
        "action_id": "go",
        "value": "1",
        "text": {"type": "plain_text", "text": "Go"},
    }
    seen = asyncio.Event()

    @bolt.action("go")
    async def go(ack, respond):
        await ack()
        await respond(text="gone", replace_original=True)
        seen.set()

    posted = await client.chat_postMessage(
        channel="C0OPS", text="go?", blocks=[{"type": "actions", "elements": [button]}]
    )
    async with on_http(ws, bolt):
        where = {"as_": "U0BEN", "channel": "C0OPS", "ts": posted["ts"], "action_id": "go"}
        assert (await demo.post("press", **where))["ok"]
        await asyncio.wait_for(seen.wait(), 3)
    [shown] = await demo.seen("U0ANNA", "C0OPS")
    assert shown["text"] == "gone"


async def test_events_arrive_with_their_envelope(ws: Workspace, bolt: AsyncApp, demo: Demo) -> None:
    heard = []

    @bolt.event("message")
    async def message(event, body):
        heard.append((event, body))

    async with on_http(ws, bolt):
        await demo.act("U0OLAF", "C0ACME", "hello @anna")
        await until(lambda: heard)
    event, body = heard[0]
    assert event["text"] == "hello <@U0ANNA>"
    assert (event["user_team"], body["context_team_id"]) == ("T0ACME", "T0AGENCY")
    assert body["is_ext_shared_channel"]
    assert body["authorizations"][0]["user_id"] == "U0CLIENTOPS"
