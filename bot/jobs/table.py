"""A duty with its hours. When a slot is due is a fact of the clock; that it runs once, of a row."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.ids import WorkspaceId
from bot.domain.policy import Policy
from bot.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One occasion of a job: `at` is its instant, `name` its local date."""

    workspace_id: WorkspaceId
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`at` is the local time of day on `days` (cron words, workspace's zone).

    `run` must take the slot in the transaction of its effect, so that it happens once; it answers
    False where the slot was left open and should be tried again. A slot found late is still run
    on the same local day; later it is reported as skipped.
    """

    name: str
    at: Callable[[Policy], time]
    days: str
    run: Callable[[Services, Slot], Awaitable[bool]]
    skip: Callable[[Services, Slot], Awaitable[None]]
