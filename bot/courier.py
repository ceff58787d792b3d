"""Carries the outbox to the outside: claim, send, record. No network inside a transaction.

Rows are claimed with a lease, sent side by side for different destinations and one after another
for the same one, and recorded in small batches. A row whose outcome is unknown is looked for in
Slack before it is sent again (reliability, Delivery 3).
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.domain.deliveries import Delivery, Lane, Posted, pause_after
from bot.domain.errors import RetryLater, Undeliverable, UnknownOutcome
from bot.domain.ids import Destination, WorkspaceId
from bot.ports import Clock, Queue, Sender, UnitOfWork, UnitsOfWork
from bot.services.rerun import rerun_when_stale
from bot.telemetry import Metrics

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
CALL_MARGIN = timedelta(seconds=45)  # more than a call and its look-up may take
BATCH = 200
GATHERING_SECONDS = 0.01  # in real time; a process killed meanwhile leaves so much unmarked


class Receipts(Protocol):
    """What the application does, in the same transaction, when a message arrived or cannot."""

    async def delivered(self, uow: UnitOfWork, delivery: Delivery, now: datetime) -> None: ...
    async def parked(
        self, uow: UnitOfWork, delivery: Delivery, reason: str, now: datetime
    ) -> None: ...


class Pace(Protocol):
    """Holds a call back so that a destination is not told more than Slack allows."""

    def __call__(self, destination: Destination, /) -> Awaitable[None]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    delivery: Delivery
    posted: Posted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    delivery: Delivery
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Not posted when it was looked for, and of no use any more."""

    delivery: Delivery


Outcome = Sent | Parked | Dropped


class _Useless(Exception):
    """Inside a flight: what was in doubt is not there, and need not be."""


class ChannelPace:
    """About one message a second for each destination (Slack's posting limit), in real time.

    A short burst goes out at once, as Slack tolerates; what it does not comes back as a pause.
    """

    def __init__(self, *, gap: float, burst: int) -> None:
        self._gap = gap
        self._slack = gap * (burst - 1)
        self._even_at: dict[Destination, float] = {}

    async def __call__(self, destination: Destination) -> None:
        now = asyncio.get_running_loop().time()
        even_at = max(now, self._even_at.get(destination, 0.0))
        self._even_at[destination] = even_at + self._gap
        if (wait := even_at - self._slack - now) > 0:
            await asyncio.sleep(wait)


