"""What the application needs from outside, in the words of the domain.

Everything a `UnitOfWork` reaches belongs to the one workspace it was opened for; only the queues
of the courier and the scheduler look across workspaces, and they hand out one row at a time.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.alerts import Episode, EpisodeDraft
from bot.domain.cards import ClientCard
from bot.domain.clients import Client, ClientDraft, ClientName
from bot.domain.deliveries import Delivery, Posted, Promise
from bot.domain.ids import (
    ChannelId,
    ClientId,
    DeliveryId,
    Destination,
    EpisodeId,
    TeamId,
    TicketId,
    UserId,
    WorkspaceId,
)
from bot.domain.people import Asker, Person, Profile, Role
from bot.domain.reports import DailySnapshot
from bot.domain.tickets import Source, Ticket, TicketDraft
from bot.domain.timers import Timer, TimerKind
from bot.domain.workspaces import Installation, Workspace


class Clock(Protocol):
    def now(self) -> datetime:
        """This instant, aware UTC."""
        ...


class Workspaces(Protocol):
    """The one workspace of a unit of work."""

    async def get(self) -> Workspace: ...
    async def save(self, workspace: Workspace) -> None:
        """Raises StaleVersion when somebody wrote it meanwhile."""
        ...


class People(Protocol):
    async def get(self, user_id: UserId) -> Person:
        """Raises NotFound."""
        ...

    async def find(self, user_id: UserId) -> Person | None: ...
    async def by_email(self, email: str) -> Person | None: ...
    async def names(self, user_ids: Collection[UserId]) -> Mapping[UserId, str]:
        """How those of them we know are called: one statement."""
        ...

    async def with_roles(self) -> Sequence[Person]:
        """Members who hold at least one role, by name."""
        ...

    async def put(self, profiles: Sequence[Profile]) -> None:
        """Insert or update what Slack says of accounts; roles stay as they are."""
        ...

    async def set_roles(self, user_id: UserId, roles: frozenset[Role]) -> None: ...


class Clients(Protocol):
    async def add(self, draft: ClientDraft, *, now: datetime) -> Client:
        """Raises InvalidInput(field="code") when the code or an alias of it is taken."""
        ...

    async def get(self, client_id: ClientId) -> Client: ...
    async def by_code(self, code: str) -> Client | None:
        """By code or alias, in any case."""
        ...

    async def by_channel(self, channel: ChannelId) -> Client | None:
        """The client whose client channel this is."""
        ...

    async def save(self, client: Client) -> None:
        """Raises StaleVersion; a changed code keeps the old one as an alias."""
        ...


class Tickets(Protocol):
    async def add(self, draft: TicketDraft) -> Ticket:
        """The key is the client's code and its next number."""
        ...

    async def get(self, ticket_id: TicketId) -> Ticket: ...
    async def by_key(self, key: str) -> Ticket | None: ...
    async def by_source(self, source: Source) -> Ticket | None:
        """The ticket that grew out of that message (channel and ts)."""
        ...

    async def by_submission(self, key: str) -> Ticket | None: ...

    async def save(self, ticket: Ticket) -> None:
        """Raises StaleVersion."""
        ...


class Episodes(Protocol):
    async def add(self, draft: EpisodeDraft) -> Episode | None:
        """None when one is running for the same condition and subject already."""
        ...

    async def get(self, episode_id: EpisodeId) -> Episode: ...
    async def running(self, *, ticket_id: TicketId) -> Sequence[Episode]: ...
    async def save(self, episode: Episode) -> None:
        """Raises StaleVersion."""
        ...


class Timers(Protocol):
    """Due rows: what becomes due when. One row for each (kind, subject)."""

    async def set(self, kind: TimerKind, subject: str, *, due_at: datetime) -> None:
        """Insert, or move the one that is there."""
        ...

    async def cancel(self, kind: TimerKind, subject: str) -> None: ...
    async def take(self, timer: Timer) -> bool:
        """Remove it for good. False when it was taken, moved or cancelled meanwhile."""
        ...


class Slots(Protocol):
    async def take(self, job: str, slot: str, *, now: datetime) -> bool:
        """True once for each (workspace, job, slot), however many replicas ask."""
        ...


class Inbox(Protocol):
    async def first(self, key: str, *, now: datetime) -> bool:
        """True the first time this key is seen; recorded with the effect, in its transaction."""
        ...


class Outbox(Protocol):
    async def put(self, promise: Promise, *, now: datetime) -> None:
        """Queue once for each key; a second put of the same key is a no-op."""
        ...

    async def cards(self, subject: str) -> Sequence[tuple[Destination, str]]:
        """(destination, card) of every card about that subject that was sent or will be."""
        ...

    async def withdraw(self, subject: str, *, now: datetime) -> None:
        """Mark what is still unsent about that subject as superseded."""
        ...

    async def wake(self, to: Destination) -> None:
        """Try what is parked for that destination again."""
        ...

    async def sent(
        self, delivery_id: DeliveryId, posted: Posted | None, *, now: datetime
    ) -> None: ...
    async def park(self, delivery_id: DeliveryId, *, reason: str, now: datetime) -> None:
        """Give up until the cause ends; the row stays and shows in `/ops deliveries`."""
        ...


class Audit(Protocol):
    async def record(
        self,
        action: str,
        *,
        by: UserId | None,
        subject: str,
        now: datetime,
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """Append one entry. `by` is None when the system acted."""
        ...


class UnitOfWork(Protocol):
    @property
    def workspace_id(self) -> WorkspaceId: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def people(self) -> People: ...
    @property
    def clients(self) -> Clients: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def episodes(self) -> Episodes: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def slots(self) -> Slots: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def audit(self) -> Audit: ...


class UnitsOfWork(Protocol):
    """Opens one transaction on one workspace: commits on a clean exit, rolls back otherwise."""

    def __call__(self, workspace_id: WorkspaceId) -> AbstractAsyncContextManager[UnitOfWork]: ...


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
        yesterday: Span,
        due_until: datetime,
        late: bool,
    ) -> DailySnapshot: ...


class Directory(Protocol):
    """Slack's own list of accounts. Network: never inside a unit of work."""

    async def profile(self, team_id: TeamId, user_id: UserId) -> Profile | None: ...
    async def profiles(self, team_id: TeamId) -> Sequence[Profile]: ...


class Sender(Protocol):
    """Raises RetryLater, UnknownOutcome or Undeliverable; anything else is a bug."""

    async def send(self, delivery: Delivery) -> Posted | None:
        """Post or edit; where it stands now (None where that has no meaning)."""
        ...

    async def look_for(self, delivery: Delivery) -> Posted | None:
        """The post that carries this delivery's id in its metadata, if it is there."""
        ...
