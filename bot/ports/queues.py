"""What is looked at across workspaces: installations, the outbox and due rows, a row at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.deliveries import Delivery
from bot.domain.ids import (
    Destination,
    TeamId,
)
from bot.domain.timers import Timer
from bot.domain.workspaces import Installation, Workspace


class Installations(Protocol):
    """Which workspaces there are, and the token of each. Across workspaces by nature."""

    async def put(self, installation: Installation, *, now: datetime) -> Workspace:
        """Insert or renew; a new one brings its workspace with it."""
        ...

    async def find(self, team_id: TeamId) -> Installation | None: ...
    async def workspace(self, team_id: TeamId) -> Workspace | None:
        """The workspace of that team, if it has a living installation."""
        ...

    async def revoke(self, team_id: TeamId, *, now: datetime) -> None: ...
    async def workspaces(self) -> Sequence[Workspace]:
        """Every workspace with a living installation, by id."""
        ...


class Queue(Protocol):
    """The outbox as the courier sees it, across workspaces. Each call is a transaction."""

    async def claim(
        self, *, now: datetime, limit: int, lease_until: datetime, skip: Sequence[Destination]
    ) -> Sequence[Delivery]:
        """Take due rows, critical lanes first, in order within (destination, subject).

        A row whose lease ran out is handed out again with `unsure_since` set. Rows past
        `useless_after` are marked superseded instead. Destinations in `skip` are left alone.
        """
        ...

    async def retry(
        self, delivery: Delivery, *, at: datetime, reason: str, unsure: bool
    ) -> None: ...
    async def next_due_at(self, *, now: datetime) -> datetime | None:
        """When the earliest waiting row becomes due; None when nothing waits."""
        ...


class DueTimers(Protocol):
    """Due rows across workspaces, soonest first."""

    async def due(self, *, now: datetime, limit: int) -> Sequence[Timer]: ...
    async def next_due_at(self) -> datetime | None: ...
