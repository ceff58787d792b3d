"""A real process of the app that can be started on the same port and database, and killed -9."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import aiohttp

from simulator.clock import Clock
from tests.soak.mortal import STATEMENTS

START_SECONDS = 30.0
STOP_SECONDS = 20.0
PROBE_SECONDS = 0.01
LOG_TAIL = 4000
FOR_EVER = sys.maxsize


class NotStarted(Exception):
    """The process neither answered nor was killed; what it said is told."""


@dataclass(slots=True)
class Process:
    """`log` is where its words go. `starts` are the seconds each start took until it was ready.

    Without a `url` it is a worker, which serves nothing.
    """

    environment: Mapping[str, str]
    log: Path
    clock: Clock
    url: str | None = None
    starts: list[float] = field(default_factory=list)
    _running: asyncio.subprocess.Process | None = None
    _burial: asyncio.Task[None] | None = None

    def possibly_repeated(self) -> list[int]:
        """The deliveries it, or a process beside it, posted again for want of a look-up."""
        logs = "".join(log.read_text(encoding="utf-8") for log in self.log.parent.glob("*.log"))
        said = [line for line in logs.splitlines() if '"delivery.possibly_repeated"' in line]
        return [json.loads(line)["delivery"] for line in said]

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.returncode is None

    async def start(self, *, die_at: int = 0) -> bool:
        """Wait until it answers; False when it was killed before (`die_at`: that database step).

        Raises NotStarted when it ended otherwise, or takes too long.
        """
        began = time.perf_counter()
        role = "all" if self.url else "worker"
        with self.log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.soak.mortal", role,
                env={**os.environ, **self.environment, STATEMENTS: str(die_at)},
                stdout=log,
                stderr=log,
            )  # fmt: skip
        self._burial = asyncio.create_task(self._bury(self._running))
        ready = await self._until(self._serves if self.url else self._listens)
        if ready:
            self.starts.append(time.perf_counter() - began)
        return ready

    def kill(self) -> None:
        if self._running is not None:
            _kill(self._running)

    def killer(self) -> Callable[[], None]:
        """Kills the process that runs now, never one that is started after it."""
        assert self._running is not None
        return partial(_kill, self._running)

    async def buried(self) -> None:
        """Return once it is dead and nobody waits for it any more."""
        if self._burial is not None:
            await self._burial

    async def stop(self) -> int | None:
        """End it as a supervisor does; its exit status, None when it was killed before."""
        if self._running is None or not self.alive:
            return None
        self._running.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                return await self._running.wait()
        finally:
            self.kill()
            await self.buried()

    async def listening(self) -> bool:
        """Wait until the clock waits for this process at each step; False as in `start`."""
        return await self._until(self._listens)

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> bool:
        """False when it was killed before. Raises NotStarted when it ended otherwise."""
        end = time.monotonic() + START_SECONDS
        while self.alive and time.monotonic() < end:
            if await holds():
                return True
            await asyncio.sleep(PROBE_SECONDS)
        if self._running is None or self._running.returncode != -signal.SIGKILL:
            raise NotStarted(self._last_words())
        return False

    async def _serves(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self.url}/readyz") as answer,
            ):
                return answer.ok
        except aiohttp.ClientError:
            return False  # not listening yet, or dead again

    async def _listens(self) -> bool:
        names = _listeners(self.clock, self._running)
        return any(self.clock.listeners[name].acked >= self.clock.step for name in names)

    def _last_words(self) -> str:
        return self.log.read_text(encoding="utf-8")[-LOG_TAIL:]

    async def _bury(self, process: asyncio.subprocess.Process) -> None:
        """The clock must not wait for the dead."""
        await process.wait()
        for name in _listeners(self.clock, process):
            await self.clock.ack(name, FOR_EVER, None)
            del self.clock.listeners[name]


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()


def _listeners(clock: Clock, process: asyncio.subprocess.Process | None) -> list[str]:
    """Under which names a process follows the clock: its number is in them."""
    return [name for name in clock.listeners if process and f"-{process.pid}-" in name]
