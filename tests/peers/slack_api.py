"""The smallest Slack that can be called: it writes down every call and answers what it was told."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True)
class Call:
    method: str
    arguments: dict[str, Any]
    token: str


@dataclass
class SlackApi:
    """`answers[method]` are given one after another, then `{"ok": true}` for ever.

    An answer is a dictionary, or (status, headers, body), or None to drop the connection.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: defaultdict[str, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def of(self, method: str) -> list[dict[str, Any]]:
        return [call.arguments for call in self.calls if call.method == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method, await _arguments(request), token))
        self.arrived.set()
        answer = self.answers[method].popleft() if self.answers[method] else {}
        if answer is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if isinstance(answer, tuple):
            status, headers, body = answer
            return web.json_response(body, status=status, headers=headers)
        return web.json_response({"ok": True} | answer)


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return json.loads(await request.text())
    return dict(request.query) | dict(await request.post())


@asynccontextmanager
async def slack_api() -> AsyncIterator[SlackApi]:
    """Response URLs are `{url}answer`."""
    peer = SlackApi()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", peer.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    peer.url = f"http://{host}:{port}/api/"
    try:
        yield peer
    finally:
        await runner.cleanup()
