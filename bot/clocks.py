"""Two clocks: this machine's, and one read from a local workspace whose time can be moved."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

log = structlog.get_logger(__name__)

LONG_POLL = 20
AFTER_A_FAILURE = 0.2

WhenIdle = Callable[[], Awaitable[datetime | None]]
"""Do all that is due now; answers when the next thing becomes due."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class BorrowedClock:
    """The time of `CLIENTOPS_CLOCK_URL`, followed by a long poll.

    Between steps it runs at the machine's pace, if it runs. Each step is acknowledged once all
    that was due at it is done, with the instant at which this process wants to be woken next.
    """

    def __init__(self, url: str, listener: str) -> None:
        self._url = url.rstrip("/")
        self._listener = listener
        self._session: ClientSession | None = None
        self._task: asyncio.Task[None] | None = None
        self._shown = datetime.min.replace(tzinfo=UTC)
        self._read_at = 0.0
        self._running = False
        self._step = -1

    def now(self) -> datetime:
        if not self._running:
            return self._shown
        return self._shown + timedelta(seconds=monotonic() - self._read_at)

    async def start(self) -> None:
        """Read the time once. Raises ClientError when nobody is there."""
        self._session = ClientSession(timeout=ClientTimeout(total=LONG_POLL * 2))
        await self._read({})

    def follow(self, when_idle: WhenIdle) -> None:
        """From now on be moved, and acknowledge each step."""
        self._task = asyncio.create_task(self._follow(when_idle))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _follow(self, when_idle: WhenIdle) -> None:
        done = -1
        while True:
            try:
                if self._step != done:
                    done = self._step
                    await self._acknowledge(done, await self._idle(when_idle))
                await self._read({"after": done, "wait": LONG_POLL, "listener": self._listener})
            except (ClientError, TimeoutError, OSError):
                await asyncio.sleep(AFTER_A_FAILURE)

    async def _idle(self, when_idle: WhenIdle) -> datetime | None:
        try:
            return await when_idle()
        except Exception:
            # Whoever moves the clock must not wait for us because something of ours failed.
            log.exception("clock.step_failed", step=self._step)
            return None

    async def _read(self, query: dict[str, Any]) -> None:
        assert self._session is not None  # noqa: S101 - start() comes first
        async with self._session.get(self._url, params=query) as response:
            answer = await response.json()
        self._shown = datetime.fromisoformat(answer["now"]).astimezone(UTC)
        self._running = answer["running"]
        self._read_at = monotonic()
        self._step = answer["step"]

    async def _acknowledge(self, step: int, next_due_at: datetime | None) -> None:
        assert self._session is not None  # noqa: S101 - start() comes first
        body = {
            "listener": self._listener,
            "step": step,
            "next_due_at": next_due_at.isoformat() if next_due_at else None,
        }
        async with self._session.post(f"{self._url}/ack", json=body):
            pass
