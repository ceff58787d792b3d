"""Processes to measure: started on a core of their own, watched from outside, always ended."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import load, wire

ROOT = Path(__file__).parents[1]
START_SECONDS, STOP_SECONDS = 30, 15
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Cores:
    """The one that is measured, and the one for load client and Slack peer."""

    server: int
    client: int

    @classmethod
    def choose(cls) -> "Cores":
        """The first and the last we may run on."""
        allowed = sorted(os.sched_getaffinity(0))
        return cls(server=allowed[0], client=allowed[-1])


@dataclass(frozen=True, slots=True)
class Server:
    process: asyncio.subprocess.Process
    port: int

    def cpu_seconds(self) -> float:
        """User and system time of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def rss_bytes(self) -> int:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * _PAGE


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def running(
    arguments: Sequence[str], *, core: int, port: int, directory: Path, env: Mapping[str, str] = {}
) -> AsyncIterator[Server]:
    """`python -m ARGUMENTS` on that core, once it listens; its output is shown if it fails."""
    log = directory / f"{arguments[0]}-{port}.log"
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *arguments,
            cwd=ROOT,
            env=kept | dict(env),
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
    os.sched_setaffinity(process.pid, {core})
    try:
        await _listening(process, port, log)
        yield Server(process, port)
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _listening(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return
    told = await asyncio.to_thread(log.read_text)
    raise RuntimeError(f"The server did not start:\n{told[-3000:]}")


def environment(*, database_url: str, api_url: str, port: int) -> dict[str, str]:
    """Everything `python -m bot` needs to serve."""
    return {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": wire.TOKEN,
        "SLACK_SIGNING_SECRET": wire.SECRET,
        "SLACK_API_URL": api_url,
        "PORT": str(port),
        "CLIENTOPS_OPS_CHANNEL": "ops",
        "CLIENTOPS_ALERT_CHANNEL": "alerts",
        "CLIENTOPS_TIMEZONE": "Europe/Berlin",
    }


@asynccontextmanager
async def product(
    role: str, database_url: str, *, api_url: str, core: int, directory: Path
) -> AsyncIterator[Server]:
    """`python -m bot ROLE`, warmed up by a first answer."""
    port = free_port()
    env = environment(database_url=database_url, api_url=api_url, port=port)
    async with running(("bot", role), core=core, port=port, directory=directory, env=env) as server:
        await load.saturate(port, load.Load([wire.command("/client", "status acme")], b"ACME"))
        yield server
