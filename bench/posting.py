"""Posts as fast as it can: slack_sdk with one shared session, and our courier, by turns.

`python -m bench.posting EMPTY_URL FULL_URL SLACK_API_URL ROUNDS` writes seconds per row as JSON, by
the wall and of the processor. Runs in a process of its own so that it has a core for itself.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import uvloop
from aiohttp import ClientSession
from prometheus_client import CollectorRegistry
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import insert

from bench.servers import environment
from bench.wire import TOKEN
from bot.app import App
from bot.clocks import SystemClock
from bot.domain.deliveries import DeliveryState, Lane
from bot.domain.ids import ChannelId, Destination, WorkspaceId
from bot.domain.notices import DeliveryParked
from bot.processes import rest_the_collector
from bot.settings import Settings
from bot.telemetry import Metrics
from handlers.render import render
from handlers.sender import EVENT_TYPE
from store import notices
from store.schema import OutboxRow

CHANNELS = 128
ROWS = 1000
FEW = 100
MANY = 100_000
AT_ONCE = 100  # the courier's own bound
_NOTICE = DeliveryParked(destination=ChannelId("C0OPS"), reason="is_archived", what="TicketTriage")


async def _no_pace(_destination: Destination) -> None:
    """Slack's posting limit is not what is measured."""


@dataclass(slots=True)
class Stopwatch:
    """By the wall, and of this process: on a busy machine the second is the steadier one."""

    seconds: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        started, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds += time.perf_counter() - started
        self.cpu += time.process_time() - cpu


class Outbox:
    """An app on one database, with rows to send."""

    def __init__(self, app: App, registry: CollectorRegistry, workspace_id: WorkspaceId) -> None:
        self.app = app
        self._registry = registry
        self._workspace_id = workspace_id
        self._number = time.time_ns()

    def sent(self) -> float:
        counted = self._registry.get_sample_value("clientops_deliveries_total", {"outcome": "sent"})
        return counted or 0.0

    async def put(self, rows: int) -> None:
        async with self.app.database.writes.begin() as connection:
            values = [self._row(number) for number in range(rows)]
            await connection.execute(insert(OutboxRow), values)

    def _row(self, number: int) -> dict[str, Any]:
        self._number += 1
        kind, facts = notices.encode(_NOTICE)
        now = self.app.clock.now()
        return {
            "workspace_id": self._workspace_id,
            "key": f"bench:{self._number}",
            "destination": f"C{number % CHANNELS:05}",
            "subject": f"bench:{self._number}",
            "lane": Lane.CARD,
            "kind": kind,
            "facts": facts,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "created_at": now,
            "due_at": now,
            "reason": "",
        }

    async def send(self, rows: int, watch: Stopwatch) -> None:
        """Until so many more are sent."""
        goal = self.sent() + rows
        with watch.running():
            while self.sent() < goal:
                if not await self.app.courier.run_once():
                    raise RuntimeError("Nothing is left to send: rows were parked.")


@asynccontextmanager
async def _opened(url: str, api_url: str) -> AsyncIterator[Outbox]:
    fields = environment(database_url=url, api_url=api_url, port=0)
    settings = Settings.model_validate({name.lower(): value for name, value in fields.items()})
    registry = CollectorRegistry()
    app = App.build(settings, clock=SystemClock(), metrics=Metrics(registry), pace=_no_pace)
    try:
        workspace = await app.install_static()
        assert workspace is not None
        yield Outbox(app, registry, workspace.id)
    finally:
        await app.courier.stop()
        await app.close()


async def _by_sdk(client: AsyncWebClient, watch: Stopwatch) -> None:
    """The same messages, as many at once."""
    waiting = iter(range(ROWS))

    async def post() -> None:
        for number in waiting:
            await client.chat_postMessage(
                channel=f"C{number % CHANNELS:05}",
                unfurl_links=False,
                unfurl_media=False,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery": number}},
                **render(_NOTICE).arguments(),
            )

    with watch.running():
        await asyncio.gather(*(post() for _ in range(AT_ONCE)))


async def _few_at_a_time(outbox: Outbox, watch: Stopwatch) -> None:
    """Never more than a hundred waiting."""
    for _ in range(ROWS // FEW):
        await outbox.put(FEW)
        await outbox.send(FEW, watch)


async def _all_at_once(outbox: Outbox, watch: Stopwatch) -> None:
    await outbox.put(ROWS)
    await outbox.send(ROWS, watch)


async def _measure(
    empty: str, full: str, api_url: str, rounds: int
) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    async with (
        ClientSession() as session,
        _opened(empty, api_url) as short,
        _opened(full, api_url) as long,
    ):
        client = AsyncWebClient(token=TOKEN, base_url=api_url, session=session, retry_handlers=[])
        await long.put(MANY)
        rest_the_collector()  # as a process of ours does; slack_sdk gains by it as well
        ways: dict[str, Callable[[Stopwatch], Awaitable[None]]] = {
            "sdk": lambda watch: _by_sdk(client, watch),
            "courier": lambda watch: _all_at_once(short, watch),
            "few": lambda watch: _few_at_a_time(short, watch),
            "many": lambda watch: long.send(ROWS, watch),
        }
        for number in range(rounds + 1):
            for name, way in ways.items():
                watch = Stopwatch()
                await way(watch)
                if number:  # the first round warms up
                    found[name].append((watch.seconds / ROWS, watch.cpu / ROWS))
    return found


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        empty, full, api_url, rounds = sys.argv[1:]
        found = runner.run(_measure(empty, full, api_url, int(rounds)))
    sys.stdout.write(json.dumps(found))
