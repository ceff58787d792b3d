"""The agency that is measured: clients, people and tickets, inserted in bulk.

Rows are what the product would have written; the cards are made by the store itself.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from bench.databases import opened
from bench.wire import TEAM, USER
from bot.domain.clients import ClientStatus, fold
from bot.domain.ids import ClientId, TeamId, UserId, WorkspaceId
from bot.domain.people import Role, Standing
from bot.domain.tickets import Intake, Priority, TicketStatus
from bot.domain.workspaces import Installation
from store.client_names import words_of
from store.database import Database
from store.schema import ClientNameRow, ClientRow, ClientTeamRow, MemberRow, TicketRow
from store.schema.clients import NameKind

BATCH = 5000
OPEN_DAYS = 12  # what is older is closed
_HOUR = timedelta(hours=1)
_TRADES = ("Bakery", "Clinic", "Logistics", "Studio", "Foundry", "Hotel", "Press", "Systems")
_RESPONSE_HOURS = {priority: 4 * (rank + 1) for rank, priority in enumerate(Priority)}


def code_of(number: int) -> str:
    """ACME is the first client, and the one whose status is asked for."""
    return "ACME" if number == 1 else f"C{number:05}"


async def fill(url: str, *, clients: int, tickets_each: int, days: int) -> WorkspaceId:
    """One workspace; each client with as many tickets, requested over the last `days`."""
    now = datetime.now(UTC)
    async with opened(url) as database:
        workspace = await database.installations.put(_installation(), now=now)
        await _insert(database, MemberRow, [_member(workspace.id)])
        numbers = range(1, clients + 1)
        made = [_client(workspace.id, number, tickets_each, now) for number in numbers]
        await _insert(database, ClientRow, made)
        ids = await _ids(database)
        await _insert(database, ClientNameRow, _names(workspace.id, made, ids))
        await _insert(database, ClientTeamRow, _teams(workspace.id, ids))
        await _insert(database, TicketRow, _tickets(workspace.id, ids, tickets_each, days, now))
        await database.rebuild_cards(workspace.id)
        await _analyze(database)
    return workspace.id


async def _insert(
    database: Database, table: type[Any], rows: Sequence[Mapping[str, Any]] | Iterator[Any]
) -> None:
    waiting = list(rows)
    async with database.writes.begin() as connection:
        for start in range(0, len(waiting), BATCH):
            await connection.execute(insert(table), waiting[start : start + BATCH])
            await asyncio.sleep(0)


async def _ids(database: Database) -> dict[str, ClientId]:
    async with database.reads.connect() as connection:
        rows = await connection.execute(select(ClientRow.code, ClientRow.id))
        return {row.code: row.id for row in rows}


async def _analyze(database: Database) -> None:
    """What the database's own upkeep would have done by now."""
    async with database.reads.connect() as connection:
        await connection.exec_driver_sql("ANALYZE")


def _installation() -> Installation:
    return Installation(
        team_id=TeamId(TEAM),
        team_name="Bench",
        bot_token="",
        bot_user_id=UserId("U0APP"),
        bot_id="B0BENCH",
        zone="Europe/Berlin",
    )


def _member(workspace_id: WorkspaceId) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "user_id": USER,
        "name": "bench1",
        "email": None,
        "folded_email": None,
        "zone": "Europe/Berlin",
        "standing": Standing.MEMBER,
        "owner": True,
        "roles": frozenset({Role.ACCOUNT_MANAGER, Role.ADMIN}),
    }


def _client(workspace_id: WorkspaceId, number: int, tickets: int, now: datetime) -> dict[str, Any]:
    code = code_of(number)
    name = f"{code.title()} {_TRADES[number % len(_TRADES)]}"
    empty = ("type", "notes", "external_id", "primary_email", "industry", "size")
    return dict.fromkeys(empty, "") | {
        "workspace_id": workspace_id,
        "code": code,
        "name": name,
        "folded_name": fold(name),
        "status": ClientStatus.ACTIVE,
        "website": f"https://{code.lower()}.example",
        "package": "Premium",
        "tags": [],
        "links": {},
        "location": {},
        "created_at": now - timedelta(days=90),
        "last_ticket": tickets,
        "version": 1,
    }


def _names(
    workspace_id: WorkspaceId, clients: Sequence[Mapping[str, Any]], ids: Mapping[str, ClientId]
) -> Iterator[dict[str, Any]]:
    for client in clients:
        kinds = [(NameKind.CODE, fold(client["code"])), (NameKind.NAME, client["folded_name"])]
        kinds += [(NameKind.WORD, word) for word in words_of(client["name"])]
        for kind, folded in kinds:
            yield {
                "workspace_id": workspace_id,
                "client_id": ids[client["code"]],
                "kind": kind,
                "folded": folded,
            }


def _teams(workspace_id: WorkspaceId, ids: Mapping[str, ClientId]) -> Iterator[dict[str, Any]]:
    for client_id in ids.values():
        for role in (Role.ACCOUNT_MANAGER, Role.SUPPORT_CONTACT):
            yield {
                "workspace_id": workspace_id,
                "client_id": client_id,
                "role": role,
                "user_id": USER,
            }


def _tickets(
    workspace_id: WorkspaceId, ids: Mapping[str, ClientId], each: int, days: int, now: datetime
) -> Iterator[dict[str, Any]]:
    for code, client_id in ids.items():
        for number in range(1, each + 1):
            hours = (client_id * 7 + number * 131) % (days * 24)
            requested_at = now - hours * _HOUR
            yield {
                "workspace_id": workspace_id,
                "client_id": client_id,
                "key": f"{code}-{number}",
                "folded_key": fold(f"{code}-{number}"),
                "title": f"Request {number}: the export is empty",
                **_course(number, requested_at, is_open=hours < OPEN_DAYS * 24),
            }


def _course(number: int, requested_at: datetime, *, is_open: bool) -> dict[str, Any]:
    """Its clocks, and how far it got."""
    priority = tuple(Priority)[number % len(Priority)]
    response_due_at = requested_at + _RESPONSE_HOURS[priority] * _HOUR
    resolution_due_at = requested_at + 5 * _RESPONSE_HOURS[priority] * _HOUR
    return {
        "description": "",
        "priority": priority,
        "category": "",
        "intake": Intake.SLACK,
        "status": TicketStatus.NEW if is_open else TicketStatus.CLOSED,
        "requester": USER,
        "assignee": None if is_open else USER,
        "source_channel": None,
        "source_ts": None,
        "source_author": None,
        "submission": None,
        "opened_by": USER,
        "requested_at": requested_at,
        "created_at": requested_at,
        "response_warn_at": response_due_at - _HOUR,
        "response_due_at": response_due_at,
        "resolution_warn_at": resolution_due_at - _HOUR,
        "resolution_due_at": resolution_due_at,
        "responded_at": None if is_open else requested_at + _HOUR,
        "responded_by": None if is_open else USER,
        "closed_at": None if is_open else requested_at + 24 * _HOUR,
        "resolution": "" if is_open else "Done.",
        "external_id": "",
        "next_due_at": response_due_at if is_open else None,
        "version": 1,
    }
