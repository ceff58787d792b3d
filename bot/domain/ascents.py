"""How far an episode has climbed, and what deliveries and people do to that. Refuses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from bot.domain.calendars import WorkingCalendar

FIRST_TOLD = 0
"""The level of people who hear of an episode first without being a rung, such as an assignee."""

ZERO = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whom a level's message went to."""

    level: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascent:
    """How far an episode has climbed.

    `level` 0 is before anybody was told. `people` have the running message; `since` is when it was
    delivered, None while it is on its way; `used` is what its time had used up before a snooze.
    `passed`: nobody was told at this level. `asking`: the running message asks `acknowledged_by`
    again, whose acknowledgement ran out. `pushed`: somebody wants the next level now.
    """

    level: int = 0
    told: tuple[Told, ...] = ()
    people: tuple[str, ...] = ()
    since: datetime | None = None
    used: timedelta = ZERO
    passed: bool = False
    repeats: int = 0
    asking: bool = False
    pushed: bool = False
    acknowledged_by: str | None = None
    acknowledged_until: datetime | None = None
    snoozed_until: datetime | None = None
    exhausted_at: datetime | None = None

    def told_at(self, level: int) -> tuple[str, ...]:
        return tuple(user for told in self.told if told.level == level for user in told.people)

    @property
    def everybody_told(self) -> frozenset[str]:
        return frozenset(user for told in self.told for user in told.people)

    def delivered(self, at: datetime) -> Self:
        """The running message reached its first reader: its time runs from then.

        From the end of a snooze when there is one. Later deliveries of the message change nothing.
        """
        if self.since is not None:
            return self
        return replace(self, since=max(at, self.snoozed_until or at))

    def acknowledged(self, by: str, until: datetime) -> Self:
        """Somebody has it until then: the ladder stands for everybody."""
        return replace(
            self,
            acknowledged_by=by,
            acknowledged_until=until,
            asking=False,
            pushed=False,
            exhausted_at=None,
        )

    def raised(self) -> Self:
        """The severity went up: an acknowledgement of less does not hold any more."""
        return replace(self, acknowledged_until=None)

    def pushed_up(self) -> Self:
        """Somebody wants the next level now, whatever stands in its way."""
        return replace(self, pushed=True, acknowledged_until=None, snoozed_until=None)

    def snoozed(self, *, now: datetime, until: datetime, calendar: WorkingCalendar) -> Self:
        """The clock stops until then and goes on with the time it had left.

        `calendar` is the one the current level runs on. A second snooze replaces the first.
        """
        if self.since is None:
            return replace(self, snoozed_until=until)
        used = self.used + max(ZERO, calendar.elapsed(self.since, now))
        return replace(self, snoozed_until=until, since=until, used=used)

    def to_facts(self) -> dict[str, Any]:
        """Plain JSON values: instants in ISO 8601, durations in seconds."""
        return {
            "level": self.level,
            "told": [{"level": told.level, "people": list(told.people)} for told in self.told],
            "people": list(self.people),
            "used_seconds": self.used.total_seconds(),
            "since": _written(self.since),
            "passed": self.passed,
            "repeats": self.repeats,
            "asking": self.asking,
            "pushed": self.pushed,
            "acknowledged_by": self.acknowledged_by,
            "acknowledged_until": _written(self.acknowledged_until),
            "snoozed_until": _written(self.snoozed_until),
            "exhausted_at": _written(self.exhausted_at),
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """The ascent that `to_facts` wrote."""
        return cls(
            level=facts["level"],
            told=tuple(
                Told(level=told["level"], people=tuple(told["people"])) for told in facts["told"]
            ),
            people=tuple(facts["people"]),
            used=timedelta(seconds=facts["used_seconds"]),
            since=_read(facts["since"]),
            passed=facts["passed"],
            repeats=facts["repeats"],
            asking=facts["asking"],
            pushed=facts["pushed"],
            acknowledged_by=facts["acknowledged_by"],
            acknowledged_until=_read(facts["acknowledged_until"]),
            snoozed_until=_read(facts["snoozed_until"]),
            exhausted_at=_read(facts["exhausted_at"]),
        )


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
