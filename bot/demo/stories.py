"""One request from the first word to the last, as it will be played. Instants in the future of the
demo are there too: what has not happened yet is simply not played.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.demo.agency import Request
from bot.domain.calendars import Named, WorkingCalendar, named
from bot.domain.clients import Contact
from bot.domain.ids import UserId
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.sla import Clock, Deadline, deadline
from bot.domain.tickets import Intake, Priority
from bot.services.clients import ClientRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Members go by e-mail. `asked_by` is the client's person when they wrote it in Slack.

    `noticed_at` are the instants at which whoever was told last acknowledges what is running.
    """

    client: ClientRow
    request: Request
    door: Intake
    asked_by: UserId | None
    asked_at: datetime
    logged_by: str
    logged_at: datetime
    taken_by: str
    taken_at: datetime | None = None
    answered_at: datetime | None = None
    noticed_at: tuple[datetime, ...] = ()
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Time as the agency keeps it: `zones` of its members by e-mail, its own, its policy."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    zones: Mapping[str, ZoneInfo]
    policy: Policy

    @property
    def today(self) -> date:
        return self.end.astimezone(self.zone).date()

    @property
    def business(self) -> WorkingCalendar:
        return named(Named.BUSINESS, self.zone)

    def window(self, member: str) -> WorkingCalendar:
        """When that member works."""
        return WorkingCalendar(zone=self.zones[member], week=self.policy.working_hours)

    def due(self, priority: Priority, clock: Clock, asked_at: datetime) -> Deadline:
        target = self.policy.sla.of(priority, clock)
        calendar = named(target.calendar, self.zone)
        percent = self.policy.sla.warn_percent
        return deadline(target, asked_at, calendar, warn_percent=percent)

    def anchor(self) -> date:
        """The newest working day of which half past ten is over."""
        day = self.business.local_date(self.end)
        while not self.business.is_working_day(day) or self.at(day, "10:30") > self.end:
            day = self.business.add_business_days(day, -1)
        return day

    def at(self, day: date, wall: str) -> datetime:
        return self.business.at(day, time.fromisoformat(wall))


def member(row: ClientRow, role: Role) -> str:
    """Who holds that role for the client; its account manager where nobody does."""
    return row.team.get(role) or row.team[Role.ACCOUNT_MANAGER]


def writers(row: ClientRow) -> list[Contact]:
    """The client's people who can write in the channel shared with them."""
    if row.draft.client_channel is None:
        return []
    return [contact for contact in row.draft.contacts if contact.slack_user_id]
