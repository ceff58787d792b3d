"""Runs a process of one role until it is told to stop, and stops it without losing anything."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
import uvicorn
import uvloop
from aiohttp import ClientError

from bot.app import App, make_clock
from bot.clocks import BorrowedClock
from bot.domain.errors import ConfigError, RetryLater
from bot.settings import Role, Settings
from bot.telemetry import configure_logs, default_metrics
from handlers.edge import Edge
from handlers.sockets import Sockets
from handlers.web.app import Probe, Readiness, asgi
from store import migrate
from store.health import health

log = structlog.get_logger(__name__)

GRACE_SECONDS = 10
CONNECT_TRIES = 5


def run(settings: Settings, role: Role) -> None:
    """Serve until SIGTERM or SIGINT. Raises ConfigError when the process cannot start."""
    configure_logs()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(settings, role))


async def serve(settings: Settings, role: Role) -> None:
    async with _running(settings, role) as app:
        if role is Role.WORKER:
            await _until_told_to_stop()
        elif settings.socket_mode:
            await _serve_sockets(app)
        else:
            await _serve_http(app, _edge(app))


@asynccontextmanager
async def _running(settings: Settings, role: Role) -> AsyncIterator[App]:
    """The application, its worker if the role has one, its clock; undone in the right order."""
    await migrate.check(settings.database_url)
    clock = make_clock(settings)
    if isinstance(clock, BorrowedClock):
        await clock.start()
    app = App.build(settings, clock=clock, metrics=default_metrics())
    try:
        await _install(app)
        if role is not Role.WEB:
            app.scheduler.start()
        if isinstance(clock, BorrowedClock):
            clock.follow(app.when_idle if role is not Role.WEB else app.when_answered)
        rest_the_collector()
        log.info("process.started", role=role)
        yield app
    finally:
        if isinstance(clock, BorrowedClock):
            await clock.stop()
        await app.slack.background.drain(GRACE_SECONDS)
        await app.scheduler.stop()
        await app.close()
        log.info("process.stopped", role=role)


def rest_the_collector() -> None:
    """What a start has made stays for good: a full collection of it takes up to 0.1 s each time."""
    gc.collect()
    gc.freeze()


async def _install(app: App) -> None:
    """Find out who we are. Slack being away for a moment is no reason not to start."""
    for attempt in range(1, CONNECT_TRIES + 1):
        try:
            await app.install_static()
        except (ClientError, TimeoutError, OSError, RetryLater) as error:
            log.warning("slack.unreachable", attempt=attempt, error=repr(error))
            await asyncio.sleep(attempt / 2)
        else:
            return
    if not await app.assume_static():
        url = app.settings.slack_api_url
        raise ConfigError([f"Slack cannot be reached at {url}, and no workspace is known yet."])


def _edge(app: App) -> Edge:
    secret = app.settings.slack_signing_secret
    assert secret is not None  # noqa: S101 - Settings.check saw to it
    return Edge(
        signing_secret=secret.get_secret_value(), clock=app.clock, dispatch=app.slack.dispatch
    )


async def _serve_http(app: App, edge: Edge | None, sockets: Sockets | None = None) -> None:
    async def probe() -> Readiness:
        return await readiness(app, sockets)

    server = _Server(_config(app, edge, probe))
    _on_stop(lambda: setattr(server, "should_exit", True))
    await server.serve()


class _Server(uvicorn.Server):
    """Leaves signals to us: uvicorn would raise them again, and our own ending would not run."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _config(app: App, edge: Edge | None, probe: Probe) -> uvicorn.Config:
    return uvicorn.Config(
        asgi(slack=edge, probe=probe, registry=app.metrics.registry),
        host=app.settings.host,
        port=app.settings.port,
        http="httptools",
        loop="none",
        lifespan="off",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


async def _serve_sockets(app: App) -> None:
    """Socket Mode beside the pages for operators."""
    token = app.settings.slack_app_token
    assert token is not None  # noqa: S101 - socket_mode says so
    sockets = Sockets(app.slack, token.get_secret_value())
    sockets.start()
    try:
        await _serve_http(app, None, sockets)
    finally:
        await sockets.close()


async def readiness(app: App, sockets: Sockets | None = None) -> Readiness:
    """What `/readyz` tells: the database decides, the rest is told beside it."""
    found = await health(app.settings.database_url)
    return Readiness(
        database=found.answers,
        schema=found.schema_matches,
        socket=await sockets.connected() if sockets else None,
        last_sweep=app.scheduler.last_sweep,
    )


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    _on_stop(stop.set)
    await stop.wait()


def _on_stop(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
