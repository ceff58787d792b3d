"""The app is verified, installed, taken out, started from the command line."""

import asyncio
import signal
import sys

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.server import Workspace, serve
from tests.unit.simulator.harness import MANIFEST, Demo, on_http


async def test_slacks_challenge_is_answered_by_bolt(
    ws: Workspace, bolt: AsyncApp, demo: Demo
) -> None:
    async with on_http(ws, bolt):
        url = ws.post.http.url
        assert (await demo.post("app", url=url, verify=True))["verified"]
    assert not (await demo.post("app", url="http://127.0.0.1:9/", verify=True))["verified"]


async def test_without_the_app_its_token_is_worth_nothing(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    heard = []

    @bolt.event("app_uninstalled")
    async def gone(event):
        heard.append(event["type"])

    @bolt.event("tokens_revoked")
    async def revoked(event):
        heard.append(event["type"])

    async with on_http(ws, bolt):
        await client.auth_test()
        await demo.post("install", installed=False)
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.auth_test()
        await demo.post("install", installed=True)
        assert (await client.auth_test())["ok"]


async def test_a_file_over_slack_connect_has_to_be_asked_for(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, session, demo: Demo
) -> None:
    form = aiohttp.FormData({"as": "U0OLAF"})
    form.add_field("file", b"x", filename="log.txt")
    async with session.post(f"{ws.url}/_demo/upload", data=form) as response:
        file_id = (await response.json())["file"]["id"]
    heard = []

    @bolt.event("message")
    async def message(event):
        heard.append(event)

    async with on_http(ws, bolt):
        await demo.act("U0OLAF", "C0ACME", "see", files=[file_id])
    assert heard[0]["files"] == [
        {"id": file_id, "mode": "file_access", "file_access": "check_file_info"}
    ]
    assert (await client.files_info(file=file_id))["file"]["name"] == "log.txt"


async def test_an_outsider_has_no_home(demo: Demo) -> None:
    assert (await demo.post("home", as_="U0OLAF"))["error"] == "not_allowed"


async def test_a_manifest_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"display_information\.name"):
        async with serve(manifest={}):
            pass


async def test_it_runs_from_the_command_line_and_ends_quietly() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "error", "-m", "simulator", "--port", "0",
        "--manifest", str(MANIFEST), "--now", "2026-03-02T09:00:00Z",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 10)).decode()
    url = line.rsplit(" ", 1)[-1].strip()
    async with aiohttp.ClientSession() as session, session.get(f"{url}/_demo/clock") as response:
        assert (await response.json())["now"].startswith("2026-03-02T09:00")
    process.send_signal(signal.SIGTERM)
    _, complaints = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, complaints) == (0, b"")
