"""What goes out to the app and what comes back, whichever way it travels."""

from dataclasses import dataclass
from typing import Literal, Protocol

from simulator.model import Payload

LetterKind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`kind` is Socket Mode's word; `name` is the command, callback, action or event."""

    kind: LetterKind
    name: str
    payload: Payload
    retry: int = 0
    retry_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The app's ack. `error` is set when it did not come, or not with success, within 3 s.

    `status` is HTTP's, or a word: `timeout`, `connection_failed`, `no_app`. `body` is what the
    app put into its ack: a mapping, a text, or None.
    """

    status: int | str
    body: Payload | str | None = None
    error: str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def mapping(self) -> Payload:
        return self.body if isinstance(self.body, dict) else {}


class Transport(Protocol):
    async def send(self, letter: Letter) -> Answer: ...
