"""An office to test in: six colleagues, a guest, an outsider, our app, Slack's wire between them.

Nothing of ours is replaced: requests are signed, the Web API answers on loopback, time is the local
workspace's and only moves when a test moves it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.app import App
from bot.domain.clients import Client, ClientDraft, ClientStatus
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.people import Role
from bot.domain.workspaces import Workspace as OurWorkspace
from handlers.manifest import HttpUrls, manifest
from simulator.server import Workspace, serve
from tests.scenario.reading import labelled, texts
from tests.scenario.records import Records
from tests.scenario.running import running
from tests.scenario.signing import Signer

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Berlin, a working day
ANNA, BEN, CARLA, DANA, ERIK, FARID = (
    UserId(f"U0{name}") for name in ("ANNA", "BEN", "CARLA", "DANA", "ERIK", "FARID")
)
GUEST, OUTSIDER = UserId("U0GIA"), UserId("U0OLAF")
OPS, ALERTS, GENERAL, ACME, GLOBEX = (
    ChannelId(f"C0{name}") for name in ("OPS", "ALERTS", "GENERAL", "ACME", "GLOBEX")
)
ROLES: Mapping[UserId, frozenset[Role]] = {
    ANNA: frozenset({Role.ACCOUNT_MANAGER}),
    BEN: frozenset({Role.IMPLEMENTATION_MANAGER, Role.TECHNICAL_SPECIALIST}),
    CARLA: frozenset({Role.SUPPORT_CONTACT, Role.TRAINING_COORDINATOR}),
    DANA: frozenset({Role.OPERATIONS_MANAGER, Role.ADMIN}),
    ERIK: frozenset({Role.MANAGING_DIRECTOR}),
    FARID: frozenset({Role.SALES_REPRESENTATIVE}),
}
EVERY_CALL = 10_000


def berlin(*moment: int) -> datetime:
    """What clocks in Berlin show, as an instant."""
    return datetime(*moment, tzinfo=BERLIN).astimezone(UTC)


@dataclass(slots=True, kw_only=True)
class Office(Records):
    """What a test does as a person would, and what it then sees."""

    ws: Workspace
    http: aiohttp.ClientSession
    signer: Signer
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def app_url(self) -> str:
        assert self.process is not None, "the app is not running"
        return self.process.url

    # The demo control

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.ws.url}/_demo/{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        async with self.http.get(f"{self.ws.url}/_demo/{path}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def does(self, path: str, who: str, **body: Any) -> dict[str, Any]:
        """What somebody does in Slack, and all that follows from it."""
        answer = await self.post(path, **{"as": who}, **body)
        await self.settle()
        return answer

    async def settle(self) -> None:
        """Let our app finish what it began, without moving the clock."""
        await self.post("settle")
        if self.process is not None:
            await self.app.when_idle()

    # Typing, filling in, pressing

    async def types(
        self, who: str, text: str, channel: str = GENERAL, **more: Any
    ) -> dict[str, Any]:
        """Type a command or a message; what came back in the ack."""
        return await self.does("act", who, channel=channel, text=text, **more)

    async def reply(self, who: str, text: str, channel: str = GENERAL) -> dict[str, Any]:
        """The message a command answered with, in its ack."""
        answer = await self.types(who, text, channel)
        assert answer["ok"], answer
        ack: dict[str, Any] = answer["ack"]
        return ack

    async def says(self, who: str, text: str, channel: str, **more: Any) -> str:
        """Post a message; its ts."""
        return str((await self.types(who, text, channel, **more))["ts"])

    async def shortcut(
        self, who: str, callback_id: str, channel: str = "", ts: str = "", **more: Any
    ) -> dict[str, Any]:
        on = {"channel": channel, "ts": ts} if ts else {}
        return await self.does("shortcut", who, callback_id=callback_id, **on, **more)

    async def modal(self, who: str) -> dict[str, Any]:
        """The modal on top of what they see."""
        views = (await self.get("views", **{"as": who}))["views"]
        assert views, "no modal is open"
        top: dict[str, Any] = views[-1]
        return top

    async def home(self, who: str) -> dict[str, Any] | None:
        """Our Home after they opened it."""
        await self.does("home", who, force=True)
        shown: dict[str, Any] | None = (await self.get("views", **{"as": who}))["home"]
        return shown

    async def submit(self, who: str, **values: Any) -> dict[str, Any]:
        """Submit the modal on top; fields are named without their topic: `title`, `priority`."""
        view = await self.modal(who)
        blocks = labelled(view)
        filled = {blocks[name]: value for name, value in values.items()}
        return await self.does("submit", who, view_id=view["id"], values=filled)

    async def pick(self, who: str, text: str) -> list[str]:
        """What the client menu of the modal on top offers for that text."""
        view = await self.modal(who)
        answer = await self.does(
            "options",
            who,
            view_id=view["id"],
            block_id=labelled(view)["client"],
            action_id="client.pick",
            value=text,
        )
        return [option["value"] for option in answer["options"]]

    async def press(
        self, who: str, message: Mapping[str, Any], action_id: str, channel: str
    ) -> dict[str, Any]:
        return await self.does("press", who, channel=channel, ts=message["ts"], action_id=action_id)

    async def log(self, who: str, text: str, channel: str = GENERAL, **values: Any) -> None:
        """`/ticket text`, the form sent as it stands but for `values`."""
        await self.types(who, f"/ticket {text}", channel)
        answer = await self.submit(who, **values)
        assert answer["response_action"] == "update", answer

    # Looking

    async def sees(self, who: str, channel: str, **query: str) -> list[dict[str, Any]]:
        """The messages of a channel (or a thread, with `thread_ts`) as that person sees them."""
        answer = await self.get("seen", **{"as": who}, channel=channel, **query)
        messages: list[dict[str, Any]] = answer.get("messages", [])
        return messages

    async def whispers(self, who: str, channel: str = GENERAL) -> list[dict[str, Any]]:
        """What only they see there."""
        return [message for message in await self.sees(who, channel) if message.get("ephemeral")]

    async def dms(self, who: str, about: str = "") -> list[dict[str, Any]]:
        """What our app told them directly, and they it; only what has `about` in it."""
        listed = (await self.get("conversations", **{"as": who}))["channels"]
        found = [c["id"] for c in listed if c["kind"] == "dm"]
        messages = [
            message | {"channel": channel}
            for channel in found
            for message in await self.sees(who, channel)
        ]
        return [message for message in messages if about in texts(message)]

    async def dm_channel(self, who: str) -> str:
        """Their direct messages with our app."""
        return str((await self.post("dm", **{"as": who}, user=self.ws.team.bot.id))["channel"])

    async def cards(self, channel: str = ALERTS) -> list[dict[str, Any]]:
        """Triage cards in the alert channel, oldest first."""
        return [m for m in await self.sees(DANA, channel) if "First answer: " in m["text"]]

    async def alerts(self, about: str, channel: str = ALERTS) -> list[dict[str, Any]]:
        """Alerts in a channel."""
        messages = await self.sees(DANA, channel)
        return [m for m in messages if about in m["text"] and "First answer: " not in m["text"]]

    # Time

    async def advance(self, span: timedelta) -> None:
        """Move the clock, through everything that becomes due on the way."""
        await self.advance_to(self.ws.now() + span)

    async def advance_to(self, at: datetime) -> None:
        if self.process is None:
            await self.post("clock", set=at.isoformat())  # nobody is there to be waited for
            return
        answer = await self.post("clock", to=at.isoformat())
        assert answer["late"] == [], answer

    def now(self) -> datetime:
        return self.ws.now()

    # Faults of Slack's side

    async def fails(self, method: str, mode: str, **more: Any) -> None:
        await self.post("faults", method=method, mode=mode, **more)

    async def heals(self) -> None:
        await self.post("faults")

    def refusals(self) -> set[str]:
        """What Slack refused so far, as expected: taken off the record that must end empty."""
        found = {problem for row in self.ws.problems for problem in row["problems"]}
        self.ws.problems.clear()
        return found

    @asynccontextmanager
    async def silence(self) -> AsyncIterator[None]:
        """Within it neither the Web API nor a response URL may be used: each call would count."""
        await self.fails("*", "error", times=EVERY_CALL)
        yield
        [fault] = self.ws.faults.rows
        assert fault.times == EVERY_CALL, f"{EVERY_CALL - fault.times} calls were made to Slack"
        await self.heals()

    # The process

    async def close_app(self) -> None:
        """Our process ends, as on a deployment; Slack and the clock go on."""
        assert self.process is not None
        process, self.process = self.process, None
        await process.close()

    async def open_app(self) -> None:
        """A new process on the same database."""
        self.process = await running(self.ws, self.settings)
        await self.settle()

    # The store, where Slack shows nothing

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
    database_url: str,
    *,
    now: datetime = MONDAY,
    workspace: Any = None,
    roles: Mapping[UserId, frozenset[Role]] = ROLES,
    installed: Callable[[App, Workspace], Awaitable[OurWorkspace]] | None = None,
    **settings: Any,
) -> AsyncIterator[Office]:
    """Slack, our app on a port, the roles given out; closed without leaving anything behind.

    `installed` puts teams in where no token stands in the environment; the one it returns is ours.
    """
    more = {} if workspace is None else {"workspace": workspace}
    async with (
        serve(manifest=manifest(urls=HttpUrls("https://desk.example")), now=now, **more) as ws,
        aiohttp.ClientSession() as http,
    ):
        await ws.clock.hold(held=True)
        await ws.clock.move(now)
        wanted = {"database_url": database_url, **settings}
        process = await running(ws, wanted)
        if installed is None:
            ours = await process.app.installations.workspace(TeamId(ws.team.id))
        else:
            ours = await installed(process.app, ws)
        assert ours is not None
        office = Office(
            ws=ws,
            process=process,
            ours=ours,
            http=http,
            signer=Signer(ws=ws, http=http),
            settings=wanted,
        )
        await office.give_roles(roles)
        try:
            yield office
        finally:
            if office.process is not None:
                await office.process.close()
        assert ws.problems == [], ws.problems
