"""The read side: one query a fact, committed state only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cards import ClientCard
from bot.domain.clients import ClientName
from bot.domain.ids import (
    TeamId,
    UserId,
    WorkspaceId,
)
from bot.domain.people import Asker
from bot.domain.reports import DailySnapshot
from bot.domain.tickets import Ticket
from bot.domain.workspaces import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open stretch of time, [since, until)."""

    since: datetime
    until: datetime


class Facts(Protocol):
    """The read side: one query a fact. Sees only what is committed."""

    async def asker(self, team_id: TeamId, user_id: UserId) -> Asker | None:
        """Who asks, with the workspace's id and their zone: one statement."""
        ...

    async def cards(self, workspace_id: WorkspaceId, reference: str) -> Sequence[ClientCard]:
        """The cards (at most 5) that answer to it, in any case: one statement.

        The one with that code or alias; else those with exactly that name; else those with that
        word in their name.
        """
        ...

    async def client_names(self, workspace_id: WorkspaceId) -> Sequence[ClientName]:
        """Every client's code and name, for look-up by fuzzy text."""
        ...

    async def ticket(self, workspace_id: WorkspaceId, key: str) -> Ticket | None: ...
    async def open_tickets(
        self,
        workspace_id: WorkspaceId,
        *,
        code: str | None = None,
        assignee: UserId | None = None,
        limit: int,
        offset: int,
    ) -> tuple[Sequence[tuple[Ticket, ClientName]], int]:
        """A page of open tickets, soonest due first, and how many there are in all.

        `code` narrows it to the client with that code, `assignee` to that person's.
        """
        ...

    async def clients(
        self, workspace_id: WorkspaceId, *, limit: int, offset: int
    ) -> tuple[Sequence[ClientName], int]: ...
    async def snapshot(
        self,
        workspace: Workspace,
        *,
        now: datetime,
        recent: Span,
        due_until: datetime,
        late: bool,
    ) -> DailySnapshot: ...
