"""One read outside any transaction: sees only what is committed, and survives a lost connection."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine


async def fetch(
    engine: AsyncEngine, statement: Executable, **parameters: Any
) -> Sequence[Row[Any]]:
    """All rows. A connection the server closed is replaced, once: reading twice is safe."""
    return await fetch_bound(engine, statement, parameters)


async def fetch_bound(
    engine: AsyncEngine, statement: Executable | str, parameters: Any
) -> Sequence[Row[Any]]:
    """As `fetch`; a statement that is a string already goes to the driver as it is."""
    try:
        return await _ask(engine, statement, parameters)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return await _ask(engine, statement, parameters)


async def _ask(
    engine: AsyncEngine, statement: Executable | str, parameters: Any
) -> Sequence[Row[Any]]:
    async with engine.connect() as connection:
        if isinstance(statement, str):
            return (await connection.exec_driver_sql(statement, parameters)).all()
        return (await connection.execute(statement, parameters)).all()
