"""Reads on the way of every command, without the machinery around a driver.

A statement is spelled once; its rows come as the driver gives them (see `json_of`). SQLite is
asked on the event loop by a connection that is held: a look-up by index takes some 20 µs, handing
it to a thread several times that. PostgreSQL is asked by connections held open. Whatever goes wrong
there is asked once more in the ordinary way, so this is never less available than any other read.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.reading import fetch_bound

HELD = 4

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A statement as a driver takes it: SQL, the names of its parameters in order, fixed values."""

    sql: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]

    def values(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(given[name] if name in given else self.fixed[name] for name in self.names)


def spell(statement: ClauseElement, dialect: Dialect) -> Spelled:
    compiled: Any = statement.compile(dialect=dialect)
    return Spelled(str(compiled), tuple(compiled.positiontup or ()), compiled.params)


def json_of(value: Any) -> Any:
    """A JSON column: text from SQLite, read already by PostgreSQL's driver."""
    return json.loads(value) if isinstance(value, str) else value


class Line(Protocol):
    """A way straight to the driver. Raises one of its `troubles` when it is of no use now."""

    @property
    def troubles(self) -> tuple[type[Exception], ...]: ...

    async def fetch(self, sql: str, values: tuple[Any, ...]) -> Rows: ...
    async def close(self) -> None: ...


class HotReads:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._line: Line = (
            _SqliteLine(engine) if engine.dialect.name == "sqlite" else _PostgresLine(engine)
        )
        self.on_statement: Callable[[str], None] | None = None

    def spell(self, statement: ClauseElement) -> Spelled:
        return spell(statement, self._engine.dialect)

    async def fetch(self, statement: Spelled, **parameters: Any) -> Rows:
        """All rows, as tuples in the order of the columns, as the driver gives them."""
        if self.on_statement is not None:
            self.on_statement(statement.sql)
        values = statement.values(parameters)
        try:
            return await self._line.fetch(statement.sql, values)
        except self._line.troubles:
            return await fetch_bound(self._engine, statement.sql, values)

    async def close(self) -> None:
        await self._line.close()


class _SqliteLine:
    """Does not wait for a lock on the event loop: that is trouble, and a thread waits."""

    troubles = (sqlite3.OperationalError,)

    def __init__(self, engine: AsyncEngine) -> None:
        self._path = str(engine.url.database)
        self._connection: sqlite3.Connection | None = None

    async def fetch(self, sql: str, values: tuple[Any, ...]) -> Rows:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, timeout=0, isolation_level=None)
            self._connection.execute("PRAGMA query_only = ON")
        return self._connection.execute(sql, values).fetchall()

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _PostgresLine:
    troubles = (
        asyncpg.PostgresConnectionError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,  # the server's farewell and our question crossed
        OSError,
    )

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._free = asyncio.Semaphore(HELD)
        self._idle: list[tuple[AsyncConnection, Any]] = []

    async def fetch(self, sql: str, values: tuple[Any, ...]) -> Rows:
        async with self._free:
            held, driver = self._idle.pop() if self._idle else await self._connect()
            whole = False
            try:
                rows: Rows = await driver.fetch(sql, *values)
                whole = True
            finally:
                await self._give_back(held, driver, whole=whole)
            return rows

    async def close(self) -> None:
        while self._idle:
            held, _ = self._idle.pop()
            await held.close()

    async def _give_back(self, held: AsyncConnection, driver: Any, *, whole: bool) -> None:
        """After an error or a cancellation the connection may be halfway through an answer."""
        if whole:
            self._idle.append((held, driver))
        else:
            await held.invalidate()
            await held.close()

    async def _connect(self) -> tuple[AsyncConnection, Any]:
        held = await self._engine.connect()
        raw = await held.get_raw_connection()
        return held, raw.driver_connection
