"""Counts what a piece of work says to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from store.database import Database

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement with which rows are read or written, as it was sent, by either engine."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith(COUNTED):
            said.append(" ".join(statement.split()))

    database.hot_reads.on_statement = said.append
    engines = [database.reads.sync_engine, database.writes.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        database.hot_reads.on_statement = None
        for engine in engines:
            event.remove(engine, "before_cursor_execute", listen)
