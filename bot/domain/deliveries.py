"""Promised messages: in what order they leave, and when one that failed is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.ids import ChannelId, DeliveryId, Destination, MessageTs, TeamId, WorkspaceId
from bot.domain.notices import Notice

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=10)


class Lane(IntEnum):
    """Which rows are claimed first when many are waiting."""

    CRITICAL = 0
    ALERT = 1
    CARD = 2
    DIGEST = 3


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SUPERSEDED = "superseded"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where a message stands in Slack."""

    channel: ChannelId
    ts: MessageTs


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A notice on its way into the outbox.

    `key` makes it once per workspace. `subject` orders it among others for the same destination.
    With a `card`, the first one posts and later ones edit that post; a newer one replaces an
    unsent older one. `not_before` holds it back, after `useless_after` it is not sent any more.
    """

    notice: Notice
    to: Destination
    key: str
    subject: str
    lane: Lane
    card: str | None = None
    not_before: datetime | None = None
    useless_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A claimed promise.

    `edits` is the post to be edited, None to post anew. `unsure_since` is the first claim whose
    outcome nobody knows: a post is looked for in Slack's history since then before it is repeated,
    and not repeated past `useless_after`.
    """

    id: DeliveryId
    workspace_id: WorkspaceId
    team_id: TeamId
    to: Destination
    subject: str
    lane: Lane
    card: str | None
    notice: Notice
    attempts: int
    created_at: datetime
    edits: Posted | None
    unsure_since: datetime | None
    useless_after: datetime | None = None

    def is_useless(self, now: datetime) -> bool:
        return self.useless_after is not None and self.useless_after <= now


def pause_after(attempts: int, jitter: float) -> timedelta:
    """How long to wait after the n-th failure in a row: doubling, with up to half as much jitter.

    `jitter` is in [0, 1).
    """
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
    return pause * (1 + jitter / 2)
