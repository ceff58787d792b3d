"""`python -m bot demo`: two processes, a page to open, everything fresh each time.

Refuses a port that is taken. What the processes say goes into `.demo/PORT/*.log`.
"""

import asyncio
import shutil
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer
import uvloop

from bot.clocks import SystemClock
from bot.demo.children import Child
from bot.demo.history import Made, make_history
from bot.demo.stage import Stage
from bot.domain.calendars import Named, named
from bot.domain.errors import ConfigError
from bot.settings import Settings
from bot.telemetry import configure_logs
from handlers.manifest import HttpUrls, manifest_text
from store import migrate

FOLDER = Path(".demo")
ZONE = "Europe/Berlin"
MORNING = time_of_day(10, 40)
MORNINGS = range(4)  # Monday to Thursday
LOOK_SECONDS = 0.2
WARNING = 30


@dataclass(slots=True)
class _Demo:
    """One run: where it listens, where its files are, what was started."""

    port: int
    folder: Path
    app_port: int
    children: list[Child] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def app_url(self) -> str:
        return f"http://127.0.0.1:{self.app_port}"

    def start(self, name: str, file: str, *arguments: str, **more: Any) -> Child:
        child = Child.start(name, self.folder / file, *arguments, **more)
        self.children.append(child)
        return child


def run(*, port: int, days: int) -> None:
    """Serve until interrupted. Raises ConfigError when a part does not come up, or ends."""
    if days < 0:
        raise ConfigError(["--days counts back from today: 0 or more."])
    _require_free(port)
    demo = _Demo(port=port, folder=FOLDER / str(port), app_port=_free_port())
    shutil.rmtree(demo.folder, ignore_errors=True)
    demo.folder.mkdir(parents=True)
    with _interruptible():
        try:
            _serve(demo, days)
        except KeyboardInterrupt:
            typer.echo("\nBye.")
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the second Ctrl-C is impatience
            for child in reversed(demo.children):
                child.stop()


def _serve(demo: _Demo, days: int) -> None:
    began = time.monotonic()
    typer.echo(f"Making {days} days of history …" if days else "Opening the agency …")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        environment = runner.run(_open_workspace(demo))
        made = runner.run(_prepare(demo, environment, days))
        runner.run(_open_app(demo, environment))
    typer.echo(_welcome(demo, made, days, time.monotonic() - began))
    while True:
        for child in demo.children:
            child.require_alive()
        time.sleep(LOOK_SECONDS)


def present(now: datetime) -> datetime:
    """The instant at which the demo begins: now in office hours, else the last morning before.

    Before a weekend there would be no digest on the day after: then it is Thursday's.
    """
    office = named(Named.BUSINESS, ZoneInfo(ZONE))
    if office.is_open(now):
        return now
    day = office.local_date(now)
    while day.weekday() not in MORNINGS or office.at(day, MORNING) > now:
        day -= timedelta(days=1)
    return office.at(day, MORNING)


async def _open_workspace(demo: _Demo) -> dict[str, str]:
    """Start it without an app to tell: what happens in history reaches nobody a second time."""
    manifest = demo.folder / "manifest.yml"
    manifest.write_text(manifest_text(urls=HttpUrls(demo.app_url)), encoding="utf-8")
    now = present(SystemClock().now())
    options = ["--port", str(demo.port), "--manifest", str(manifest), "--no-rate-limits"]
    options += ["--now", now.isoformat()]
    child = demo.start("The local workspace", "workspace.log", "simulator", *options)
    state = await child.answer(f"{demo.url}/_demo/state")
    return {
        "DATABASE_URL": f"sqlite+aiosqlite:///{demo.folder / 'clientops.db'}",
        "SLACK_BOT_TOKEN": state["bot_token"],
        "SLACK_SIGNING_SECRET": state["signing_secret"],
        "SLACK_API_URL": state["api_url"],
        "CLIENTOPS_CLOCK_URL": f"{demo.url}/_demo/clock",
        "CLIENTOPS_OPS_CHANNEL": "ops",
        "CLIENTOPS_ALERT_CHANNEL": "alerts",
        "CLIENTOPS_TIMEZONE": ZONE,
        "PORT": str(demo.app_port),
    }


async def _prepare(demo: _Demo, environment: Mapping[str, str], days: int) -> Made:
    """A database with history in it. Our own warnings go where the app's will."""
    settings = Settings.model_validate({k.lower(): v for k, v in environment.items()})
    with (demo.folder / "history.log").open("w", encoding="utf-8") as log:
        configure_logs(stream=log, level=WARNING)
        await migrate.upgrade(settings.database_url)
        return await make_history(demo.url, settings, days)


async def _open_app(demo: _Demo, environment: Mapping[str, str]) -> None:
    child = demo.start("The app", "app.log", "bot", "all", environment=environment)
    await child.answer(f"{demo.app_url}/readyz")
    async with Stage(demo.url) as stage:
        await stage.post("app", url=f"{demo.app_url}/slack/events")
        await stage.post("limits", rate=True)


def _welcome(demo: _Demo, made: Made, days: int, seconds: float) -> str:
    past = f", {len(made.tickets)} tickets in {days} days" if days else ""
    today = f"{made.now:%A} {made.now.day} {made.now:%B}, {made.now:%H:%M}"
    lines = [
        f"{made.clients} clients, {made.people} people{past} (made in {seconds:.0f} s).",
        f"At the agency it is {today}; the clock at the top of the page moves it on.",
        "",
        f"  ClientOps is at {demo.url}   (Ctrl-C ends it)",
        "",
        "You act as whomever you choose on the page: Anna Becker is account manager, Dana Novak",
        "is operations manager and admin, Gia is a guest, Olaf writes from Acme's own Slack. Try:",
        "  1. /client status acme         in any channel",
        "  2. Log ticket from message     in the menu of a message in #client-acme",
    ]
    if made.unanswered is not None:
        lines.append(
            f"  3. {made.unanswered} in #alerts is critical and unanswered: move the clock on "
            "and watch whom it reaches"
        )
    else:
        lines.append("  3. /report daily               what the agency reads at eight")
    return "\n".join([*lines, "", f"Logs: {demo.folder}/app.log, {demo.folder}/workspace.log"])


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C and `kill` both end the demo, also in the background: nothing stays behind."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
