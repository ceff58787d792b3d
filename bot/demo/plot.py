"""Makes up ninety days of requests: who asked what when, and how well the agency did.

Dice with a fixed seed: the same day at the end makes the same past. Nobody works outside of their
working hours, but for what is critical.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.agency import OPERATIONS_MANAGER, Request, as_of
from bot.demo.stories import Setting, Story, member, writers
from bot.domain.calendars import Named, named
from bot.domain.clients import ClientStatus
from bot.domain.ids import UserId
from bot.domain.people import Role
from bot.domain.sla import Clock
from bot.domain.tickets import Intake, Priority
from bot.services.clients import ClientRow

SERVED = frozenset({ClientStatus.ONBOARDING, ClientStatus.ACTIVE})
A_DAY: Final = {0: 18, 1: 28, 2: 28, 3: 17, 4: 9}  # tickets a working day, and how likely
LOUDNESS: Final = {"Essentials": 2, "Growth": 3, "Scale": 4}  # larger packages ask more
IN_SLACK = 0.85
BY_ACCOUNT_MANAGER = 0.3
TAKERS: Final = {Role.SUPPORT_CONTACT: 5, Role.TECHNICAL_SPECIALIST: 4, Role.ACCOUNT_MANAGER: 2}

# Minutes of somebody's working time, from and to.
Span = tuple[int, int]
TO_LOG: Span = (3, 35)
TO_TAKE: Final[dict[Priority, Span]] = {
    Priority.CRITICAL: (2, 8),
    Priority.HIGH: (3, 30),
    Priority.MEDIUM: (5, 90),
    Priority.LOW: (5, 150),
}
TO_ANSWER: Final[dict[Priority, Span]] = {
    Priority.CRITICAL: (6, 40),
    Priority.HIGH: (15, 150),
    Priority.MEDIUM: (25, 420),
    Priority.LOW: (40, 600),
}
TO_SOLVE: Final[dict[Priority, Span]] = {
    Priority.CRITICAL: (40, 110),
    Priority.HIGH: (90, 800),
    Priority.MEDIUM: (120, 1300),
    Priority.LOW: (30, 1300),
}
TO_NOTICE: Span = (8, 50)

# How a first answer comes: most in good time, some after the warning, after the breach, or only
# once the alert has climbed a level.
PROMPT, CLOSE_CALL, LATE, CLIMBED = "prompt", "close call", "late", "climbed"
OUTCOMES: Final = {PROMPT: 85, CLOSE_CALL: 6, LATE: 6, CLIMBED: 3}
SOLVED_LATE = 0.06
NEVER_CRITICAL_IN_LAST_DAYS = 3  # that one belongs to the scenes


# When something happened, and when somebody acknowledged that it was late, if it was.
Event = tuple[datetime, tuple[datetime, ...]]


class Plot:
    def __init__(self, setting: Setting, requests: Sequence[Request]) -> None:
        self._setting = setting
        self._dice = Random(f"northwind {setting.today}")  # noqa: S311 - a story, no secret
        self._requests = [request for request in requests if not request.scene]
        self._deck: list[Request] = []

    def stories(self, rows: Sequence[ClientRow]) -> list[Story]:
        """Everything that was asked between start and end, in the order of asking."""
        setting = self._setting
        day, last = setting.business.local_date(setting.start), setting.today
        told: list[Story] = []
        while day <= last:
            if setting.business.is_working_day(day):
                told += self._day(day, rows)
            day += timedelta(days=1)
        return [story for story in told if self._belongs(story)]

    def _belongs(self, story: Story) -> bool:
        quiet = timedelta(days=NEVER_CRITICAL_IN_LAST_DAYS)
        if story.request.priority is Priority.CRITICAL:
            return self._setting.start <= story.asked_at <= self._setting.end - quiet
        return self._setting.start <= story.asked_at <= self._setting.end

    def _day(self, day: date, rows: Sequence[ClientRow]) -> list[Story]:
        served = [row for row in rows if as_of(row, day).draft.status in SERVED]
        if not served:
            return []
        loud = [LOUDNESS.get(row.draft.package, 1) for row in served]
        (count,) = self._dice.choices(list(A_DAY), list(A_DAY.values()))
        chosen = self._dice.choices(served, loud, k=count)
        return sorted((self._story(day, row) for row in chosen), key=lambda story: story.asked_at)

    def _story(self, day: date, row: ClientRow) -> Story:
        request = self._deal()
        door, asked_by = self._door(row)
        asked_at = self._asked_at(day, row, request.priority)
        logged_by = self._first_awake(asked_at, self._desk_of(row))
        logged_at = self._after(asked_at, logged_by, TO_LOG, request.priority)
        if door is Intake.PHONE:  # nobody picks up before the desk is open
            asked_at = max(asked_at, logged_at - timedelta(minutes=5))
        takers = self._dice.choices(list(TAKERS), list(TAKERS.values()), k=2)
        taken_by = self._first_awake(logged_at, [member(row, role) for role in takers])
        taken_at = self._after(logged_at, taken_by, TO_TAKE[request.priority], request.priority)
        story = Story(
            client=row,
            request=request,
            door=door,
            asked_by=asked_by,
            asked_at=asked_at,
            logged_by=logged_by,
            logged_at=logged_at,
            taken_by=taken_by,
            taken_at=taken_at,
        )
        answered_at, late_answer = self._answer(story, taken_at)
        closed_at, late_solution = self._solution(story, answered_at)
        return replace(
            story,
            answered_at=answered_at,
            noticed_at=(*late_answer, *late_solution),
            closed_at=closed_at,
        )

    def _deal(self) -> Request:
        """The next card of a shuffled deck: nothing comes twice before everything came once."""
        if not self._deck:
            self._deck = list(self._requests)
            self._dice.shuffle(self._deck)
        return self._deck.pop()

    def _door(self, row: ClientRow) -> tuple[Intake, UserId | None]:
        people = writers(row)
        if people and self._dice.random() < IN_SLACK:
            return Intake.SLACK, self._dice.choice(people).slack_user_id
        doors = {contact.preferred_channel for contact in row.draft.contacts} - {"slack"}
        return Intake(self._dice.choice(sorted(doors) or ["email"])), None

    def _asked_at(self, day: date, row: ClientRow, priority: Priority) -> datetime:
        """In the client's office hours; what is critical shows when the day begins."""
        until = 9 * 60 + 50 if priority is Priority.CRITICAL else 16 * 60 + 40
        minute, second = self._dice.randint(8 * 60 + 40, until), self._dice.randint(0, 59)
        calendar = named(Named.BUSINESS, ZoneInfo(row.draft.zone or self._setting.zone.key))
        return calendar.at(day, time(minute // 60, minute % 60, second))

    def _desk_of(self, row: ClientRow) -> list[str]:
        """Who logs what comes in; the support contact first, mostly."""
        desk = [member(row, Role.SUPPORT_CONTACT), member(row, Role.ACCOUNT_MANAGER)]
        return desk[::-1] if self._dice.random() < BY_ACCOUNT_MANAGER else desk

    def _first_awake(self, at: datetime, members: Sequence[str]) -> str:
        return min(members, key=lambda name: self._setting.window(name).next_open(at))

    def _after(self, at: datetime, name: str, minutes: Span, priority: Priority) -> datetime:
        """Some minutes of that member's working time later; what is critical knows no closing."""
        span = timedelta(seconds=self._dice.randint(minutes[0] * 60, minutes[1] * 60))
        if priority is Priority.CRITICAL:
            return at + span
        return self._setting.window(name).add(at, span)

    def _answer(self, story: Story, taken_at: datetime) -> Event:
        priority = story.request.priority
        line = self._setting.due(priority, Clock.RESPONSE, story.asked_at)
        (outcome,) = self._dice.choices(list(OUTCOMES), list(OUTCOMES.values()))
        by = story.taken_by
        if outcome == CLIMBED and priority is not Priority.CRITICAL:
            seen = self._seen_a_level_up(story, line.due_at)
            return self._after(seen, by, (20, 120), priority), (seen,)
        if outcome in {LATE, CLIMBED}:
            seen = self._seen(story, line.due_at)
            return self._after(seen, by, (15, 80), priority), (seen,)
        at = self._after(taken_at, by, TO_ANSWER[priority], priority)
        if outcome == CLOSE_CALL:
            at = max(at, self._after(line.warn_at, by, (10, 60), priority))
        if at <= line.due_at:
            return at, ()
        seen = self._seen(story, line.due_at)
        return max(at, self._after(seen, by, (5, 40), priority)), (seen,)

    def _solution(self, story: Story, answered_at: datetime) -> Event:
        priority = story.request.priority
        due_at = self._setting.due(priority, Clock.RESOLUTION, story.asked_at).due_at
        closed_at = self._after(answered_at, story.taken_by, TO_SOLVE[priority], priority)
        if priority is not Priority.CRITICAL and self._dice.random() < SOLVED_LATE:
            closed_at = max(closed_at, self._after(due_at, story.taken_by, (90, 360), priority))
        if closed_at <= due_at:
            return closed_at, ()
        seen = self._seen(story, max(due_at, answered_at))
        return max(closed_at, self._after(seen, story.taken_by, (10, 90), priority)), (seen,)

    def _seen(self, story: Story, due_at: datetime) -> datetime:
        """When the account manager sees the alert."""
        manager = member(story.client, Role.ACCOUNT_MANAGER)
        return self._after(due_at, manager, TO_NOTICE, story.request.priority)

    def _seen_a_level_up(self, story: Story, due_at: datetime) -> datetime:
        """When the operations manager sees what the account manager did not."""
        manager = member(story.client, Role.ACCOUNT_MANAGER)
        told_at = self._setting.window(manager).next_open(due_at)
        ladder = self._setting.policy.ladder
        calendar = named(ladder.calendar(1), self._setting.zones[manager])
        told_next_at = calendar.add(told_at, ladder.hold(1))
        return self._after(told_next_at, OPERATIONS_MANAGER, TO_NOTICE, story.request.priority)
