"""The ladder of an escalation, as policy has it and as an episode keeps it (domain 9).

Refuses a ladder with gaps. Every figure comes in; nothing here decides how long anything takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One level: who is told, and how long they have on the calendar of that name."""

    level: int
    role: str
    hold: timedelta
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What being critical changes: holds are divided, and run on that calendar."""

    divisor: int
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The levels from `entry` to `top`, and what comes after them.

    The top level is asked again `repeats` times, every `repeat_every`. `ask_hold` is the time for
    an answer once an acknowledgement has run out; it is not divided when critical. Rungs carry
    the usual figures even in a critical ladder: read them by `hold`, `calendar` and `pause`.
    """

    rungs: tuple[Rung, ...]
    entry: int
    top: int
    repeat_every: timedelta
    repeats: int
    ask_hold: timedelta
    urgency: Urgency
    critical: bool = False

    def __post_init__(self) -> None:
        levels = [rung.level for rung in self.rungs]
        if levels != list(range(1, len(levels) + 1)):
            raise ValueError(f"Levels count up from 1 without a gap, not {levels}.")
        if not 1 <= self.entry <= self.top <= len(levels):
            raise ValueError(f"A ladder of {levels} has no part from {self.entry} to {self.top}.")
        if self.urgency.divisor < 1 or self.repeats < 0:
            raise ValueError("A ladder is divided by 1 or more and repeats 0 times or more.")
        spans = [self.repeat_every, self.ask_hold, *(rung.hold for rung in self.rungs)]
        if min(spans) <= timedelta(0):
            raise ValueError("Every level of a ladder has some time, more than none.")

    def frozen(self, *, top: int, critical: bool, entry: int | None = None) -> Self:
        """The copy that an episode keeps, whatever becomes of the policy."""
        return replace(self, entry=entry or self.entry, top=top, critical=critical)

    def rung(self, level: int) -> Rung:
        return self.rungs[level - 1]

    def calendar(self, level: int) -> str:
        """The name of the calendar on which that level's time runs."""
        return self.urgency.calendar if self.critical else self.rung(level).calendar

    def hold(self, level: int) -> timedelta:
        """How long that level has before the next one is told; of the top, before a repeat."""
        usual = self.repeat_every if level == self.top else self.rung(level).hold
        return usual / self.urgency.divisor if self.critical else usual

    def to_facts(self) -> dict[str, Any]:
        """Plain JSON values; durations in seconds."""
        return {
            "rungs": [
                {
                    "level": rung.level,
                    "role": rung.role,
                    "hold_seconds": rung.hold.total_seconds(),
                    "calendar": rung.calendar,
                }
                for rung in self.rungs
            ],
            "entry": self.entry,
            "top": self.top,
            "repeat_every_seconds": self.repeat_every.total_seconds(),
            "repeats": self.repeats,
            "ask_hold_seconds": self.ask_hold.total_seconds(),
            "urgency": {"divisor": self.urgency.divisor, "calendar": self.urgency.calendar},
            "critical": self.critical,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """The ladder that `to_facts` wrote."""
        return cls(
            rungs=tuple(
                Rung(
                    level=rung["level"],
                    role=rung["role"],
                    hold=timedelta(seconds=rung["hold_seconds"]),
                    calendar=rung["calendar"],
                )
                for rung in facts["rungs"]
            ),
            entry=facts["entry"],
            top=facts["top"],
            repeat_every=timedelta(seconds=facts["repeat_every_seconds"]),
            repeats=facts["repeats"],
            ask_hold=timedelta(seconds=facts["ask_hold_seconds"]),
            urgency=Urgency(**facts["urgency"]),
            critical=facts["critical"],
        )
