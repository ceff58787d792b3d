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
    try:
        return await _fetch(engine, statement, parameters)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return await _fetch(engine, statement, parameters)


async def _fetch(
    engine: AsyncEngine, statement: Executable, parameters: dict[str, Any]
) -> Sequence[Row[Any]]:
    async with engine.connect() as connection:
        return (await connection.execute(statement, parameters)).all()
