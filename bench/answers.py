"""How fast a command is answered: base and product by turns, so that both meet the same weather."""

import asyncio
import itertools
import statistics
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import CollectorRegistry

from bench import load, wire
from bench.agency import code_of
from bench.peers import PeerCounts
from bench.servers import Cores, Server, environment, free_port, product, running
from bot.app import App
from bot.clocks import SystemClock
from bot.settings import Settings
from bot.telemetry import Metrics
from tests.contract.statements import statements

PER_SECOND = 100  # the fixed rate at which latency is read
FORM_CLIENTS = 9  # ACME itself gets no new tickets: its card stays as it is


@dataclass(frozen=True, slots=True)
class Command:
    """`make(n)` is the n-th request; `fills` the Web API method that ends it after the ack."""

    name: str
    make: Callable[[int], bytes]
    expected: bytes
    burst: int
    fills: str | None = None


BASE = Command("do-nothing Bolt", lambda _: wire.command("/client", "status acme"), b"", 3000)
COMMANDS = (
    Command("/client status acme", BASE.make, b"ACME-", 600),
    Command(
        "/ticket acme …, to the filled form",
        lambda _: wire.command("/ticket", "acme Can't log in"),
        b"",
        200,
        fills="views.update",
    ),
    Command(
        "/ticket form submitted",
        lambda n: wire.ticket_form(code_of(2 + n % FORM_CLIENTS)),
        b"Logged",
        100,
    ),
)


@dataclass(frozen=True, slots=True)
class Agency:
    """A filled database, and what to call it."""

    engine: str
    clients: int
    url: str


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often everything takes its turn; `paced` requests are sent at the fixed rate in each."""

    count: int
    paced: int


@dataclass(slots=True)
class Figures:
    """Of one command on one server, a value a round; seconds."""

    command: Command
    agency: Agency | None = None
    statements: int | None = None
    per_second: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def throughput(self) -> float:
        return statistics.median(self.per_second)

    def ratio(self, base: "Figures") -> float:
        """Of the same round each, then the median."""
        pairs = zip(self.per_second, base.per_second, strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    @property
    def cpu_per_request(self) -> float:
        return statistics.median(self.cpu)

    def percentile(self, share: float) -> float:
        ranked = sorted(self.latencies)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


async def measure(
    agencies: Sequence[Agency], *, rounds: Rounds, api_url: str, cores: Cores, directory: Path
) -> list[Figures]:
    """The base first, then every command on every database."""
    async with AsyncExitStack() as stack:
        port = free_port()
        base = await stack.enter_async_context(
            running(
                ("bench.base_app", str(port), api_url),
                core=cores.server,
                port=port,
                directory=directory,
            )
        )
        measured = [(base, Figures(BASE))]
        for agency in agencies:
            opened = product(
                "web", agency.url, api_url=api_url, core=cores.server, directory=directory
            )
            server = await stack.enter_async_context(opened)
            measured += [(server, Figures(command, agency)) for command in COMMANDS]
        peer = PeerCounts(api_url)
        for _ in range(rounds.count):
            for server, figures in measured:
                await _round(server, figures, peer, rounds.paced)
    return [figures for _, figures in measured]


async def _round(server: Server, figures: Figures, peer: PeerCounts, requests: int) -> None:
    command = figures.command
    burst = [command.make(number) for number in range(command.burst)]
    before = await peer.of(command.fills)
    cpu = server.cpu_seconds()
    seconds = await load.saturate(server.port, load.Load(burst, command.expected))
    seconds += await peer.wait_for(command.fills, before + command.burst)
    figures.per_second.append(command.burst / seconds)
    figures.cpu.append((server.cpu_seconds() - cpu) / command.burst)
    paced = [command.make(number) for number in range(requests)]
    figures.latencies += await load.paced(
        server.port, load.Load(paced, command.expected), PER_SECOND
    )
    await peer.wait_for(command.fills, before + command.burst + requests)


async def count_statements(figures: Sequence[Figures], *, api_url: str) -> None:
    """In this process, apart from any timing: what one request of each kind costs."""
    by_agency = itertools.groupby((f for f in figures if f.agency), key=lambda f: f.agency)
    for agency, of_agency in by_agency:
        assert agency is not None
        settings = Settings.model_validate(
            {
                name.lower(): value
                for name, value in environment(
                    database_url=agency.url, api_url=api_url, port=0
                ).items()
            }
        )
        app = App.build(settings, clock=SystemClock(), metrics=Metrics(CollectorRegistry()))
        try:
            await app.install_static()
            for each in of_agency:
                each.statements = await _count(app, each.command)
        finally:
            await app.close()


async def _count(app: App, command: Command) -> int:
    """Of the second request, when everything that is found out once is known."""
    for number in range(2):
        with statements(app.database) as said:
            ack = await app.slack.dispatch(wire.payload_of(command.make(number)), {})
            left = getattr(ack, "left", None)
            if left is not None:
                left()
            await app.slack.background.settled(5)
            await asyncio.sleep(0)
    return len(said)
