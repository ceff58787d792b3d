"""A real process of the app that can be started on the same port and database, and killed -9."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
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
    """`log` is where its words go. `starts` are the seconds each start took until it was ready."""

    environment: Mapping[str, str]
    url: str
    log: Path
    clock: Clock
    starts: list[float] = field(default_factory=list)
    _running: asyncio.subprocess.Process | None = None
    _burial: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        return self._running is not None and self._running.returncode is None

    async def start(self, *, die_at: int = 0) -> bool:
        """Wait until it answers; False when it was killed before (`die_at`: that database step).

        Raises NotStarted when it ended otherwise, or takes too long.
        """
        began = time.perf_counter()
        with self.log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.soak.mortal", "all",
                env={**os.environ, **self.environment, STATEMENTS: str(die_at)},
                stdout=log,
                stderr=log,
            )  # fmt: skip
        self._burial = asyncio.create_task(self._bury(self._running))
        ready = await self._ready()
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

    async def listening(self) -> None:
        """Until the workspace's clock knows that it has to wait for this process at each step."""
        async with asyncio.timeout(START_SECONDS):
            while not any(row.acked >= self.clock.step for row in self.clock.listeners.values()):
                if not self.alive:
                    raise NotStarted(self._last_words())
                await asyncio.sleep(PROBE_SECONDS)

    async def _ready(self) -> bool:
        end = time.monotonic() + START_SECONDS
        async with aiohttp.ClientSession() as session:
            while self.alive and time.monotonic() < end:
                try:
                    async with session.get(f"{self.url}/readyz") as answer:
                        if answer.ok:
                            return True
                except aiohttp.ClientError:
                    pass  # not listening yet, or dead again: the loop's condition tells
                await asyncio.sleep(PROBE_SECONDS)
        if self._running is None or self._running.returncode != -signal.SIGKILL:
            raise NotStarted(self._last_words())
        return False

    def _last_words(self) -> str:
        return self.log.read_text(encoding="utf-8")[-LOG_TAIL:]

    async def _bury(self, process: asyncio.subprocess.Process) -> None:
        """The clock must not wait for the dead."""
        await process.wait()
        for name in list(self.clock.listeners):
            await self.clock.ack(name, FOR_EVER, None)
            del self.clock.listeners[name]


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
