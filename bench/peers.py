"""The do-nothing Slack as a process, and how often it was called."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bench.servers import free_port, running

LONGEST_WAIT = 30.0


@asynccontextmanager
async def slack(*, core: int, directory: Path) -> AsyncIterator[str]:
    """The base URL of its Web API."""
    port = free_port()
    async with running(("bench.peer", str(port)), core=core, port=port, directory=directory):
        yield f"http://127.0.0.1:{port}/api/"


class PeerCounts:
    def __init__(self, api_url: str) -> None:
        self._url = f"{urlsplit(api_url)._replace(path='/counts').geturl()}"

    async def of(self, method: str | None) -> int:
        if method is None:
            return 0
        async with aiohttp.ClientSession() as session, session.get(self._url) as response:
            counts: dict[str, int] = await response.json()
        return counts.get(method, 0)

    async def wait_for(self, method: str | None, calls: int) -> float:
        """Until the method was called so often; seconds waited."""
        started = time.perf_counter()
        while method is not None and await self.of(method) < calls:
            if time.perf_counter() - started > LONGEST_WAIT:
                raise RuntimeError(f"{method} was not called {calls} times.")
            await asyncio.sleep(0.005)
        return time.perf_counter() - started
