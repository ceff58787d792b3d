"""For each test of the workspace: one of its own, its control, an SDK client, a Bolt app."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from simulator.server import Workspace, serve
from tests.unit.simulator.harness import HASTY, MANIFEST, Demo


@pytest.fixture
async def ws() -> AsyncIterator[Workspace]:
    async with serve(manifest=MANIFEST, pace=HASTY) as workspace:
        yield workspace


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def demo(ws: Workspace, session: aiohttp.ClientSession) -> Demo:
    return Demo(ws, session)


@pytest.fixture
def client(ws: Workspace, session: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(token=ws.team.bot_token, base_url=ws.api_url, session=session)


@pytest.fixture
def bolt(ws: Workspace, client: AsyncWebClient) -> AsyncApp:
    """A genuine Bolt app, with no listeners yet."""
    return AsyncApp(client=client, signing_secret=ws.state.app.signing_secret)
