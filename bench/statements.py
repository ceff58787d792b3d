"""Counts SQL statements from outside the product: SELECT, INSERT, UPDATE and DELETE, nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from store.database import Database

_COUNTED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements both engines send while this is open; one for many rows counts once."""
    seen: list[str] = []

    def before(
        _connection: Any,
        _cursor: Any,
        statement: str,
        _rows: Any,
        _context: Any,
        _many: bool,  # noqa: FBT001  # SQLAlchemy's signature
    ) -> None:
        if _COUNTED.match(statement):
            seen.append(statement)

    engines = (database.reads.sync_engine, database.writes.sync_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", before)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", before)
