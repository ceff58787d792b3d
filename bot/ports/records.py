"""Records of one workspace, and the transaction in which they change together."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.alerts import Episode, EpisodeDraft
from bot.domain.clients import Client, ClientDraft
from bot.domain.deliveries import Posted, Promise
from bot.domain.ids import (
    ChannelId,
    ClientId,
    DeliveryId,
    Destination,
    EpisodeId,
    TicketId,
    UserId,
    WorkspaceId,
)
from bot.domain.people import Person, Profile, Role
from bot.domain.tickets import Source, Ticket, TicketDraft
from bot.domain.timers import Timer, TimerKind
from bot.domain.workspaces import Workspace


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
    async def park(
        self, delivery_id: DeliveryId, *, reason: str, now: datetime, unsure: bool = False
    ) -> None:
        """Give up until the cause ends; the row stays. `unsure` when it may have been posted."""
        ...

    async def drop(self, delivery_id: DeliveryId, *, now: datetime) -> None:
        """It would be of no use any more: recorded as superseded."""
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
