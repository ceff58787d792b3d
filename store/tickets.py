"""Tickets, as rows. A ticket keeps the key it was born with."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.domain.clients import fold
from bot.domain.errors import NotFound, StaleVersion
from bot.domain.ids import TicketId
from bot.domain.tickets import Source, Ticket, TicketDraft
from store.schema import ClientRow, TicketRow
from store.scope import WORKSPACE, Scope, on_both

_IN_WORKSPACE = select(TicketRow).where(TicketRow.workspace_id == WORKSPACE)
_GET = _IN_WORKSPACE.where(TicketRow.id == bindparam("ticket"))
BY_KEY = _IN_WORKSPACE.where(TicketRow.folded_key == bindparam("folded"))
_BY_SOURCE = _IN_WORKSPACE.where(
    TicketRow.source_channel == bindparam("channel"), TicketRow.source_ts == bindparam("ts")
)
_BY_SUBMISSION = _IN_WORKSPACE.where(TicketRow.submission == bindparam("key"))
_NEXT_NUMBER = (
    update(ClientRow)
    .where(ClientRow.workspace_id == WORKSPACE, ClientRow.id == bindparam("client"))
    .values(last_ticket=ClientRow.last_ticket + 1)
    .returning(ClientRow.code, ClientRow.last_ticket)
)
_ADD = on_both(
    lambda insert: (
        insert(TicketRow)
        .on_conflict_do_nothing(
            index_elements=[TicketRow.workspace_id, TicketRow.source_channel, TicketRow.source_ts]
        )
        .returning(TicketRow.id)
    )
)
_SAVE = update(TicketRow).where(
    TicketRow.workspace_id == WORKSPACE,
    TicketRow.id == bindparam("ticket"),
    TicketRow.version == bindparam("read_version"),
)


class SqlTickets:
    """Every ticket it writes marks its client as touched, so that the card is made anew."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, draft: TicketDraft) -> Ticket:
        """Raises NotFound; StaleVersion when its message or submission made one meanwhile."""
        numbered = (await self._scope.run(_NEXT_NUMBER, client=draft.client_id)).one_or_none()
        if numbered is None:
            raise NotFound("That client is not here.")
        key = f"{numbered.code}-{numbered.last_ticket}"
        born = {"key": key, "folded_key": fold(key), "version": 1}
        added = (await self._scope.insert(_ADD, **_values(draft), **born)).one_or_none()
        if added is None:
            raise StaleVersion("That request became a ticket meanwhile.")
        self._scope.touched.add(draft.client_id)
        fields = {name: getattr(draft, name) for name in TicketDraft.__dataclass_fields__}
        return Ticket(**fields, id=added.id, key=key)

    async def get(self, ticket_id: TicketId) -> Ticket:
        row = (await self._scope.run(_GET, ticket=ticket_id)).one_or_none()
        if row is None:
            raise NotFound("That ticket is not here.")
        return ticket_of(row)

    async def by_key(self, key: str) -> Ticket | None:
        row = (await self._scope.run(BY_KEY, folded=fold(key))).one_or_none()
        return None if row is None else ticket_of(row)

    async def by_source(self, source: Source) -> Ticket | None:
        found = await self._scope.run(_BY_SOURCE, channel=source.channel, ts=source.ts)
        row = found.one_or_none()
        return None if row is None else ticket_of(row)

    async def by_submission(self, key: str) -> Ticket | None:
        row = (await self._scope.run(_BY_SUBMISSION, key=key)).one_or_none()
        return None if row is None else ticket_of(row)

    async def save(self, ticket: Ticket) -> None:
        written = await self._scope.run(
            _SAVE,
            ticket=ticket.id,
            read_version=ticket.version,
            **_values(ticket),
            version=ticket.version + 1,
        )
        if written.rowcount != 1:
            raise StaleVersion(f"{ticket.key} was changed meanwhile.")
        self._scope.touched.add(ticket.client_id)


def next_due_at(ticket: TicketDraft) -> datetime | None:
    """The soonest of its clocks still running; None once it is not open."""
    if not ticket.status.is_open:
        return None
    if ticket.responded_at is not None:
        return ticket.resolution_due_at
    return min(ticket.response_due_at, ticket.resolution_due_at)


def _values(ticket: TicketDraft) -> dict[str, Any]:
    source = ticket.source
    return {
        "client_id": ticket.client_id,
        "title": ticket.title,
        "description": ticket.description,
        "priority": ticket.priority,
        "category": ticket.category,
        "intake": ticket.intake,
        "status": ticket.status,
        "requester": ticket.requester,
        "assignee": ticket.assignee,
        "source_channel": source and source.channel,
        "source_ts": source and source.ts,
        "source_author": source and source.author,
        "submission": ticket.submission,
        "opened_by": ticket.opened_by,
        "requested_at": ticket.requested_at,
        "created_at": ticket.created_at,
        "response_warn_at": ticket.response_warn_at,
        "response_due_at": ticket.response_due_at,
        "resolution_warn_at": ticket.resolution_warn_at,
        "resolution_due_at": ticket.resolution_due_at,
        "responded_at": ticket.responded_at,
        "responded_by": ticket.responded_by,
        "closed_at": ticket.closed_at,
        "resolution": ticket.resolution,
        "external_id": ticket.external_id,
        "next_due_at": next_due_at(ticket),
    }


def ticket_of(row: Any) -> Ticket:
    return Ticket(
        id=row.id,
        client_id=row.client_id,
        key=row.key,
        title=row.title,
        description=row.description,
        priority=row.priority,
        category=row.category,
        intake=row.intake,
        status=row.status,
        requester=row.requester,
        assignee=row.assignee,
        source=_source(row),
        submission=row.submission,
        opened_by=row.opened_by,
        requested_at=row.requested_at,
        created_at=row.created_at,
        response_warn_at=row.response_warn_at,
        response_due_at=row.response_due_at,
        resolution_warn_at=row.resolution_warn_at,
        resolution_due_at=row.resolution_due_at,
        responded_at=row.responded_at,
        responded_by=row.responded_by,
        closed_at=row.closed_at,
        resolution=row.resolution,
        external_id=row.external_id,
        version=row.version,
    )


def _source(row: Any) -> Source | None:
    if row.source_channel is None:
        return None
    return Source(channel=row.source_channel, ts=row.source_ts, author=row.source_author)
