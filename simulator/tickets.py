"""What Slack lends an app for a short while: trigger ids, 3 real seconds, and response URLs,
30 minutes of the workspace's clock and five uses. Refuses what is spent or late.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from simulator.errors import ApiError
from simulator.model import Actor, Channel, Message

RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5
KEPT = 10_000  # of either; the oldest are long dead by then


@dataclass(slots=True, kw_only=True)
class Trigger:
    """`view_id` is the view it came from, which views.push needs."""

    user: str
    team_id: str
    view_id: str | None
    issued: float
    spent: bool = False


@dataclass(slots=True)
class Triggers:
    life: float
    _known: dict[str, Trigger] = field(default_factory=dict)

    def issue(self, user: str, team_id: str, view_id: str | None = None) -> str:
        trigger_id = (
            f"{time.monotonic_ns() // 1000}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        )
        self._known[trigger_id] = Trigger(
            user=user, team_id=team_id, view_id=view_id, issued=time.monotonic()
        )
        _forget_oldest(self._known)
        return trigger_id

    def look(self, trigger_id: str, team_id: str) -> Trigger:
        """The trigger, still good; `spend` it when the rest of the call is known to be right."""
        trigger = self._known.get(trigger_id)
        if trigger is None or trigger.team_id != team_id:
            raise ApiError("invalid_trigger_id")
        if trigger.spent:
            raise ApiError("trigger_exchanged")
        if time.monotonic() - trigger.issued > self.life:
            raise ApiError("trigger_expired")
        return trigger


@dataclass(slots=True, kw_only=True)
class ResponseUrl:
    """`source` is the message the interaction came from, when it came from one."""

    actor: Actor
    channel: Channel
    source: Message | None
    issued_at: datetime
    uses: int = 0


@dataclass(slots=True, kw_only=True)
class ResponseUrls:
    now: Callable[[], datetime]
    _known: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(self, actor: Actor, channel: Channel, source: Message | None = None) -> str:
        """A path below the workspace's address."""
        key = f"{actor.team.id}/{secrets.randbelow(10**9)}/{secrets.token_urlsafe(18)}"
        self._known[key] = ResponseUrl(
            actor=actor, channel=channel, source=source, issued_at=self.now()
        )
        _forget_oldest(self._known)
        return f"/response/{key}"

    def use(self, key: str) -> ResponseUrl:
        row = self._known.get(key)
        if row is None:
            raise ApiError("invalid_url", status=404)
        if self.now() - row.issued_at > RESPONSE_LIFE:
            raise ApiError("expired_url", status=404)
        if row.uses >= RESPONSE_USES:
            raise ApiError("used_url", status=404)
        row.uses += 1
        return row


def _forget_oldest(known: dict[str, Any]) -> None:
    if len(known) > KEPT:
        del known[next(iter(known))]
