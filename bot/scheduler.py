"""Wakes up and does what is due. The only import of APScheduler.

APScheduler is a clock here: it rings every second and computes cron times. What is due is read from
due rows and slots against the injected clock, so a restart, ten replicas and a clock moved by a
day are the same case.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.courier import Courier
from bot.domain.policy import Policy
from bot.domain.timers import Timer, TimerKind
from bot.domain.workspaces import Workspace
from bot.jobs.table import Job, Slot
from bot.ports import Clock, DueTimers, Installations, Queue, UnitsOfWork
from bot.services import Services
from bot.telemetry import Metrics

log = structlog.get_logger(__name__)

BATCH = 200
AFTER_A_BUG = timedelta(minutes=1)
LOOK_BACK = timedelta(days=4)  # a slot older than this is nobody's business any more

OnTimer = Callable[[Timer], Awaitable[None]]


class Scheduler:
    def __init__(
        self,
        *,
        clock: Clock,
        timers: DueTimers,
        queue: Queue,
        installations: Installations,
        uow: UnitsOfWork,
        courier: Courier,
        services: Services,
        jobs: Sequence[Job],
        on_timer: Mapping[TimerKind, OnTimer],
        policy: Policy,
        metrics: Metrics,
    ) -> None:
        self._clock = clock
        self._timers = timers
        self._queue = queue
        self._installations = installations
        self._uow = uow
        self._courier = courier
        self._services = services
        self._jobs = jobs
        self._on_timer = on_timer
        self._policy = policy
        self._metrics = metrics
        self._done_slots: set[tuple[str, int, str]] = set()
        self._one_at_a_time = asyncio.Lock()
        self.last_sweep: datetime | None = None
        self._wake = asyncio.Event()
        self._alarm: AsyncIOScheduler | None = None
        self._loop: asyncio.Task[None] | None = None

    def start(self, every: timedelta = timedelta(seconds=1)) -> None:
        """Ring every `every` of real time, and whenever `wake` is called, until stopped."""
        self._alarm = AsyncIOScheduler(timezone="UTC")
        self._alarm.add_job(self.wake, "interval", seconds=every.total_seconds(), max_instances=1)
        self._alarm.start()
        self._loop = asyncio.create_task(self._run())

    def wake(self) -> None:
        self._wake.set()

    async def stop(self) -> None:
        """Finish the round that is running; nothing that was claimed is left half done."""
        if self._alarm is not None:
            self._alarm.shutdown(wait=False)
        self._courier.begin_to_stop()
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
        async with self._one_at_a_time:
            await self._courier.stop()

    async def run_until_idle(self) -> datetime | None:
        """Do everything that is due now; when the next thing becomes due, if anything does."""
        async with self._one_at_a_time:
            while await self._round():
                pass
            self.last_sweep = self._clock.now()
            self._metrics.last_sweep.set(self.last_sweep.timestamp())
            return await self._next_due_at()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await asyncio.shield(self.run_until_idle())
            except Exception:
                # The database is away, or we have a bug: the next ring tries again.
                self._metrics.failures.labels("scheduler").inc()
                log.exception("scheduler.round_failed")

    async def _round(self) -> bool:
        """True when something was done, so that what follows from it is done as well."""
        for slot, job in await self._due_slots():
            await self._run_slot(job, slot)
        due = await self._timers.due(now=self._clock.now(), limit=BATCH)
        for timer in due:
            await self._fire(timer)
        sent = await self._courier.run_once()
        return bool(due) or sent

    async def _fire(self, timer: Timer) -> None:
        try:
            await self._on_timer[timer.kind](timer)
        except Exception:
            # One bad row must not stop the others: it is tried again a minute later.
            self._metrics.failures.labels("timer").inc()
            log.exception("timer.failed", kind=timer.kind, subject=timer.subject)
            async with self._uow(timer.workspace_id) as uow:
                at = self._clock.now() + AFTER_A_BUG
                await uow.timers.set(timer.kind, timer.subject, due_at=at)
        else:
            self._metrics.timers.labels(timer.kind).inc()

    async def _run_slot(self, job: Job, slot: Slot) -> None:
        zone = slot.at.tzinfo or ZoneInfo("UTC")
        same_day = self._clock.now().astimezone(zone).date() == slot.at.date()
        settled = True
        if same_day:
            settled = await job.run(self._services, slot)
        else:
            await job.skip(self._services, slot)
        if settled:
            self._done_slots.add((job.name, slot.workspace_id, slot.name))

    async def _due_slots(self) -> list[tuple[Slot, Job]]:
        """Slots that came up and that this process has not handed over yet, oldest first."""
        now = self._clock.now()
        due = []
        for workspace in await self._installations.workspaces():
            for job in self._jobs:
                due += [
                    (slot, job)
                    for slot in self._slots(job, workspace, now)
                    if (job.name, slot.workspace_id, slot.name) not in self._done_slots
                ]
        return sorted(due, key=lambda pair: pair[0].at)

    def _slots(self, job: Job, workspace: Workspace, now: datetime) -> list[Slot]:
        trigger = self._trigger(job, workspace)
        at = trigger.get_next_fire_time(None, max(workspace.created_at, now - LOOK_BACK))
        slots = []
        while at is not None and at <= now:
            slots.append(Slot(workspace_id=workspace.id, name=at.date().isoformat(), at=at))
            at = trigger.get_next_fire_time(at, at)
        return slots

    def _trigger(self, job: Job, workspace: Workspace) -> CronTrigger:
        at = job.at(self._policy)
        return CronTrigger(
            day_of_week=job.days, hour=at.hour, minute=at.minute, timezone=ZoneInfo(workspace.zone)
        )

    async def _next_due_at(self) -> datetime | None:
        now = self._clock.now()
        slots = [
            self._trigger(job, workspace).get_next_fire_time(now, now)
            for workspace in await self._installations.workspaces()
            for job in self._jobs
        ]
        rows = [await self._timers.next_due_at(), await self._queue.next_due_at(now=now)]
        return min((at for at in (*slots, *rows) if at is not None), default=None)
