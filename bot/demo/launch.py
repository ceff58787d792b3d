"""`python -m bot demo`: two processes, a page to open, everything fresh each time."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import typer
from aiohttp import ClientError, ClientSession

from bot.demo.history import make_history
from bot.domain.errors import ConfigError
from bot.settings import Settings
from bot.telemetry import configure_logs
from handlers.manifest import HttpUrls, manifest_text
from store import migrate

FOLDER = Path(".demo")
ZONE = "Europe/Berlin"
START_SECONDS = 30.0


def run(*, port: int, days: int) -> None:
    """Serve until interrupted. Raises ConfigError when a part does not come up."""
    _require_free(port)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    app_port = _free_port()
    manifest = FOLDER / "manifest.yml"
    app_url = f"http://127.0.0.1:{app_port}"
    manifest.write_text(manifest_text(urls=HttpUrls(app_url)), encoding="utf-8")
    processes = [_start_workspace(port, manifest, app_url)]
    try:
        url = f"http://127.0.0.1:{port}"
        state = asyncio.run(_state(url, processes[0]))
        environment = _environment(url, state, app_port)
        typer.echo(f"Making {days} days of history …")
        began = time.monotonic()
        asyncio.run(_prepare(url, environment, days))
        typer.echo(f"… done in {time.monotonic() - began:.0f} s.")
        processes.append(_start_app(environment))
        asyncio.run(_ready(app_url, processes[1]))
        typer.echo(f"\nClientOps is at {url}   (Ctrl-C ends it)\n")
        _wait(processes)
    except KeyboardInterrupt:
        typer.echo("Bye.")
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait()


def _start_workspace(port: int, manifest: Path, app_url: str) -> subprocess.Popen[bytes]:
    options = ["--port", str(port), "--manifest", str(manifest)]
    options += ["--app-url", f"{app_url}/slack/events", "--no-rate-limits"]
    return subprocess.Popen([sys.executable, "-m", "simulator", *options])  # noqa: S603 - ours


def _start_app(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bot", "all"], env={**os.environ, **environment})


def _environment(url: str, state: dict[str, Any], app_port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite+aiosqlite:///{FOLDER / 'clientops.db'}",
        "SLACK_BOT_TOKEN": state["bot_token"],
        "SLACK_SIGNING_SECRET": state["signing_secret"],
        "SLACK_API_URL": state["api_url"],
        "CLIENTOPS_CLOCK_URL": f"{url}/_demo/clock",
        "CLIENTOPS_OPS_CHANNEL": "ops",
        "CLIENTOPS_ALERT_CHANNEL": "alerts",
        "CLIENTOPS_TIMEZONE": ZONE,
        "PORT": str(app_port),
    }


async def _prepare(url: str, environment: dict[str, str], days: int) -> None:
    settings = Settings.model_validate({k.lower(): v for k, v in environment.items()})
    configure_logs(level=30)
    await migrate.upgrade(settings.database_url)
    await make_history(url, settings, days)
    async with ClientSession() as session:
        await session.post(f"{url}/_demo/limits", json={"rate": True})


async def _state(url: str, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    answer = await _get(f"{url}/_demo/state", process, "The local workspace")
    return dict(answer)


async def _ready(app_url: str, process: subprocess.Popen[bytes]) -> None:
    await _get(f"{app_url}/readyz", process, "The app")


async def _get(url: str, process: subprocess.Popen[bytes], what: str) -> Any:
    """Ask until there is an answer. Raises ConfigError when the process ended or takes too long."""
    end = time.monotonic() + START_SECONDS
    async with ClientSession() as session:
        while time.monotonic() < end:
            if process.poll() is not None:
                raise ConfigError([f"{what} did not start; its own words are above."])
            try:
                async with session.get(url) as response:
                    return await response.json()
            except (ClientError, OSError):
                await asyncio.sleep(0.05)
    raise ConfigError([f"{what} did not answer within {START_SECONDS:.0f} s."])


def _wait(processes: list[subprocess.Popen[bytes]]) -> None:
    """Until one of them ends by itself."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigError([f"Port {port} is taken. Choose another one with --port."]) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
