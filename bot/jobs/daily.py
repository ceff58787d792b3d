"""The daily snapshot: 08:00 of each working day, one post in the ops channel (domain 10)."""

from bot.jobs.table import Job, Slot
from bot.services import Services

NAME = "daily_snapshot"


async def run(services: Services, slot: Slot) -> bool:
    return await services.reports.post_daily(slot.workspace_id, slot.name, slot.at)


async def skip(services: Services, slot: Slot) -> None:
    await services.reports.skip_daily(slot.workspace_id, slot.name, slot.at)


DAILY = Job(name=NAME, at=lambda policy: policy.digest_at, days="mon-fri", run=run, skip=skip)
