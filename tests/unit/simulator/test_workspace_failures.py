"""What goes wrong goes wrong as it does with Slack: faults, limits, deadlines, repetitions."""

import asyncio

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.ratelimits import Bucket
from simulator.server import Workspace
from tests.unit.simulator.harness import Demo, on_http

POST = "chat.postMessage"


async def post(
    ws: Workspace, session: aiohttp.ClientSession, **args: str
) -> tuple[int, dict, dict]:
    bearer = {"Authorization": f"Bearer {ws.team.bot_token}"}
    args = {"channel": "C0OPS", "text": "x", **args}
    async with session.post(f"{ws.api_url}{POST}", data=args, headers=bearer) as response:
        return response.status, await response.json(), dict(response.headers)


async def test_a_fault_spoils_as_many_calls_as_asked(
    ws: Workspace, client: AsyncWebClient, demo: Demo
) -> None:
    await demo.post("faults", method=POST, mode="error", error="internal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="internal_error"):
            await client.chat_postMessage(channel="C0OPS", text="x")
    assert (await client.chat_postMessage(channel="C0OPS", text="x"))["ok"]
    await demo.post("faults", method=POST, mode="error", error="fatal_error", times=5)
    await demo.post("faults")
    assert (await client.chat_postMessage(channel="C0OPS", text="x"))["ok"]


async def test_http_and_rate_limit_faults_look_real(ws: Workspace, session, demo: Demo) -> None:
    await demo.post("faults", method=POST, mode="http", status=503)
    assert (await post(ws, session))[0] == 503
    await demo.post("faults", method=POST, mode="ratelimited", retry_after=7)
    status, body, headers = await post(ws, session)
    assert (status, body["error"], headers["Retry-After"]) == (429, "ratelimited", "7")


@pytest.mark.parametrize(("mode", "happened"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_reset_loses_the_answer(
    ws: Workspace, session, demo: Demo, mode: str, happened: int
) -> None:
    await demo.post("faults", method=POST, mode=mode)
    with pytest.raises(aiohttp.ClientError):
        await post(ws, session)
    assert len(await demo.seen("U0ANNA", "C0OPS")) == happened
    assert (await post(ws, session))[1]["ok"]


async def test_a_slow_call_happens_in_the_end(ws: Workspace, session, demo: Demo) -> None:
    await demo.post("faults", method=POST, mode="slow", seconds=0.05)
    started = asyncio.get_running_loop().time()
    assert (await post(ws, session))[1]["ok"]
    assert asyncio.get_running_loop().time() - started >= 0.05


async def test_a_fault_can_be_for_one_channel(ws: Workspace, session, demo: Demo) -> None:
    await demo.post("faults", method=POST, mode="error", error="is_archived", channel="C0ALERTS")
    assert (await post(ws, session))[1]["ok"]
    assert (await post(ws, session, channel="C0ALERTS"))[1]["error"] == "is_archived"


async def test_an_answer_to_a_response_url_can_be_lost(
    ws: Workspace, bolt: AsyncApp, session, demo: Demo
) -> None:
    urls = []

    @bolt.command("/echo")
    async def echo(ack, command):
        urls.append(command["response_url"])
        await ack()

    async with on_http(ws, bolt):
        await demo.act("U0ANNA", "C0OPS", "/echo")
    await demo.post("faults", method="response_url", mode="reset_after")
    with pytest.raises(aiohttp.ClientError):
        await session.post(urls[0], json={"text": "x"})
    assert len(await demo.seen("U0ANNA", "C0OPS")) == 1


async def test_a_senseless_fault_is_refused(demo: Demo) -> None:
    assert (await demo.post("faults", mode="bad"))["error"] == "invalid_fault"
    assert (await demo.post("faults", method=POST, mode="http", colour=1))[
        "error"
    ] == "invalid_fault"


async def test_a_channel_takes_a_burst_and_then_one_a_second(ws: Workspace, session, demo: Demo):
    await demo.post("limits", rate=True)
    answers = [await post(ws, session) for _ in range(22)]
    assert [status for status, *_ in answers[:20]] == [200] * 20
    status, body, headers = answers[-1]
    assert (status, body["error"], headers["Retry-After"]) == (429, "ratelimited", "1")
    assert (await post(ws, session, channel="C0ALERTS"))[0] == 200
    await demo.post("limits", rate=False)
    assert (await post(ws, session))[0] == 200


def test_a_bucket_refills() -> None:
    bucket = Bucket(capacity=2, rate=0.5)
    assert [bucket.take(0), bucket.take(0)] == [0, 0]
    assert bucket.take(0) == pytest.approx(2)
    assert bucket.take(2) == 0
    assert bucket.take(2) > 0


async def test_an_event_is_repeated_with_slacks_headers(ws: Workspace, demo: Demo) -> None:
    heard = []

    async def app(scope, receive, send):
        await receive()
        heard.append({name.decode(): value.decode() for name, value in scope["headers"]})
        status = 200 if len(heard) == 3 else 500
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body"})

    async with on_http(ws, app):
        await demo.act("U0ANNA", "C0OPS", "hello")
        await demo.post("settle")
    retries = [row.get("x-slack-retry-num") for row in heard]
    assert retries == [None, "1", "2"]
    assert heard[1]["x-slack-retry-reason"] == "http_error"
    told = (await demo.get("deliveries"))["deliveries"]
    assert [row["status"] for row in told] == [500, 500, 200]
    assert len({row["body"]["event_id"] for row in told}) == 1


async def test_an_app_may_decline_repetitions(ws: Workspace, demo: Demo) -> None:
    heard = []

    async def app(scope, receive, send):
        heard.append(await receive())
        head = [(b"x-slack-no-retry", b"1")]
        await send({"type": "http.response.start", "status": 500, "headers": head})
        await send({"type": "http.response.body"})

    async with on_http(ws, app):
        await demo.act("U0ANNA", "C0OPS", "hello")
    assert len(heard) == 1


async def test_a_late_command_times_out_and_a_failing_one_says_so(
    ws: Workspace, bolt: AsyncApp, demo: Demo
) -> None:
    released = asyncio.Event()

    @bolt.command("/echo")
    async def slow(ack):
        await released.wait()
        await ack()

    ws.post.http.patience = 0.2
    async with on_http(ws, bolt):
        late = await demo.act("U0ANNA", "C0OPS", "/echo x")
        failed = await demo.act("U0ANNA", "C0OPS", "/plain x")
        released.set()
    assert (late["error"], late["status"]) == ("operation_timeout", "timeout")
    assert (failed["error"], failed["status"]) == ("dispatch_failed", 404)


async def test_a_wrong_signature_is_the_apps_to_refuse(
    ws: Workspace, client: AsyncWebClient, demo: Demo
) -> None:
    strict = AsyncApp(client=client, signing_secret="another")

    @strict.command("/echo")
    async def echo(ack):
        await ack("never")

    async with on_http(ws, strict):
        answer = await demo.act("U0ANNA", "C0OPS", "/echo x")
    assert answer["status"] == 401


async def test_a_response_url_works_five_times_and_half_an_hour(
    ws: Workspace, bolt: AsyncApp, session, demo: Demo
) -> None:
    urls = []

    @bolt.command("/echo")
    async def echo(ack, command):
        urls.append(command["response_url"])
        await ack()

    async def respond(url: str, **body: object) -> int:
        async with session.post(url, json={"text": "x", **body}) as response:
            return response.status

    async with on_http(ws, bolt):
        await demo.act("U0ANNA", "C0OPS", "/echo")
        await demo.act("U0ANNA", "C0OPS", "/echo")
    assert await respond(urls[0], response_type="in_channel") == 200
    assert [await respond(urls[0]) for _ in range(5)] == [200, 200, 200, 200, 404]
    assert len(await demo.seen("U0BEN", "C0OPS")) == 1
    assert len(await demo.seen("U0ANNA", "C0OPS")) == 5
    await demo.post("clock", advance_seconds=31 * 60)
    assert await respond(urls[1]) == 404
