"""What happens without anyone asking: one file a duty, a row in JOBS."""

from bot.jobs.daily import DAILY
from bot.jobs.table import Job

JOBS: tuple[Job, ...] = (DAILY,)