class Courier:
    def __init__(
        self,
        *,
        queue: Queue,
        uow: UnitsOfWork,
        sender: Sender,
        receipts: Receipts,
        clock: Clock,
        pace: Pace,
        metrics: Metrics,
    ) -> None:
        self._queue = queue
        self._uow = uow
        self._sender = sender
        self._receipts = receipts
        self._clock = clock
        self._pace = pace
        self._metrics = metrics
        self._flights: dict[Destination, asyncio.Task[None]] = {}
        self._outcomes: list[Outcome] = []
        self._landed = asyncio.Event()
        self._stopping = False

    async def run_until_idle(self) -> None:
        """Send everything that is due, and what becomes due by it."""
        while await self.run_once():
            pass

    def begin_to_stop(self) -> None:
        """Claim nothing more; what was claimed and not tried yet is given back."""
        self._stopping = True

    async def run_once(self) -> bool:
        """One round: claim for free destinations, wait for something to land, record it.

        False when nothing was waiting and nothing is on its way.
        """
        if not self._stopping:
            await self._launch()
        if not self._flights:
            await self._record()
            return False
        await self._landed.wait()
        # A transaction costs more than a row: what lands within a moment is recorded together.
        await asyncio.wait(self._flights.values(), timeout=GATHERING_SECONDS)
        self._landed.clear()
        for destination in [d for d, task in self._flights.items() if task.done()]:
            self._flights.pop(destination).result()
        await self._record()
        return True

    async def stop(self) -> None:
        """Let the posts that are on their way land, and record them."""
        self.begin_to_stop()
        if self._flights:
            await asyncio.wait(self._flights.values())
            self._flights.clear()
        await self._record()

    async def _launch(self) -> None:
        now = self._clock.now()
        room = BATCH - len(self._flights)
        if room <= 0:
            return
        batch = await self._queue.claim(
            now=now, limit=room, lease_until=now + LEASE, skip=tuple(self._flights)
        )
        lines: dict[Destination, list[Delivery]] = defaultdict(list)
        for delivery in batch:
            lines[delivery.to].append(delivery)
        safe_until = now + LEASE - CALL_MARGIN
        for destination, line in lines.items():
            flight = asyncio.create_task(self._carry_all(line, safe_until))
            flight.add_done_callback(lambda _: self._landed.set())
            self._flights[destination] = flight

    async def _carry_all(self, line: Sequence[Delivery], safe_until: datetime) -> None:
        """One destination's messages in order; a pause it asks for holds the rest of them too.

        Past `safe_until` the lease might end during a call, and another worker send the same.
        """
        for index, delivery in enumerate(line):
            await self._pace(delivery.to)
            if self._stopping or self._clock.now() >= safe_until:
                await self._give_back(line[index:], timedelta(0))
                return
            try:
                outcome = await self._outcome(delivery)
            except RetryLater as error:
                await self._postpone(delivery, error)
                await self._give_back(line[index + 1 :], error.pause or timedelta(0))
                return
            self._outcomes.append(outcome)
            self._landed.set()

    async def _outcome(self, delivery: Delivery) -> Outcome:
        """What became of it. Raises RetryLater when that is not known yet."""
        try:
            return Sent(delivery=delivery, posted=await self._carry(delivery))
        except RetryLater:
            raise
        except _Useless:
            return Dropped(delivery=delivery)
        except Undeliverable as error:
            return Parked(delivery=delivery, reason=str(error))
        except Exception as error:
            # A bug in one message must not stop the others: it is parked where admins see it.
            self._metrics.failures.labels("courier").inc()
            log.exception("delivery.failed", delivery=delivery.id)
            return Parked(delivery=delivery, reason=f"bug: {type(error).__name__}")

    async def _carry(self, delivery: Delivery) -> Posted | None:
        if delivery.unsure_since is None or delivery.edits is not None:
            return await self._sender.send(delivery)
        try:
            found = await self._sender.look_for(delivery)
        except (RetryLater, Undeliverable) as error:
            # Nobody can tell whether it is there. What is critical is rather said twice.
            if delivery.lane is not Lane.CRITICAL or isinstance(error, UnknownOutcome):
                raise
            log.warning("delivery.possibly_repeated", delivery=delivery.id, reason=str(error))
            self._metrics.deliveries.labels("possibly_repeated").inc()
            return await self._sender.send(delivery, repeated=True)
        if found is None and delivery.is_useless(self._clock.now()):
            raise _Useless
        if found is None:
            return await self._sender.send(delivery)
        self._metrics.deliveries.labels("repaired").inc()
        return found

    async def _postpone(self, delivery: Delivery, error: RetryLater) -> None:
        now = self._clock.now()
        pause = pause_after(delivery.attempts, random.random())  # noqa: S311 - jitter, no secret
        at = now + (error.pause or pause)
        unsure = isinstance(error, UnknownOutcome) or delivery.unsure_since is not None
        self._metrics.deliveries.labels("retried").inc()
        log.warning(
            "delivery.postponed", delivery=delivery.id, reason=str(error), at=at.isoformat()
        )
        await self._queue.retry(delivery, at=at, reason=str(error), unsure=unsure)

    async def _give_back(self, line: Sequence[Delivery], pause: timedelta) -> None:
        """Claimed messages that were not tried: their outcome is as known as it was before."""
        at = self._clock.now() + pause
        for delivery in line:
            unsure = delivery.unsure_since is not None
            await self._queue.retry(delivery, at=at, reason="not tried yet", unsure=unsure)

    async def _record(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        by_workspace: dict[WorkspaceId, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            by_workspace[outcome.delivery.workspace_id].append(outcome)
        try:
            for workspace_id in list(by_workspace):
                await self._record_in(workspace_id, by_workspace[workspace_id])
                del by_workspace[workspace_id]
        finally:
            for group in by_workspace.values():
                self._outcomes += group  # not recorded: the next round tries again

    @rerun_when_stale
    async def _record_in(self, workspace_id: WorkspaceId, outcomes: Sequence[Outcome]) -> None:
        now = self._clock.now()
        async with self._uow(workspace_id) as uow:
            for outcome in outcomes:
                await self._record_one(uow, outcome, now)

    async def _record_one(self, uow: UnitOfWork, outcome: Outcome, now: datetime) -> None:
        delivery = outcome.delivery
        match outcome:
            case Sent(posted=posted):
                await uow.outbox.sent(delivery.id, posted, now=now)
                await self._receipts.delivered(uow, delivery, now)
                self._metrics.deliveries.labels("sent").inc()
                self._metrics.delivery_lag.set((now - delivery.created_at).total_seconds())
            case Dropped():
                await uow.outbox.drop(delivery.id, now=now)
                self._metrics.deliveries.labels("dropped").inc()
            case Parked(reason=reason):
                log.warning("delivery.parked", delivery=delivery.id, reason=reason)
                unsure = delivery.unsure_since is not None
                await uow.outbox.park(delivery.id, reason=reason, now=now, unsure=unsure)
                await self._receipts.parked(uow, delivery, reason, now)
                self._metrics.deliveries.labels("parked").inc()
