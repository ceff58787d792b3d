"""The read side: what commands and cards show, each in one or two statements."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Text, bindparam, cast, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.cards import ClientCard
from bot.domain.clients import ClientName, fold
from bot.domain.ids import TeamId, UserId, WorkspaceId
from bot.domain.people import Asker, Person, Role, Standing
from bot.domain.reports import DailySnapshot
from bot.domain.tickets import Ticket
from bot.domain.workspaces import Workspace
from bot.ports import Span
from store.cards import read_card
from store.client_names import EXACT
from store.hot_reads import HotReads, Rows, json_of
from store.reading import fetch
from store.schema import ClientCardRow, ClientNameRow, ClientRow, MemberRow, TicketRow, WorkspaceRow
from store.scope import WORKSPACE
from store.snapshots import Snapshots
from store.tickets import BY_KEY, ticket_of
from store.types import cleaned

CARDS = 5

_ASKER = (
    select(
        MemberRow.workspace_id,
        MemberRow.name,
        MemberRow.email,
        MemberRow.zone,
        MemberRow.standing,
        MemberRow.owner,
        MemberRow.roles,
        WorkspaceRow.zone.label("workspace_zone"),
    )
    .join(WorkspaceRow, WorkspaceRow.id == MemberRow.workspace_id)
    .where(WorkspaceRow.team_id == bindparam("team"), MemberRow.user_id == bindparam("user"))
)
_CARDS = (
    select(ClientNameRow.kind, cast(ClientCardRow.facts, Text))  # for read_card
    .join(
        ClientCardRow,
        (ClientCardRow.workspace_id == ClientNameRow.workspace_id)
        & (ClientCardRow.client_id == ClientNameRow.client_id),
    )
    .where(ClientNameRow.workspace_id == WORKSPACE, ClientNameRow.folded == bindparam("name"))
    .order_by(ClientNameRow.kind, ClientNameRow.client_id)
    .limit(CARDS)
)
_NAMES = (
    select(ClientRow.id, ClientRow.code, ClientRow.name, ClientRow.status)
    .where(ClientRow.workspace_id == WORKSPACE)
    .order_by(ClientRow.folded_name, ClientRow.id)
)
_NAMES_PAGE = _NAMES.limit(bindparam("limit")).offset(bindparam("offset"))
_NAMES_TOTAL = select(func.count()).where(ClientRow.workspace_id == WORKSPACE)
_CLIENT_OF_CODE = (
    select(ClientNameRow.client_id)
    .where(
        ClientNameRow.workspace_id == WORKSPACE,
        ClientNameRow.folded == bindparam("code"),
        ClientNameRow.kind.in_(EXACT),
    )
    .scalar_subquery()
)


class SqlFacts:
    """The two reads on the way of every command are hot; `reads` serves the others."""

    def __init__(self, reads: AsyncEngine, hot: HotReads) -> None:
        self._reads = reads
        self._hot = hot
        self._asker_by_id = hot.spell(_ASKER)
        self._cards_by_name = hot.spell(_CARDS)
        self._snapshots = Snapshots(reads)

    async def asker(self, team_id: TeamId, user_id: UserId) -> Asker | None:
        rows = await self._hot.fetch(self._asker_by_id, team=team_id, user=user_id)
        return _asker(rows[0], team_id, user_id) if rows else None

    async def cards(self, workspace_id: WorkspaceId, reference: str) -> Sequence[ClientCard]:
        name = cleaned(fold(reference))
        rows = await self._hot.fetch(self._cards_by_name, workspace=workspace_id, name=name)
        return [read_card(facts) for facts in surest(rows)]

    async def client_names(self, workspace_id: WorkspaceId) -> Sequence[ClientName]:
        """By name."""
        rows = await fetch(self._reads, _NAMES, workspace=workspace_id)
        return [_client_name(row) for row in rows]

    async def ticket(self, workspace_id: WorkspaceId, key: str) -> Ticket | None:
        """By key, in any case."""
        rows = await fetch(self._reads, BY_KEY, workspace=workspace_id, folded=fold(key))
        return ticket_of(rows[0]) if rows else None

    async def open_tickets(
        self,
        workspace_id: WorkspaceId,
        *,
        code: str | None = None,
        assignee: UserId | None = None,
        limit: int,
        offset: int,
    ) -> tuple[Sequence[tuple[Ticket, ClientName]], int]:
        page, total = _open_tickets(of_code=code is not None, of_assignee=assignee is not None)
        narrowed = {"code": fold(code) if code else None, "person": assignee}
        which = {"workspace": workspace_id} | {k: v for k, v in narrowed.items() if v is not None}
        rows = await fetch(self._reads, page, **which, limit=limit, offset=offset)
        [counted] = await fetch(self._reads, total, **which)
        return [(ticket_of(row), _client_of_ticket(row)) for row in rows], counted[0]

    async def clients(
        self, workspace_id: WorkspaceId, *, limit: int, offset: int
    ) -> tuple[Sequence[ClientName], int]:
        """A page of clients by name, and how many there are in all."""
        which = {"workspace": workspace_id}
        rows = await fetch(self._reads, _NAMES_PAGE, **which, limit=limit, offset=offset)
        [counted] = await fetch(self._reads, _NAMES_TOTAL, **which)
        return [_client_name(row) for row in rows], counted[0]

    async def snapshot(
        self,
        workspace: Workspace,
        *,
        now: datetime,
        recent: Span,
        due_until: datetime,
        late: bool,
    ) -> DailySnapshot:
        return await self._snapshots.daily(
            workspace, now=now, recent=recent, due_until=due_until, late=late
        )


def surest(rows: Rows) -> list[Any]:
    """Of (kind, facts) of what answers to a name, those by the surest kind, which comes first.

    A code or alias belongs to one client, so it stands alone.
    """
    if not rows:
        return []
    surest_kind = rows[0][0]
    if surest_kind in EXACT:
        return [rows[0][1]]
    return [facts for kind, facts in rows if kind == surest_kind]


@cache
def _open_tickets(*, of_code: bool, of_assignee: bool) -> tuple[Executable, Executable]:
    """A page, and how many there are."""
    which: list[ColumnElement[bool]] = [
        TicketRow.workspace_id == WORKSPACE,
        TicketRow.next_due_at.is_not(None),
    ]
    if of_code:
        which.append(TicketRow.client_id == _CLIENT_OF_CODE)
    if of_assignee:
        which.append(TicketRow.assignee == bindparam("person"))
    page = (
        select(
            TicketRow,
            ClientRow.code.label("client_code"),
            ClientRow.name.label("client_name"),
            ClientRow.status.label("client_status"),
        )
        .join(
            ClientRow,
            (ClientRow.workspace_id == TicketRow.workspace_id)
            & (ClientRow.id == TicketRow.client_id),
        )
        .where(*which)
        .order_by(TicketRow.next_due_at, TicketRow.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )
    total = select(func.count()).select_from(TicketRow).where(*which)
    return page, total


def _asker(row: Sequence[Any], team_id: TeamId, user_id: UserId) -> Asker:
    workspace_id, name, email, zone, standing, owner, roles, workspace_zone = row
    person = Person(
        user_id=user_id,
        name=name,
        email=email,
        zone=zone,
        standing=Standing(standing),
        owner=bool(owner),
        roles=frozenset(map(Role, json_of(roles))),
    )
    return Asker(
        workspace_id=workspace_id, team_id=team_id, person=person, zone=zone or workspace_zone
    )


def _client_name(row: Any) -> ClientName:
    return ClientName(id=row.id, code=row.code, name=row.name, status=row.status)


def _client_of_ticket(row: Any) -> ClientName:
    return ClientName(
        id=row.client_id, code=row.client_code, name=row.client_name, status=row.client_status
    )
