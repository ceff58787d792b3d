"""What is outside of our process: the time, Slack's accounts, threads and messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.deliveries import Delivery, Posted
from bot.domain.ids import (
    ChannelId,
    MessageTs,
    TeamId,
    UserId,
)
from bot.domain.people import Profile
from bot.domain.tickets import Answer


class Clock(Protocol):
    def now(self) -> datetime:
        """This instant, aware UTC."""
        ...


class Directory(Protocol):
    """Slack's own list of accounts. Network: never inside a unit of work."""

    async def profile(self, team_id: TeamId, user_id: UserId) -> Profile | None: ...
    async def profiles(self, team_id: TeamId) -> Sequence[Profile]: ...


class Threads(Protocol):
    """Slack's threads. Network: never inside a unit of work."""

    async def replies(
        self, team_id: TeamId, channel: ChannelId, ts: MessageTs
    ) -> Sequence[Answer] | None:
        """Who wrote when below that message, oldest first; None where we may not read."""
        ...


class Sender(Protocol):
    """Raises RetryLater, UnknownOutcome or Undeliverable; anything else is a bug."""

    async def send(self, delivery: Delivery, *, repeated: bool = False) -> Posted | None:
        """Post or edit; where it stands now (None where that has no meaning).

        `repeated` marks a post that may be there already, for all we can find out.
        """
        ...

    async def look_for(self, delivery: Delivery) -> Posted | None:
        """The post that carries this delivery's id in its metadata, if it is there."""
        ...
