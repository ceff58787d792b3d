"""Engines and the unit of work: the only place that commits. Accepts SQLite files and PostgreSQL.

Reading and writing have an engine each. Reads run in AUTOCOMMIT, a round trip a statement. A write
transaction on SQLite begins IMMEDIATE, so two writers queue up instead of failing halfway.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import ports
from bot.domain.errors import ConfigError, StaleVersion
from bot.domain.ids import WorkspaceId
from store import cards, settling
from store.audit import SqlAudit
from store.clients import SqlClients
from store.episodes import SqlEpisodes
from store.facts import SqlFacts
from store.hot_reads import HELD, HotReads
from store.inbox import SqlInbox
from store.installations import SqlInstallations
from store.job_runs import SqlSlots
from store.outbox import SqlOutbox
from store.outbox_queue import SqlQueue
from store.people import SqlPeople
from store.scope import Scope
from store.sealing import Seal
from store.tickets import SqlTickets
from store.timers import SqlDueTimers, SqlTimers
from store.workspaces import SqlWorkspaces

BUSY_MS = 10_000
POOL = 5
_LOST_RACES = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock

# WAL lets readers go on beside the writer. With synchronous=NORMAL a commit has reached the
# operating system when it returns, so a killed process loses nothing that was committed; only a
# power cut can lose the last moments, and it corrupts nothing.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_MS}",
)

OnCommit = Callable[[], None]


class SqlUnitOfWork:
    """The repositories of one transaction on one workspace."""

    def __init__(self, scope: Scope) -> None:
        self.workspace_id = scope.workspace_id
        self.workspaces: ports.Workspaces = SqlWorkspaces(scope)
        self.people: ports.People = SqlPeople(scope)
        self.clients: ports.Clients = SqlClients(scope)
        self.tickets: ports.Tickets = SqlTickets(scope)
        self.episodes: ports.Episodes = SqlEpisodes(scope)
        self.timers: ports.Timers = SqlTimers(scope)
        self.slots: ports.Slots = SqlSlots(scope)
        self.inbox: ports.Inbox = SqlInbox(scope)
        self.outbox: ports.Outbox = SqlOutbox(scope)
        self.audit: ports.Audit = SqlAudit(scope)


class Database:
    """Everything the application needs of a database, by its URL.

    `keys` seal the tokens of installations: the first one seals, all of them open. Raises
    ConfigError for a URL that names anything but a SQLite file or PostgreSQL by asyncpg.
    """

    def __init__(self, url: str, *, keys: Sequence[str] = ()) -> None:
        self.url = checked_url(url)
        self.reads = _read_engine(self.url)
        self.writes = write_engine(self.url)
        self.hot_reads = HotReads(self.reads)
        self.facts: ports.Facts = SqlFacts(self.reads, self.hot_reads)
        self.queue: ports.Queue = SqlQueue(reads=self.reads, writes=self.writes)
        self.due_timers: ports.DueTimers = SqlDueTimers(self.reads)
        self.installations: ports.Installations = SqlInstallations(
            reads=self.reads, writes=self.writes, seal=Seal(keys)
        )
        self._on_queued: list[OnCommit] = []
        self._on_timed: list[OnCommit] = []

    def on_queued(self, wake: OnCommit) -> None:
        """Call `wake` after every commit that left something for the courier."""
        self._on_queued.append(wake)

    def on_timed(self, wake: OnCommit) -> None:
        """Call `wake` after every commit that set a timer."""
        self._on_timed.append(wake)

    @asynccontextmanager
    async def unit_of_work(self, workspace_id: WorkspaceId) -> AsyncIterator[ports.UnitOfWork]:
        """One transaction: a clean exit commits, nothing else does.

        Raises StaleVersion when the database gave it up for another one.
        """
        try:
            async with self.writes.begin() as connection:
                scope = Scope(connection, workspace_id)
                yield SqlUnitOfWork(scope)
                await settling.finish(scope)
                await cards.refresh(scope, scope.touched)
        except DBAPIError as error:
            if _is_lost_race(error):
                raise StaleVersion("Another transaction went first.") from error
            raise
        self._tell(scope)

    async def rebuild_cards(self, workspace_id: WorkspaceId) -> int:
        """Make every card of the workspace from scratch; how many there are."""
        async with self.writes.begin() as connection:
            return await cards.rebuild(Scope(connection, workspace_id))

    async def close(self) -> None:
        await self.hot_reads.close()
        await self.reads.dispose()
        await self.writes.dispose()

    def _tell(self, scope: Scope) -> None:
        for wake in self._on_queued if scope.queued else ():
            wake()
        for wake in self._on_timed if scope.timed else ():
            wake()


def checked_url(url: str) -> URL:
    """The URL, if it names an engine we know. Raises ConfigError saying what to write."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError([f"DATABASE_URL cannot be read: {_WANTED}"]) from error
    if parsed.drivername == "postgresql+asyncpg":
        return parsed
    if parsed.drivername == "sqlite+aiosqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed
    raise ConfigError([f"DATABASE_URL names {parsed.drivername}: {_WANTED}"])


_WANTED = "it is sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME."


def _read_engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", pool_size=POOL + HELD)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def write_engine(url: URL) -> AsyncEngine:
    """On SQLite a single connection: writers of this process wait their turn in the pool."""
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=POOL, pool_pre_ping=True)
    engine = create_async_engine(url, pool_size=1, max_overflow=0)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so, not by themselves
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_lost_race(error: DBAPIError) -> bool:
    busy = "database is locked" in str(error.orig)
    return busy or getattr(error.orig, "sqlstate", None) in _LOST_RACES
