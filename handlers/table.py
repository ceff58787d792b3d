"""Rows: what is run for which command, button, modal, shortcut, menu and event; plain frozen data.

How to add one (topic modules export their rows, `handlers/tables.py` lists them):

    async def status(call: Call, desk: Desk) -> Reply:
        word, call = call.take("Client")
        card = await desk.facts.card(call.asker.workspace_id, word.text)
        ...
        return views.card(card)

    SLASH = Slash(
        root="client",
        summary="Clients at a glance",
        commands=(
            Command(verb="status", usage="CLIENT", summary="One card", run=status,
                    examples=("status acme",), takes_all=True),
        ),
    )

* A row raises `UserError`s and never catches them; a `UsageError` gets the row's usage appended,
  `NotFound.near` become buttons that run the same command again, `InvalidInput(field)` in a
  submission lands at the block whose id ends in `.field`.
* A row returns a `Reply` (handlers/replies.py). It does no I/O to Slack: to open a modal it returns
  `Opening(view, fill)`.
* Reading: `call.take(what)` / `call.options("priority")` / `call.text` (handlers/inbound.py,
  grammar.py); `press.value`; `submission.values.text("title")`; state by `codec.encode/decode`.
* Drawing: handlers/blocks.py (layout, Message, modal, home), elements.py (buttons, inputs),
  mrkdwn.py (escape, mention, date, link).
* Only members reach a row, unless it is `open_to_clients`.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Self, TypeAlias, TypeVar

from bot.ports import Clock, Directory, Facts, Threads
from bot.services import Services
from handlers.elements import Option
from handlers.happenings import Happening
from handlers.inbound import Call, Closing, EventCall, OptionsQuery, Press, ShortcutCall, Submission
from handlers.replies import Reply

H = TypeVar("H", bound=Happening)
K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a row may use: use cases, facts to read, Slack's accounts and threads, the clock."""

    services: Services
    facts: Facts
    directory: Directory
    threads: Threads
    clock: Clock


RunCommand: TypeAlias = Callable[[Call, Desk], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`/root verb usage`. `examples` are typed after the root, such as `status acme`.

    `takes_all` when the whole rest is one reference (a name may have spaces), so that
    "did you mean" replaces all of it and not only its first word.
    """

    verb: str
    usage: str
    summary: str
    run: RunCommand
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    takes_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slash:
    """One noun with its verbs, without slash or prefix: `client`.

    `default` runs when the first word is no verb (`/ticket acme Login fails`); it gets the line
    from that word on. With `default_when_bare` it also runs when nothing was typed at all.
    """

    root: str
    summary: str
    commands: tuple[Command, ...]
    default: Command | None = None
    default_when_bare: bool = False

    def __post_init__(self) -> None:
        verbs = [verb for row in self.commands for verb in (row.verb, *row.aliases)]
        _once(f"verbs of {self.root}", ["help", *verbs])

    def find(self, verb: str) -> Command | None:
        """The command with that verb or alias, in any case."""
        wanted = verb.lower()
        return next((row for row in self.commands if wanted in {row.verb, *row.aliases}), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """A button or menu, by action id; a trailing `:suffix` of the id is ignored.

    (Two buttons of one action in one block need different ids: `page.turn:next`.)
    """

    action_id: str
    run: Callable[[Press, Desk], Awaitable[Reply]]
    open_to_clients: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalRow:
    callback_id: str
    submit: Callable[[Submission, Desk], Awaitable[Reply]]
    closed: Callable[[Closing, Desk], Awaitable[None]] | None = None
    open_to_clients: bool = False


class ShortcutType(StrEnum):
    GLOBAL = "shortcut"
    MESSAGE = "message_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutRow:
    """`name` and `description` are for the manifest."""

    callback_id: str
    type: ShortcutType
    run: Callable[[ShortcutCall, Desk], Awaitable[Reply]]
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsRow:
    """At most the first 100 options are offered."""

    action_id: str
    run: Callable[[OptionsQuery, Desk], Awaitable[Sequence[Option]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow(Generic[H]):
    """Runs for events of that type (handlers/happenings.py). A Message reply is ephemeral.

    Other than for anything else, `open_to_clients` events of outsiders come without a refusal.
    """

    on: type[H]
    run: Callable[[EventCall[H], Desk], Awaitable[Reply]]
    open_to_clients: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Every row by its key. Two rows for one key are refused when the module is imported."""

    slashes: Mapping[str, Slash] = field(default_factory=dict)
    actions: Mapping[str, ActionRow] = field(default_factory=dict)
    modals: Mapping[str, ModalRow] = field(default_factory=dict)
    shortcuts: Mapping[str, ShortcutRow] = field(default_factory=dict)
    options: Mapping[str, OptionsRow] = field(default_factory=dict)
    events: Mapping[type, EventRow[Any]] = field(default_factory=dict)

    @classmethod
    def of(  # one argument for each kind of row
        cls,
        *,
        slashes: Iterable[Slash] = (),
        actions: Iterable[ActionRow] = (),
        modals: Iterable[ModalRow] = (),
        shortcuts: Iterable[ShortcutRow] = (),
        options: Iterable[OptionsRow] = (),
        events: Iterable[EventRow[Any]] = (),
    ) -> Self:
        return cls(
            slashes=_keyed("slash commands", slashes, lambda row: row.root),
            actions=_keyed("actions", actions, lambda row: row.action_id),
            modals=_keyed("modals", modals, lambda row: row.callback_id),
            shortcuts=_keyed("shortcuts", shortcuts, lambda row: row.callback_id),
            options=_keyed("options", options, lambda row: row.action_id),
            events=_keyed("events", events, lambda row: row.on),
        )


def _keyed(what: str, rows: Iterable[R], key: Callable[[R], K]) -> Mapping[K, R]:
    listed = list(rows)
    _once(what, [key(row) for row in listed])
    return {key(row): row for row in listed}


def _once(what: str, keys: Sequence[object]) -> None:
    twice = sorted({str(key) for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{what}: more than one row for {', '.join(twice)}.")
