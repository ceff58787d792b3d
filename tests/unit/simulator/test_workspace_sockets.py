"""Slack's own Socket Mode client works against the workspace."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from simulator.server import Workspace
from tests.unit.simulator.harness import Demo, until


@pytest.fixture
async def handler(ws: Workspace, bolt: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    made = AsyncSocketModeHandler(bolt, ws.state.app.app_token, web_client=bolt.client)
    yield made
    await made.close_async()


async def test_commands_modals_and_events_travel_by_socket(
    ws: Workspace, bolt: AsyncApp, handler: AsyncSocketModeHandler, demo: Demo
) -> None:
    heard = []

    @bolt.command("/echo")
    async def echo(ack, command):
        await ack(f"you said {command['text']}")

    @bolt.event("message")
    async def message(event):
        heard.append(event["text"])

    await handler.connect_async()
    answer = await demo.act("U0ANNA", "C0OPS", "/echo hello")
    assert answer["ack"] == {"text": "you said hello"}
    assert [row["text"] for row in await demo.seen("U0ANNA", "C0OPS")] == ["you said hello"]
    await demo.act("U0ANNA", "C0OPS", "to all")
    await until(lambda: heard == ["to all"])


async def test_the_ack_of_a_submission_travels_by_socket(
    ws: Workspace, bolt: AsyncApp, handler: AsyncSocketModeHandler, demo: Demo
) -> None:
    label = {"type": "plain_text", "text": "Text"}
    element = {"type": "plain_text_input", "action_id": "text"}
    block = {"type": "input", "block_id": "text", "label": label, "element": element}
    view = {"type": "modal", "callback_id": "f", "title": label, "submit": label, "blocks": [block]}

    @bolt.shortcut("note.new")
    async def opened(ack, client, body):
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @bolt.view("f")
    async def submitted(ack):
        await ack(response_action="errors", errors={"text": "No."})

    await handler.connect_async()
    assert (await demo.post("shortcut", as_="U0ANNA", callback_id="note.new"))["ok"]
    [view_id] = ws.state.stacks["U0ANNA"]
    answer = await demo.post("submit", as_="U0ANNA", view_id=view_id, values={"text": "x"})
    assert answer["errors"] == {"text": "No."}


async def test_without_a_socket_the_person_is_told(demo: Demo) -> None:
    answer = await demo.act("U0ANNA", "C0OPS", "/echo hello")
    assert (answer["ok"], answer["error"]) == (False, "dispatch_failed")


async def test_a_failing_listener_is_never_acked(
    ws: Workspace, bolt: AsyncApp, handler: AsyncSocketModeHandler, demo: Demo
) -> None:
    ws.post.sockets.patience = 0.2

    @bolt.command("/echo")
    async def echo(ack, command):
        raise ValueError("no")

    @bolt.error
    async def quiet(error):
        pass

    await handler.connect_async()
    answer = await demo.act("U0ANNA", "C0OPS", "/echo hello")
    assert answer["error"] == "operation_timeout"


async def test_letters_go_round_all_sockets(ws: Workspace, session, demo: Demo) -> None:
    sockets = []
    for _ in range(2):
        url = (await _open(ws, session))["url"]
        socket = await session.ws_connect(url)
        hello = await socket.receive_json()
        assert hello["type"] == "hello"
        sockets.append(socket)
    for socket in sockets:
        await demo.act("U0ANNA", "C0OPS", "hello")
        envelope = await socket.receive_json()
        assert envelope["type"] == "events_api"
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
    await ws.post.settled()
    for socket in sockets:
        await socket.close()


async def test_a_socket_needs_a_ticket_and_the_app_token(ws: Workspace, session) -> None:
    wrong = {"Authorization": f"Bearer {ws.team.bot_token}"}
    async with session.post(f"{ws.api_url}apps.connections.open", headers=wrong) as response:
        assert (await response.json())["error"] == "invalid_auth"
    with pytest.raises(Exception, match="403"):
        await session.ws_connect(f"{ws.url.replace('http', 'ws')}/link?ticket=made-up")


async def test_a_refreshed_connection_comes_back(
    ws: Workspace, bolt: AsyncApp, handler: AsyncSocketModeHandler, demo: Demo
) -> None:
    await handler.connect_async()
    first = ws.post.sockets.open[0]
    await demo.post("disconnect")
    await until(lambda: ws.post.sockets.open and ws.post.sockets.open[0] is not first)


async def _open(ws: Workspace, session) -> dict:
    bearer = {"Authorization": f"Bearer {ws.state.app.app_token}"}
    async with session.post(f"{ws.api_url}apps.connections.open", headers=bearer) as response:
        return await response.json()
