"""One request of Slack from its arrival to its last answer, and what may come out of a row."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from handlers.blocks import Message
from handlers.elements import Option
from handlers.payloads import Origin, Raw
from handlers.replies import Reply


class Kind(StrEnum):
    COMMAND = "command"
    PRESS = "press"
    SUBMISSION = "submission"
    CLOSING = "closing"
    SHORTCUT = "shortcut"
    OPTIONS = "options"
    EVENT = "event"


Patience: TypeAlias = Mapping[Kind, timedelta]
PATIENCE: Patience = {
    Kind.COMMAND: timedelta(seconds=1.5),
    Kind.PRESS: timedelta(seconds=1.5),
    Kind.SHORTCUT: timedelta(seconds=1.5),
    Kind.CLOSING: timedelta(seconds=1.5),
    Kind.SUBMISSION: timedelta(seconds=2),
    Kind.OPTIONS: timedelta(seconds=2.5),
    Kind.EVENT: timedelta(seconds=2.5),
}
"""How long an ack waits for its answer. Slack gives up after 3 s; an event that fails before its
ack is sent again by Slack, so events are given most."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong, in words for the person. `bug` when it is ours and was logged."""

    message: Message
    bug: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """One field of a form is wrong."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What an external menu offers."""

    options: Sequence[Option]


Outcome: TypeAlias = Reply | Offered | Failed | Rejected


@dataclass(slots=True)
class Pending:
    """The open end of a request: its answer while the ack waits, then whether the ack has left."""

    answer: asyncio.Future[Outcome | None]
    sent: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, outcome: Outcome | None) -> bool:
        """Hand the answer to the ack. False when the ack went without it."""
        if self.answer.done():
            return False
        self.answer.set_result(outcome)
        return outcome is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A request and what is to be done about it; `work` may end the wait of its ack early."""

    kind: Kind
    origin: Origin
    body: Raw
    work: Callable[[Pending], Awaitable[Outcome]]
