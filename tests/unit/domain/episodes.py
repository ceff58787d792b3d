"""Episodes for tests: the default ladder, and a worker that sweeps one ascent up it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ascents import Ascent
from bot.domain.calendars import named
from bot.domain.escalation import Move, Roster, Wait, climb
from bot.domain.ladders import Ladder, Rung, Urgency

HOUR = timedelta(hours=1)
UTC_ZONE = ZoneInfo("UTC")
POLICY = Ladder(
    rungs=(
        Rung(level=1, role="account_manager", hold=24 * HOUR, calendar="24x5"),
        Rung(level=2, role="operations_manager", hold=12 * HOUR, calendar="24x5"),
        Rung(level=3, role="managing_director", hold=4 * HOUR, calendar="24x5"),
    ),
    entry=1,
    top=3,
    repeat_every=4 * HOUR,
    repeats=3,
    ask_hold=HOUR,
    urgency=Urgency(divisor=4, calendar="24x7"),
)
CRITICAL = POLICY.frozen(top=3, critical=True)
USUAL = POLICY.frozen(top=2, critical=False)
EVERYBODY = {1: ("am",), 2: ("ops",), 3: ("md",)}
FRIDAY = datetime(2026, 1, 9, 14, tzinfo=UTC)
BUSINESS = named("business", UTC_ZONE)


def roster(
    ladder: Ladder, available: Mapping[int, tuple[str, ...]], gone: frozenset[str] = frozenset()
) -> Roster:
    calendars = {rung.level: named(ladder.calendar(rung.level), UTC_ZONE) for rung in ladder.rungs}
    return Roster(available=available, calendars=calendars, workdays=BUSINESS, gone=gone)


@dataclass
class Episode:
    """Sweeps a ascent as a worker would; messages are delivered at once unless told not to."""

    ladder: Ladder
    available: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: dict(EVERYBODY))
    gone: frozenset[str] = frozenset()
    ascent: Ascent = field(default_factory=Ascent)
    now: datetime = FRIDAY
    log: list[tuple[timedelta, Move]] = field(default_factory=list)
    wait: Wait = field(default_factory=lambda: Wait(until=None))

    def sweep(self, *, deliver: bool = True) -> list[Move]:
        climbed = climb(self.ladder, self.ascent, self.people, self.now)
        self.ascent, self.wait = climbed.ascent, climbed.wait
        self.log += [(self.now - FRIDAY, move) for move in climbed.moves]
        if deliver and self.wait.until is None:
            self.ascent = self.ascent.delivered(self.now)
            self.wait = climb(self.ladder, self.ascent, self.people, self.now).wait
        return list(climbed.moves)

    @property
    def people(self) -> Roster:
        return roster(self.ladder, self.available, self.gone)

    def until_exhausted(self) -> list[tuple[float, Move]]:
        """Hours since the start and what happened then."""
        while not self.ascent.exhausted_at:
            self.sweep()
            self.now = self.wait.until or self.now
        return [(after / HOUR, move) for after, move in self.log]

    def after(self, hours: float, *, deliver: bool = True) -> list[Move]:
        self.now += hours * HOUR
        return self.sweep(deliver=deliver)
