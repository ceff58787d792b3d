"""Use cases about reports: make one, post one, say that one was missed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendars import Named, named
from bot.domain.deliveries import Lane, Promise
from bot.domain.ids import WorkspaceId
from bot.domain.notices import DailyDigest
from bot.domain.policy import Policy
from bot.domain.reports import DailySnapshot
from bot.domain.workspaces import Workspace
from bot.domain.zones import end_of_day, start_of_day
from bot.ports import Clock, Facts, Span, UnitsOfWork

DAILY = "daily_snapshot"
LATE_AFTER = timedelta(minutes=5)


class ReportDesk:
    def __init__(self, uow: UnitsOfWork, facts: Facts, clock: Clock, policy: Policy) -> None:
        self._uow = uow
        self._facts = facts
        self._clock = clock
        self._policy = policy

    async def daily(self, workspace_id: WorkspaceId) -> DailySnapshot:
        """The daily snapshot as of now."""
        async with self._uow(workspace_id) as uow:
            workspace = await uow.workspaces.get()
        return await self._snapshot(workspace, self._clock.now())

    async def post_daily(self, workspace_id: WorkspaceId, slot: str, slot_at: datetime) -> bool:
        """Post the snapshot of that slot to the ops channel, once, however many replicas ask.

        False without an ops channel: the slot is left open, and taken as soon as there is one.
        """
        now = self._clock.now()
        async with self._uow(workspace_id) as uow:
            workspace = await uow.workspaces.get()
        if workspace.ops_channel is None:
            return False
        snapshot = await self._snapshot(workspace, now, late=now - slot_at > LATE_AFTER)
        async with self._uow(workspace_id) as uow:
            if not await uow.slots.take(DAILY, slot, now=now):
                return True
            promise = Promise(
                notice=DailyDigest(snapshot=snapshot),
                to=workspace.ops_channel,
                key=f"{DAILY}:{slot}",
                subject=DAILY,
                lane=Lane.DIGEST,
                useless_after=end_of_day(ZoneInfo(workspace.zone), slot_at.date()),
            )
            await uow.outbox.put(promise, now=now)
        return True

    async def skip_daily(self, workspace_id: WorkspaceId, slot: str, slot_at: datetime) -> None:
        """The slot passed while nothing was running: kept in the audit log, not posted."""
        now = self._clock.now()
        async with self._uow(workspace_id) as uow:
            if await uow.slots.take(DAILY, slot, now=now):
                fields = {"slot": slot, "at": slot_at.isoformat()}
                await uow.audit.record(
                    "report.skipped", by=None, subject=DAILY, now=now, fields=fields
                )

    async def _snapshot(
        self, workspace: Workspace, now: datetime, *, late: bool = False
    ) -> DailySnapshot:
        zone = ZoneInfo(workspace.zone)
        calendar = named(Named.BUSINESS, zone)
        today = calendar.local_date(now)
        last = calendar.add_business_days(today, self._policy.deadline_days)
        return await self._facts.snapshot(
            workspace,
            now=now,
            recent=Span(
                since=start_of_day(zone, calendar.add_business_days(today, -1)),
                until=start_of_day(zone, today),
            ),
            due_until=end_of_day(zone, last),
            late=late,
        )
