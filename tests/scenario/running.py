"""A process of ours inside the test's loop: the app, its port, its clock; ended in good order."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry

from bot.app import App
from bot.clocks import BorrowedClock
from bot.domain.ids import Destination
from bot.settings import Settings
from bot.telemetry import Metrics
from handlers.edge import Edge
from simulator.server import Workspace
from tests.scenario.serving import serving


async def no_pace(_destination: Destination) -> None:
    """Slack's posting limit is the courier's own test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    app: App
    url: str
    ending: AsyncExitStack

    async def close(self) -> None:
        """Stop listening, then moving, then drain: what `bot.processes` does on SIGTERM."""
        await self.ending.aclose()


async def running(ws: Workspace, settings: Mapping[str, Any], *, listener: str = "one") -> Running:
    """Start a process. The newest one started is the one that Slack sends to."""
    made = Settings.model_validate(usual(ws) | dict(settings))
    clock = BorrowedClock(made.clientops_clock_url or "", listener)
    async with AsyncExitStack() as stack:
        await clock.start()
        app = App.build(made, clock=clock, metrics=Metrics(CollectorRegistry()), pace=no_pace)
        stack.push_async_callback(app.close)
        stack.push_async_callback(app.scheduler.stop)
        stack.push_async_callback(clock.stop)
        edge = Edge(
            signing_secret=ws.state.app.signing_secret, clock=clock, dispatch=app.slack.dispatch
        )
        url = await stack.enter_async_context(serving(edge))
        ws.post.http.url = f"{url}/slack/events"
        await app.install_static()
        clock.follow(app.when_idle)
        await _listening(ws, listener)
        return Running(app=app, url=url, ending=stack.pop_all())
    raise AssertionError  # the stack swallows nothing


async def _listening(ws: Workspace, listener: str) -> None:
    """Until the workspace's clock knows whom to wait for at each step."""
    known = ws.clock.listeners
    async with ws.clock._changed:
        await ws.clock._changed.wait_for(
            lambda: listener in known and known[listener].acked >= ws.clock.step
        )


def usual(ws: Workspace) -> dict[str, Any]:
    """The environment of a process for the first team of the workspace."""
    return {
        "slack_bot_token": ws.team.bot_token,
        "slack_signing_secret": ws.state.app.signing_secret,
        "slack_api_url": f"{ws.url}/api/",
        "clientops_clock_url": f"{ws.url}/_demo/clock",
        "clientops_ops_channel": "ops",
        "clientops_alert_channel": "alerts",
        "clientops_timezone": "Europe/Berlin",
    }
