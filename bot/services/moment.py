"""What a use case holds inside its transaction: the unit of work, the policy, one instant."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendars import WorkingCalendar, named
from bot.domain.people import Person
from bot.domain.policy import Policy
from bot.domain.workspaces import Workspace
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`now` is taken once; everything decided here is decided as of it."""

    uow: UnitOfWork
    policy: Policy
    workspace: Workspace
    now: datetime

    def calendar(self, name: str, zone: str | None = None) -> WorkingCalendar:
        """The named calendar in that zone; a missing zone is the workspace's (domain 1)."""
        return named(name, ZoneInfo(zone or self.workspace.zone))

    def window(self, person: Person) -> WorkingCalendar:
        """When this member may be disturbed."""
        zone = ZoneInfo(person.zone or self.workspace.zone)
        return WorkingCalendar(zone=zone, week=self.policy.working_hours)


async def moment(uow: UnitOfWork, policy: Policy, now: datetime) -> Moment:
    return Moment(uow=uow, policy=policy, workspace=await uow.workspaces.get(), now=now)
