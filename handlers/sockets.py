"""Socket Mode: the same Bolt app fed through Slack's socket instead of signed HTTP."""

import asyncio
import time

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from handlers.acks import Ack
from handlers.app import SlackSide
from handlers.storable import storable


class _Handler(AsyncSocketModeHandler):
    """Bolt's own, but it says when an answer has left, and takes only text that can be kept."""

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt does itself
        start = time.time()
        request = AsyncBoltRequest(
            mode="socket_mode", body=storable(req.payload), headers=build_headers(req)
        )
        response = await self.app.async_dispatch(request)
        await send_async_response(client, req, response, start)
        if isinstance(response, Ack):
            response.left()


class Sockets:
    """Made inside the running loop. A wrong app token is tried for ever: watch `connected`."""

    def __init__(self, slack: SlackSide, app_token: str) -> None:
        self._handler = _Handler(slack.bolt, app_token, ping_interval=10)
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connect in the background, and stay connected."""
        self._connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]  # Bolt's

    async def connected(self) -> bool:
        return await self._handler.client.is_connected()

    async def close(self) -> None:
        """Take nothing more in. What was taken in already goes on in the background."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        client = self._handler.client
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's
        ended = (client.message_processor, client.current_session_monitor, client.message_receiver)
        tasks = [task for task in ended if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)
