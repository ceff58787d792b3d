"""An office to test in: six colleagues, a guest, an outsider, our app, Slack's wire between them.

Nothing of ours is replaced: requests are signed, the Web API answers on loopback, time is the local
workspace's and only moves when a test moves it.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from prometheus_client import CollectorRegistry

from bot.app import App
from bot.clocks import BorrowedClock
from bot.domain.clients import Client, ClientDraft, ClientStatus
from bot.domain.ids import ChannelId, Destination, UserId, WorkspaceId
from bot.domain.people import Role
from bot.domain.workspaces import Workspace as OurWorkspace
from bot.settings import Settings
from bot.telemetry import Metrics
from handlers.edge import Edge
from handlers.manifest import HttpUrls, manifest
from simulator.server import Workspace, serve
from tests.scenario.serving import serving

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Berlin, a working day
ANNA, BEN, CARLA, DANA, ERIK, FARID = (
    UserId(f"U0{name}") for name in ("ANNA", "BEN", "CARLA", "DANA", "ERIK", "FARID")
)
GUEST, OUTSIDER = UserId("U0GIA"), UserId("U0OLAF")
OPS, ALERTS, GENERAL, ACME = (
    ChannelId(f"C0{name}") for name in ("OPS", "ALERTS", "GENERAL", "ACME")
)
ROLES: Mapping[UserId, frozenset[Role]] = {
    ANNA: frozenset({Role.ACCOUNT_MANAGER}),
    BEN: frozenset({Role.IMPLEMENTATION_MANAGER, Role.TECHNICAL_SPECIALIST}),
    CARLA: frozenset({Role.SUPPORT_CONTACT, Role.TRAINING_COORDINATOR}),
    DANA: frozenset({Role.OPERATIONS_MANAGER, Role.ADMIN}),
    ERIK: frozenset({Role.MANAGING_DIRECTOR}),
    FARID: frozenset({Role.SALES_REPRESENTATIVE}),
}


async def no_pace(_destination: Destination) -> None:
    """Slack's posting limit is the courier's own test."""


@dataclass(slots=True)
class Office:
    """What a test does as a person would, and what it then sees."""

    ws: Workspace
    app: App
    ours: OurWorkspace
    http: aiohttp.ClientSession
    app_url: str

    @property
    def workspace_id(self) -> WorkspaceId:
        return self.ours.id

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.ws.url}/_demo/{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        async with self.http.get(f"{self.ws.url}/_demo/{path}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def types(
        self, who: str, text: str, channel: str = GENERAL, **more: Any
    ) -> dict[str, Any]:
        """Type a command or a message; what came back in the ack."""
        answer = await self.post("act", **{"as": who}, channel=channel, text=text, **more)
        await self.settle()
        return answer

    async def settle(self) -> None:
        """Let our app finish what it began, without moving the clock."""
        await self.app.when_idle()

    async def reply(self, who: str, text: str, channel: str = GENERAL) -> dict[str, Any]:
        """The message a command answered with."""
        answer = await self.types(who, text, channel)
        assert answer["ok"], answer
        ack: dict[str, Any] = answer["ack"]
        return ack

    async def modal(self, who: str) -> dict[str, Any]:
        """The modal on top of what they see."""
        views = (await self.get("views", **{"as": who}))["views"]
        assert views, "no modal is open"
        top: dict[str, Any] = views[-1]
        return top

    async def submit(self, who: str, **values: Any) -> dict[str, Any]:
        """Submit the modal on top; fields are named without their topic: `title`, `priority`."""
        view = await self.modal(who)
        blocks = {b["block_id"].partition("#")[0].rpartition(".")[2]: b["block_id"]
                  for b in view["blocks"] if b["type"] == "input"}
        filled = {blocks[name]: value for name, value in values.items()}
        answer = await self.post("submit", **{"as": who}, view_id=view["id"], values=filled)
        await self.settle()
        return answer

    async def press(
        self, who: str, message: Mapping[str, Any], action_id: str, channel: str
    ) -> dict[str, Any]:
        answer = await self.post(
            "press", **{"as": who}, channel=channel, ts=message["ts"], action_id=action_id
        )
        await self.settle()
        return answer

    async def sees(self, who: str, channel: str) -> list[dict[str, Any]]:
        """The messages of a channel as that person sees them."""
        answer = await self.get("seen", **{"as": who}, channel=channel)
        messages: list[dict[str, Any]] = answer.get("messages", [])
        return messages

    async def dms(self, who: str) -> list[dict[str, Any]]:
        """What our app told them directly."""
        listed = (await self.get("conversations", **{"as": who}))["channels"]
        found = [c["id"] for c in listed if c["kind"] == "dm"]
        return [message for channel in found for message in await self.sees(who, channel)]

    async def advance(self, span: timedelta) -> None:
        """Move the clock, through everything that becomes due on the way."""
        answer = await self.post("clock", advance_seconds=span.total_seconds())
        assert answer["late"] == [], answer

    async def advance_to(self, at: datetime) -> None:
        answer = await self.post("clock", to=at.isoformat())
        assert answer["late"] == [], answer

    def now(self) -> datetime:
        return self.app.clock.now()

    async def client(self, code: str = "ACME", **more: Any) -> Client:
        """A client with Anna as account manager, made by the store."""
        fields: dict[str, Any] = {
            "name": f"{code.title()} Incorporated",
            "status": ClientStatus.ACTIVE,
            "team": {Role.ACCOUNT_MANAGER: ANNA},
        }
        async with self.app.database.unit_of_work(self.workspace_id) as uow:
            return await uow.clients.add(ClientDraft(code=code, **fields | more), now=self.now())


@asynccontextmanager
async def open_office(
    database_url: str, *, now: datetime = MONDAY, workspace: Any = None, **settings: Any
) -> AsyncIterator[Office]:
    """Slack, our app on a port, the roles given out; closed without leaving anything behind."""
    more = {} if workspace is None else {"workspace": workspace}
    async with (
        serve(manifest=manifest(urls=HttpUrls("https://desk.example")), now=now, **more) as ws,
        aiohttp.ClientSession() as http,
    ):
        await ws.clock.hold(held=True)
        made = _settings(ws, database_url, **settings)
        clock = BorrowedClock(made.clientops_clock_url or "", "office")
        await clock.start()
        app = App.build(made, clock=clock, metrics=Metrics(CollectorRegistry()), pace=no_pace)
        edge = Edge(
            signing_secret=ws.state.app.signing_secret, clock=clock, dispatch=app.slack.dispatch
        )
        try:
            async with serving(edge) as url:
                ws.post.http.url = f"{url}/slack/events"
                ours = await app.install_static()
                assert ours is not None
                await _give_roles(app, ours.id)
                clock.follow(app.when_idle)
                yield Office(ws=ws, app=app, ours=ours, http=http, app_url=url)
        finally:
            await clock.stop()
            await app.scheduler.stop()
            await app.close()
        assert ws.problems == [], ws.problems


def _settings(ws: Workspace, database_url: str, **more: Any) -> Settings:
    fields = {
        "database_url": database_url,
        "slack_bot_token": ws.team.bot_token,
        "slack_signing_secret": ws.state.app.signing_secret,
        "slack_api_url": f"{ws.url}/api/",
        "clientops_clock_url": f"{ws.url}/_demo/clock",
        "clientops_ops_channel": "ops",
        "clientops_alert_channel": "alerts",
        "clientops_timezone": "Europe/Berlin",
    }
    return Settings.model_validate(fields | more)


async def _give_roles(app: App, workspace_id: WorkspaceId) -> None:
    async with app.database.unit_of_work(workspace_id) as uow:
        for user, roles in ROLES.items():
            await uow.people.set_roles(user, roles)
