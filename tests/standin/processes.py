"""Starts a program as its own process, waits until its port answers, and ends it.

What it printed is shown with a test that fails. Knows nothing of what it starts.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

START_SECONDS = 30.0
STOP_SECONDS = 15.0
PROBE_SECONDS = 0.05


@asynccontextmanager
async def process(
    command: Sequence[str | Path], *, ready: str, log: Path, environment: Mapping[str, str]
) -> AsyncIterator[None]:
    """Run it while the body runs; `ready` is the address that says when it can be used."""
    with log.open("ab") as words:
        running = await asyncio.create_subprocess_exec(
            *command, env=environment, stdout=words, stderr=words
        )
    try:
        await _answers(ready, running, log)
        yield
    finally:
        if running.returncode is None:
            running.terminate()
        try:
            await asyncio.wait_for(running.wait(), STOP_SECONDS)
        except TimeoutError:
            running.kill()
            await running.wait()
        _show(log)


def _show(log: Path) -> None:
    """Pytest keeps it to itself unless the test failed."""
    sys.stderr.write(log.read_text(encoding="utf-8"))


async def _answers(url: str, running: asyncio.subprocess.Process, log: Path) -> None:
    try:
        async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as http:
            while running.returncode is None:
                try:
                    async with http.get(url) as answer:
                        if answer.ok:
                            return
                except aiohttp.ClientError:
                    pass  # not listening yet, or dead: the loop's condition tells
                await asyncio.sleep(PROBE_SECONDS)
    except TimeoutError:
        pass  # told below
    raise AssertionError(f"{url} never answered, see what {log.name} has")
