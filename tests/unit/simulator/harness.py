"""A way to a workspace's demo control, and a port for the app it talks to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp

from simulator.pace import Pace
from simulator.server import Workspace

MANIFEST = Path(__file__).parents[2] / "data" / "simulator" / "manifest.yml"
HASTY = Pace(retries=(0.0, 0.01, 0.01))


class Demo:
    """The control calls as methods: `await demo.post("act", **{"as": …})`."""

    def __init__(self, ws: Workspace, session: aiohttp.ClientSession) -> None:
        self.ws = ws
        self.session = session

    async def post(self, call: str, **body: Any) -> dict:
        body = {key.rstrip("_"): value for key, value in body.items()}
        async with self.session.post(f"{self.ws.url}/_demo/{call}", json=body) as response:
            return await response.json()

    async def get(self, call: str, **query: str) -> dict:
        query = {key.rstrip("_"): value for key, value in query.items()}
        async with self.session.get(f"{self.ws.url}/_demo/{call}", params=query) as response:
            return await response.json()

    async def act(self, user: str, channel: str, text: str, **more: Any) -> dict:
        return await self.post("act", as_=user, channel=channel, text=text, **more)

    async def seen(self, user: str, channel: str, **more: str) -> list[dict]:
        return (await self.get("seen", as_=user, channel=channel, **more))["messages"]

    async def views(self, user: str) -> dict:
        return await self.get("views", as_=user)


@asynccontextmanager
async def on_http(ws: Workspace, app: Any) -> AsyncIterator[None]:
    """Serves an ASGI application (a Bolt app is wrapped) where the workspace sends to."""
    asgi = AsyncSlackRequestHandler(app) if isinstance(app, AsyncApp) else app
    config = uvicorn.Config(asgi, port=0, lifespan="off", log_config=None, ws="none")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    ws.post.http.url = f"http://127.0.0.1:{port}/slack/events"
    try:
        yield
    finally:
        await ws.post.settled()
        ws.post.http.url = None
        await server.shutdown()


async def until(true: Callable[[], Any]) -> None:
    """Waits for something that happens in the background, at most 3 s."""
    deadline = asyncio.get_running_loop().time() + 3
    while not true():
        assert asyncio.get_running_loop().time() < deadline, "it did not happen"
        await asyncio.sleep(0.005)
