"""A season of a workspace in which the app is killed again and again, and what is left of it."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.domain.clients import ClientDraft, ClientStatus
from bot.domain.deliveries import DeliveryState
from bot.domain.people import Role
from handlers.manifest import HttpUrls, manifest
from simulator.server import serve
from simulator.workspace import Workspace
from store.database import Database
from tests.scenario.office import ACME, ANNA, MONDAY, ROLES
from tests.soak.books import Books, read_books, shown_in
from tests.soak.moments import AfterSeconds, AtCall, AtStatement, Moment, Trap, moments
from tests.soak.people import People
from tests.soak.process import Process
from tests.soak.reckoning import Account, violations

ROUNDS, AT_ONCE = 6, 3
WEATHER = 0.03
LEASE_AND_BACKOFF = timedelta(minutes=20)
DAYS_AFTER = 2
EVENTS_SECONDS = 30.0


@dataclass(slots=True)
class Season:
    """`mended` are deliveries that a dead process had posted and not marked, by kind."""

    ws: Workspace
    process: Process
    database: Database
    people: People
    trap: Trap
    rng: random.Random
    deaths: list[str] = field(default_factory=list)
    posted_unheard: set[int] = field(default_factory=set)
    edited_unheard: set[int] = field(default_factory=set)
    claimed_unsent: set[int] = field(default_factory=set)

    async def open(self) -> None:
        """The first start installs; then people get their roles and there is a client."""
        assert await self.process.start()
        [ours] = await self.database.installations.workspaces()
        async with self.database.unit_of_work(ours.id) as uow:
            for user, roles in ROLES.items():
                await uow.people.set_roles(user, roles)
            client = ClientDraft(
                code="ACME",
                name="Acme Industries",
                status=ClientStatus.ACTIVE,
                team={Role.ACCOUNT_MANAGER: ANNA},
                client_channel=ACME,
            )
            await uow.clients.add(client, now=self.ws.now())
        assert await self.process.listening()
        self.trap.weather = WEATHER

    async def suffer(self, kills: int) -> None:
        """Live through so many deaths, each at its moment; the first process is among them."""
        times = moments(self.rng)
        for _ in range(kills):
            await self._live_until(next(times))
            self._note_unheard(await read_books(self.database))

    async def end(self) -> Books:
        """A process that lives, in good weather, until nothing is left to do; its books."""
        self.trap.weather = 0.0
        assert await self.process.start()
        assert await self.process.listening()
        async with asyncio.timeout(EVENTS_SECONDS):
            await self.ws.post.settled()
        await self._advance(LEASE_AND_BACKOFF)
        for _ in range(DAYS_AFTER):
            await self._advance_to_afternoon()
        await self._advance(LEASE_AND_BACKOFF)
        return await read_books(self.database)

    def violations(self, books: Books) -> list[str]:
        account = Account(
            books=books,
            shown=shown_in(self.ws),
            promises=self.people.promises,
            possibly_repeated=self.process.possibly_repeated(),
            now=self.ws.now(),
        )
        return violations(account) + [f"Slack refused {one}" for one in self.ws.problems]

    def report(self, books: Books) -> dict[str, Any]:
        """The reconciliation: what was promised, and what became of it."""
        states = [row.state for row in books.outbox]
        return {
            "kills": len(self.deaths),
            "promised": len(states),
            "delivered": states.count(DeliveryState.SENT),
            "superseded": states.count(DeliveryState.SUPERSEDED),
            "parked": states.count(DeliveryState.PARKED),
            "repaired": len(self.posted_unheard),
            "edited again": len(self.edited_unheard),
            "claimed by the dead": len(self.claimed_unsent),
            "possibly repeated": len(self.process.possibly_repeated()),
            "digests missed": sum(row.action == "report.skipped" for row in books.audit),
            "messages": len(shown_in(self.ws)),
            "tickets": len(books.tickets),
            "episodes": len(books.episodes),
            "slowest start": round(max(self.process.starts), 2),
        }

    async def _live_until(self, moment: Moment) -> None:
        began = len(self.people.diary)
        number = moment.number if isinstance(moment, AtStatement) else 0
        if self.deaths or number:
            self.process.kill()  # the first process has no moment of its own
            await self.process.buried()
            await self.process.start(die_at=number)
        self._set(moment)
        await self.process.listening()
        for _ in range(ROUNDS):
            if self.process.alive:
                at_once = self.rng.randint(1, AT_ONCE)
                await asyncio.gather(*(self.people.errand() for _ in range(at_once)))
        self.trap.disarm()
        self.process.kill()
        await self.process.buried()
        self.deaths.append(f"{moment} in {self.people.diary[began:]}")

    def _set(self, moment: Moment) -> None:
        match moment:
            case AtCall():
                self.trap.arm(moment, self.process.killer())
            case AfterSeconds(seconds=seconds):
                asyncio.get_running_loop().call_later(seconds, self.process.killer())

    def _note_unheard(self, books: Books) -> None:
        """What the dead process had in its hands, and what people have read."""
        self.people.look()
        shown = {one.delivery for one in shown_in(self.ws)}
        posted = {
            name
            for name, rows in books.messages.items()
            for row in rows
            if row.posted_ts is not None
        }
        for name, rows in books.messages.items():
            for row in rows:
                if row.state == DeliveryState.SENDING and row.id not in shown:
                    self.claimed_unsent.add(row.id)
                elif row.id in shown and row.state != DeliveryState.SENT:
                    (self.edited_unheard if name in posted else self.posted_unheard).add(row.id)

    async def _advance(self, span: timedelta) -> None:
        await self._move(advance_seconds=span.total_seconds())

    async def _advance_to_afternoon(self) -> None:
        """Quiet hours hold nothing back then."""
        await self._move(to_next="15:00")

    async def _move(self, **to: Any) -> None:
        async with self.people.http.post(f"{self.ws.url}/_demo/clock", json=to) as response:
            answer = await response.json()
        assert answer["late"] == [], answer


@asynccontextmanager
async def season(
    database_url: str, seed: int, folder: Path, *, worker: bool = False
) -> AsyncIterator[Season]:
    """A workspace, and a process of the app on a port; both gone afterwards.

    With a `worker` a second process carries things out beside it and is never killed.
    """
    rngs = (random.Random(seed + n) for n in range(3))  # noqa: S311 - repeatable, no secret
    of_moments, of_weather, of_people = rngs
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    async with (
        serve(manifest=manifest(urls=HttpUrls("https://desk.example")), now=MONDAY) as ws,
        aiohttp.ClientSession() as http,
        AsyncExitStack() as stack,
    ):
        await ws.clock.hold(held=True)
        ws.post.http.url = f"{url}/slack/events"
        ws.faults = trap = Trap(rng=of_weather)
        database = Database(database_url)
        stack.push_async_callback(database.close)
        environment = _environment(ws, database_url, port)
        process = await stack.enter_async_context(
            _mortal(Process(environment, folder / "app.log", ws.clock, url))
        )
        people = People(ws, http, of_people, lambda: process.alive)
        made = Season(ws, process, database, people, trap, of_moments)
        await made.open()
        if worker:
            beside = Process(environment, folder / "worker.log", ws.clock)
            await stack.enter_async_context(_mortal(beside))
            assert await beside.start()
        yield made


@asynccontextmanager
async def _mortal(process: Process) -> AsyncIterator[Process]:
    """Dead and buried in any case."""
    try:
        yield process
    finally:
        process.kill()
        await process.buried()


def _environment(ws: Workspace, database_url: str, port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": ws.team.bot_token,
        "SLACK_SIGNING_SECRET": ws.state.app.signing_secret,
        "SLACK_API_URL": ws.api_url,
        "CLIENTOPS_CLOCK_URL": f"{ws.url}/_demo/clock",
        "CLIENTOPS_OPS_CHANNEL": "ops",
        "CLIENTOPS_ALERT_CHANNEL": "alerts",
        "CLIENTOPS_TIMEZONE": "Europe/Berlin",
        "PORT": str(port),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
