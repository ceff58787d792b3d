"""Who wants to hear that something changed: the page's event streams. Carries news, never data."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

Change = dict[str, Any]


@dataclass(slots=True)
class Changes:
    revision: int = 0
    _queues: set["asyncio.Queue[Change | None]"] = field(default_factory=set)

    def tell(self, kind: str, *, channel: str | None = None, user: str | None = None) -> None:
        """`user` set: the change is visible to that person alone."""
        self.revision += 1
        change: Change = {"rev": self.revision, "kind": kind}
        if channel is not None:
            change["channel"] = channel
        if user is not None:
            change["user"] = user
        for queue in self._queues:
            queue.put_nowait(change)

    async def listen(self) -> AsyncGenerator[Change]:
        """Every change from now on, until the workspace closes."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            while (change := await queue.get()) is not None:
                yield change
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        for queue in self._queues:
            queue.put_nowait(None)
