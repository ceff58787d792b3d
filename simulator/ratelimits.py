"""Slack's rate limits: per method and workspace by tier, per channel for posting. On real time."""

import math
import time
from dataclasses import dataclass, field
from enum import Enum

from simulator.errors import ApiError

CHANNEL_BURST = 20
WORKSPACE_POSTS_PER_MINUTE = 300
POSTING = frozenset({"chat.postMessage", "chat.postEphemeral"})


class Tier(Enum):
    """Calls a minute for each method and workspace; None has no tier of its own."""

    ONE = 10  # Slack says "1+": a socket that comes and goes may reconnect
    TWO = 20
    THREE = 50
    FOUR = 100
    SPECIAL = None


@dataclass(slots=True)
class Bucket:
    """A token bucket: `capacity` at once, refilled by `rate` a second."""

    capacity: float
    rate: float
    level: float = -1.0
    filled: float = 0.0

    def take(self, now: float) -> float:
        """0 when the call may go on, else the seconds until one may."""
        if self.level < 0:
            self.level = self.capacity
        else:
            self.level = min(self.capacity, self.level + (now - self.filled) * self.rate)
        self.filled = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.rate


@dataclass(slots=True)
class RateLimits:
    enabled: bool = True
    _buckets: dict[tuple[str, ...], Bucket] = field(default_factory=dict)

    def check(self, team_id: str, method: str, tier: Tier, channel: str | None = None) -> None:
        """Counts a call. Raises ApiError 429 with `Retry-After` in whole seconds."""
        if not self.enabled:
            return
        if tier.value is not None:
            self._take((team_id, method), tier.value, tier.value / 60)
        if method in POSTING:
            minute = WORKSPACE_POSTS_PER_MINUTE
            self._take((team_id, "posting"), minute, minute / 60)
            if channel:
                self._take((team_id, "channel", channel), CHANNEL_BURST, 1.0)

    def _take(self, key: tuple[str, ...], capacity: float, rate: float) -> None:
        bucket = self._buckets.setdefault(key, Bucket(capacity, rate))
        wait = bucket.take(time.monotonic())
        if wait > 0:
            headers = {"Retry-After": str(max(1, math.ceil(wait)))}
            raise ApiError("ratelimited", status=429, headers=headers)
