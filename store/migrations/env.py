"""What alembic runs a migration with: the connection that `store.migrate` hands over."""

from typing import Any, Literal

from alembic import context

from store.schema import Row
from store.types import Choice, Choices, Facts, Folded, RowId, Text, UtcDateTime

_SPELLINGS = {
    Choice: "columns.CHOICE",
    Choices: "columns.CHOICES",
    Facts: "columns.FACTS",
    Folded: "columns.FOLDED",
    RowId: "columns.ID",
    Text: "columns.TEXT",
    UtcDateTime: "columns.INSTANT",
}


def spelled(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How a generated migration names a type of ours: never by code that may change later."""
    if kind != "type":
        return False
    return _SPELLINGS.get(type(item), False)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    render_item=spelled,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
