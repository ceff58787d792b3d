"""Puts a workspace on a port: the Web API, the demo control, Socket Mode and the page.

`serve` runs in the loop it is called in, on any number of ports at once, and leaves no traces.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from simulator import manifest as manifests
from simulator import seed, web
from simulator.api.endpoint import WebApi
from simulator.changes import Changes
from simulator.clock import Clock
from simulator.control.endpoint import Control
from simulator.delivery.http import SignedHttp
from simulator.delivery.post import Post
from simulator.delivery.sockets import Sockets
from simulator.faults import Faults
from simulator.manifest import Manifest
from simulator.pace import SLACKS, Pace
from simulator.pages import Pages
from simulator.ratelimits import RateLimits
from simulator.responses import Responses
from simulator.state import State
from simulator.tickets import ResponseUrls, Triggers
from simulator.workspace import Workspace

__all__ = ["Workspace", "serve"]

Source = Path | Mapping[str, Any]
GRACE_SECONDS = 2


@asynccontextmanager
async def serve(
    *,
    manifest: Source,
    workspace: Source = seed.DEFAULT,
    app_url: str | None = None,
    now: datetime | None = None,
    rate_limits: bool = False,
    port: int = 0,
    pace: Pace = SLACKS,
) -> AsyncIterator[Workspace]:
    """A running workspace on 127.0.0.1, on a free port unless `port` says which.

    `manifest` and `workspace` are files or their mappings; without `app_url` the app is expected
    to open Socket Mode.
    """
    document = manifests.read(manifest) if isinstance(manifest, Path) else manifest
    read = manifests.parse(document)
    clock = Clock(now, patience=pace.patience)
    state = _state(workspace, read, clock.timestamp())
    ws = _build(read, state, clock, app_url=app_url, pace=pace)
    ws.rates.enabled = rate_limits
    listener = _listener(port)
    ws.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = _Server(_config(Site(ws)))
    try:
        await server.begin(listener)
        yield ws
    finally:
        ws.changes.close()
        await clock.close()
        await ws.post.close()
        await server.end(listener)


def _state(source: Source, manifest: Manifest, now: int) -> State:
    if isinstance(source, Path):
        return seed.load(source, manifest, now)
    return seed.parse(source, manifest, now)


def _build(
    manifest: Manifest,
    state: State,
    clock: Clock,
    *,
    app_url: str | None,
    pace: Pace,
) -> Workspace:
    http = SignedHttp(app_url, state.app.signing_secret, clock.timestamp, pace.ack)
    sockets = Sockets(state.app.id, pace.ack)
    changes = Changes()
    post = Post(
        http=http,
        sockets=sockets,
        now=clock.now,
        retry_delays=pace.retries,
        recorded=partial(changes.tell, "deliveries"),
    )
    return Workspace(
        manifest=manifest,
        state=state,
        clock=clock,
        post=post,
        changes=changes,
        faults=Faults(),
        rates=RateLimits(),
        triggers=Triggers(pace.trigger),
        response_urls=ResponseUrls(now=clock.now),
    )


def _listener(port: int) -> socket.socket:
    """Says TCP in so many words: asyncio switches Nagle's delay off for such sockets only, and
    40 ms an answer is what it costs otherwise.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


def _config(site: "Site") -> uvicorn.Config:
    return uvicorn.Config(
        site,
        http=web.Line,
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
    )


class _Server(uvicorn.Server):
    """uvicorn inside someone else's loop: no signals taken, started and ended by hand."""

    async def begin(self, listener: socket.socket) -> None:
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])

    async def end(self, listener: socket.socket) -> None:
        """Uvicorn's own shutdown sleeps a fixed while, which adds up over a suite of tests."""
        for server in self.servers:
            server.close()
        listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        running = list(self.server_state.tasks)
        if running:
            _, stuck = await asyncio.wait(running, timeout=GRACE_SECONDS)
            for task in stuck:
                task.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)
        await asyncio.sleep(0)  # the transports close in the loop's next turn


@dataclass(slots=True)
class Site:
    """The ASGI application: by the first part of the path."""

    ws: Workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.ws.post.sockets.serve(WebSocket(scope, receive, send))
            return
        path: str = scope["path"]
        if path.startswith("/api/"):
            await WebApi(self.ws)(scope, receive, send)
        elif path.startswith("/_demo/"):
            await Control(self.ws)(scope, receive, send)
        elif path.startswith("/response/"):
            await Responses(self.ws)(scope, receive, send)
        else:
            await Pages(self.ws)(scope, receive, send)
