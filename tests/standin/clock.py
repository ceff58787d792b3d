"""A clock to borrow: the three calls an app makes to one, and a test's hand on it.

It is moved by one test at a time and fails when an app does not follow. Never runs by itself.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiohttp import web

PATIENCE = 30.0


class Clock:
    """Stands still at `now()` until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._step = 0
        self._changed = asyncio.Condition()
        self._followed = -1
        self._next_due_at: datetime | None = None

    def now(self) -> datetime:
        return self._now

    async def advance_to(self, at: datetime) -> None:
        """Move through every instant the app asks for. Fails when it does not follow."""
        await self._move_to(self._now)  # what happened since may have given it something to do
        while self._now < at:
            wanted = self._next_due_at
            await self._move_to(at if wanted is None else max(self._now, min(wanted, at)))

    async def _move_to(self, at: datetime) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            self._now = at
            self._step += 1
            self._changed.notify_all()
            await self._changed.wait_for(lambda: self._followed == self._step)

    async def _read(self, request: web.Request) -> web.Response:
        after, wait = int(request.query.get("after", -1)), float(request.query.get("wait", 0))
        try:
            async with asyncio.timeout(wait), self._changed:
                await self._changed.wait_for(lambda: self._step > after)
        except TimeoutError:
            pass  # the answer then is that nothing is new
        return web.json_response(
            {"now": self._now.isoformat(), "running": False, "step": self._step}
        )

    async def _acknowledge(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        wanted = body["next_due_at"]
        async with self._changed:
            self._followed = body["step"]
            self._next_due_at = datetime.fromisoformat(wanted) if wanted else None
            self._changed.notify_all()
        return web.json_response({"ok": True})

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/clock", self._read), web.post("/clock/ack", self._acknowledge)]


@asynccontextmanager
async def serving(clock: Clock, port: int) -> AsyncIterator[str]:
    """Serve it on loopback; yields what goes into `CLIENTOPS_CLOCK_URL`."""
    pages = web.Application()
    pages.add_routes(clock.routes())
    # A poll must not outlive the app that waited for it.
    runner = web.AppRunner(pages, handler_cancellation=True, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{port}/clock"
    finally:
        await runner.cleanup()
