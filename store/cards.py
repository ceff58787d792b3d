"""The card of each client: a projection written in the transaction of every change it shows.

Made from scratch by one function, so a card kept up to date and a rebuilt one are the same.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, Select, bindparam, func, select

from bot.domain.cards import CARD_TICKETS, ClientCard, OpenTicket
from bot.domain.ids import ClientId, UserId
from bot.domain.people import Role
from bot.domain.tickets import Priority
from store import codec
from store.schema import ClientCardRow, ClientRow, ClientTeamRow, TicketRow
from store.scope import WORKSPACE, Insert, Scope, on_both

CHUNK = 500

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def _newest(column: Any) -> Any:
    return (
        select(func.max(column))
        .where(TicketRow.workspace_id == WORKSPACE, TicketRow.client_id == ClientRow.id)
        .correlate(ClientRow)
        .scalar_subquery()
    )


_LOCKED = (
    select(ClientRow.id)
    .where(ClientRow.workspace_id == WORKSPACE, ClientRow.id.in_(_IDS))
    .order_by(ClientRow.id)
    .with_for_update(key_share=True)
)
_CLIENTS = select(
    ClientRow,
    _newest(TicketRow.requested_at).label("newest_request_at"),
    _newest(TicketRow.responded_at).label("newest_answer_at"),
).where(ClientRow.workspace_id == WORKSPACE, ClientRow.id.in_(_IDS))
_TEAMS = (
    select(ClientTeamRow)
    .where(ClientTeamRow.workspace_id == WORKSPACE, ClientTeamRow.client_id.in_(_IDS))
    .order_by(ClientTeamRow.client_id, ClientTeamRow.role)
)
_OPEN = (
    TicketRow.workspace_id == WORKSPACE,
    TicketRow.client_id.in_(_IDS),
    TicketRow.next_due_at.is_not(None),
)
_COUNTS = (
    select(TicketRow.client_id, TicketRow.priority, func.count().label("open"))
    .where(*_OPEN)
    .group_by(TicketRow.client_id, TicketRow.priority)
    .order_by(TicketRow.client_id, TicketRow.priority)
)


def _soonest() -> Select[Any]:
    place = func.row_number().over(
        partition_by=TicketRow.client_id, order_by=(TicketRow.next_due_at, TicketRow.id)
    )
    numbered = select(TicketRow, place.label("place")).where(*_OPEN).subquery()
    return (
        select(numbered)
        .where(numbered.c.place <= CARD_TICKETS)
        .order_by(numbered.c.client_id, numbered.c.place)
    )


def _put(insert: Any) -> Insert:
    statement: Insert = insert(ClientCardRow)
    return statement.on_conflict_do_update(
        index_elements=[ClientCardRow.workspace_id, ClientCardRow.client_id],
        set_={"facts": statement.excluded.facts},
    )


_TICKETS = _soonest()
_PUT = on_both(_put)
_ALL = select(ClientRow.id).where(ClientRow.workspace_id == WORKSPACE).order_by(ClientRow.id)
_write = codec.encoder(ClientCard)
_CARD = TypeAdapter(ClientCard)


async def refresh(scope: Scope, client_ids: Collection[ClientId]) -> None:
    """Make the cards of these clients anew: a fixed number of statements for each `CHUNK` of them.

    The clients are locked first. Of two transactions that touch the same one, the second reads
    what the first has committed, so neither writes a card without the other's ticket.
    """
    wanted = sorted(client_ids)
    for start in range(0, len(wanted), CHUNK):
        await _refresh_chunk(scope, wanted[start : start + CHUNK])


async def rebuild(scope: Scope) -> int:
    """Make every card of the workspace anew; how many there are."""
    client_ids = list((await scope.run(_ALL)).scalars())
    await refresh(scope, client_ids)
    return len(client_ids)


def read_card(facts: str) -> ClientCard:
    """The card of those facts as JSON. It is read by every command: text to objects in one go."""
    return _CARD.validate_json(facts)


async def _refresh_chunk(scope: Scope, ids: list[ClientId]) -> None:
    await scope.run(_LOCKED, ids=ids)
    teams: Mapping[ClientId, dict[Role, UserId]] = defaultdict(dict)
    for row in await scope.run(_TEAMS, ids=ids):
        teams[row.client_id][row.role] = row.user_id
    counts: Mapping[ClientId, dict[Priority, int]] = defaultdict(dict)
    for row in await scope.run(_COUNTS, ids=ids):
        counts[row.client_id][row.priority] = row.open
    tickets: Mapping[ClientId, list[OpenTicket]] = defaultdict(list)
    for row in await scope.run(_TICKETS, ids=ids):
        tickets[row.client_id].append(_open_ticket(row))
    cards = [
        {
            "client_id": row.id,
            "facts": _write(_card(row, teams[row.id], counts[row.id], tuple(tickets[row.id]))),
        }
        for row in await scope.run(_CLIENTS, ids=ids)
    ]
    await scope.insert_all(_PUT, cards)


def _card(
    row: Any,
    team: Mapping[Role, UserId],
    counts: Mapping[Priority, int],
    tickets: tuple[OpenTicket, ...],
) -> ClientCard:
    contacts = [at for at in (row.newest_request_at, row.newest_answer_at) if at is not None]
    return ClientCard(
        code=row.code,
        name=row.name,
        status=row.status,
        website=row.website,
        package=row.package,
        zone=row.zone,
        team=team,
        internal_channel=row.internal_channel,
        client_channel=row.client_channel,
        open_by_priority=counts,
        tickets=tickets,
        last_contact_at=max(contacts, default=None),
    )


def _open_ticket(row: Any) -> OpenTicket:
    return OpenTicket(
        key=row.key,
        title=row.title,
        priority=row.priority,
        status=row.status,
        assignee=row.assignee,
        requested_at=row.requested_at,
        response_warn_at=row.response_warn_at,
        response_due_at=row.response_due_at,
        responded_at=row.responded_at,
        resolution_warn_at=row.resolution_warn_at,
        resolution_due_at=row.resolution_due_at,
    )
