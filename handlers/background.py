"""Work that goes on after an ack: held strongly, bounded, finished before the process ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")
ROOM = 1000
log = structlog.get_logger(__name__)


class Busy(Exception):  # a state, not a mistake
    """There is too much work under way to take on more."""


class Background:
    """At most `limit` tasks at a time."""

    def __init__(self, limit: int = ROOM) -> None:
        self._limit = limit
        self._tasks: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start it. Raises Busy, and drops the work, when there is no room."""
        if len(self._tasks) >= self._limit:
            work.close()
            raise Busy
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settled(self, timeout: float) -> bool:  # noqa: ASYNC109  # part of the answer
        """Wait up to `timeout` seconds until nothing is under way; False when something is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while self._tasks and (left := end - loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        return not self._tasks

    async def drain(self, timeout: float) -> int:  # noqa: ASYNC109  # a shutdown's own budget
        """Wait for what is under way, up to `timeout` seconds; cancel the rest and count it."""
        await self.settled(timeout)
        abandoned = list(self._tasks)
        for task in abandoned:
            task.cancel()
        await asyncio.gather(*abandoned, return_exceptions=True)
        if abandoned:
            log.warning("background.abandoned", tasks=len(abandoned))
        return len(abandoned)
