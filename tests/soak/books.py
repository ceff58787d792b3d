"""Both sides of the account at one moment: what our database promised, what Slack shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import select

from handlers.sender import EVENT_TYPE
from simulator.model import Message
from simulator.workspace import Workspace
from store.database import Database
from store.schema import AuditRow, EpisodeRow, OutboxRow, TicketRow, TimerRow, WorkspaceRow

Rows: TypeAlias = Sequence[Any]
Place: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Our side: every row of the tables that promise something, by id."""

    workspace: Any
    outbox: Rows
    tickets: Rows
    episodes: Rows
    timers: Rows
    audit: Rows

    @property
    def messages(self) -> Mapping[tuple[str, str], Rows]:
        """The rows of each message: the states of a card, or a row without one by itself."""
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in self.outbox:
            found[row.destination, row.card or f"row {row.id}"].append(row)
        return found


async def read_books(database: Database) -> Books:
    async with database.reads.connect() as connection:

        async def rows(table: Any) -> Rows:
            return (await connection.execute(select(table.__table__).order_by(table.id))).all()

        return Books(
            workspace=(await rows(WorkspaceRow))[0],
            outbox=await rows(OutboxRow),
            tickets=await rows(TicketRow),
            episodes=await rows(EpisodeRow),
            timers=await rows(TimerRow),
            audit=await rows(AuditRow),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message of ours that everybody in its channel sees, and the delivery it carries."""

    place: Place
    delivery: int | None
    message: Message


def shown_in(ws: Workspace) -> list[Shown]:
    """Slack's side. Answers for one person's eyes are no promises."""
    return [
        Shown(place=(channel.id, message.ts), delivery=_delivery(message), message=message)
        for channel in ws.state.channels.values()
        for message in channel.messages
        if message.by_app and message.only_for is None
    ]


def _delivery(message: Message) -> int | None:
    metadata = message.metadata or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    number: int = metadata["event_payload"]["delivery"]
    return number
