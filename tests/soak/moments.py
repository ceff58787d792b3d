"""When a process is to die: at a step of its database, around a call to Slack, or after a while."""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.faults import Fault, Faults

POSTS = frozenset({"chat.postMessage", "chat.update"})
LOOKS = frozenset({"conversations.history", "conversations.open"})
WEATHER = (
    {"mode": "reset_before"},
    {"mode": "reset_after"},
    {"mode": "http", "status": 503},
    {"mode": "ratelimited", "retry_after": 1},
)


class Around(StrEnum):
    """Where in a call to Slack: it never happened, it is on its way, it happened unheard."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStatement:
    """The n-th step of database work since the process began."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtCall:
    """The n-th post or edit that Slack sees; `seconds` is how long it is on its way."""

    number: int
    around: Around
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSeconds:
    seconds: float


Moment = AtStatement | AtCall | AfterSeconds


def moments(rng: random.Random) -> Iterator[Moment]:
    """Without end."""
    while True:
        kind = rng.choices((AtCall, AtStatement, AfterSeconds), (5, 3, 2))[0]
        if kind is AtStatement:
            yield AtStatement(number=rng.randint(1, 400))
        elif kind is AtCall:
            around = rng.choices(list(Around), (1, 1, 3))[0]
            yield AtCall(number=rng.randint(1, 10), around=around, seconds=rng.uniform(0, 0.03))
        else:
            yield AfterSeconds(seconds=rng.uniform(0, 0.6))


@dataclass(slots=True)
class Trap(Faults):
    """The workspace's faults, and the kill around a call. `weather` is the share of calls that
    fail without a kill, so that a life has unknown outcomes of its own.
    """

    rng: random.Random = field(default_factory=random.Random)
    weather: float = 0.0
    _left: int = 0
    _moment: AtCall | None = None
    _kill: Callable[[], None] | None = None

    def arm(self, moment: AtCall, kill: Callable[[], None]) -> None:
        self._left, self._moment, self._kill = moment.number, moment, kill

    def disarm(self) -> None:
        self._moment = None

    def take(self, method: str, channel: object = None) -> Fault | None:
        if method in POSTS and self._moment is not None:
            self._left -= 1
            if self._left == 0:
                return self._snap(method, self._moment)
        if method in POSTS | LOOKS and self.rng.random() < self.weather:
            return Fault(method=method, **self.rng.choice(WEATHER))
        return Faults.take(self, method, channel)

    def _snap(self, method: str, moment: AtCall) -> Fault:
        assert self._kill is not None
        self._moment = None
        if moment.around is Around.DURING:
            asyncio.get_running_loop().call_later(moment.seconds / 2, self._kill)
            return Fault(method=method, mode="slow", seconds=moment.seconds)
        self._kill()
        return Fault(method=method, mode=f"reset_{moment.around}")
