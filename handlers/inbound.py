"""What people did in Slack, as our types; `handlers.payloads` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Generic, Self, TypeAlias, TypeVar

from bot.domain.deliveries import Posted
from bot.domain.errors import InvalidInput, UsageError
from bot.domain.ids import ChannelId, MessageTs, TeamId, UserId
from bot.domain.people import Asker
from bot.domain.tickets import Source
from handlers.grammar import Line, Word

E = TypeVar("E", bound=StrEnum)
H_co = TypeVar("H_co", covariant=True)
Answer: TypeAlias = str | tuple[str, ...]


def field_of(block_id: str) -> str:
    """`ticket.title` and `ticket.title#2` are both about the field `title`."""
    return block_id.partition("#")[0].rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Values:
    """What was entered in a view, by field; see `field_of`. Absent and empty are the same."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def text(self, name: str) -> str:
        answer = self.answers.get(name, "")
        return answer if isinstance(answer, str) else ", ".join(answer)

    def choice(self, name: str) -> str | None:
        return self.text(name) or None

    def choices(self, name: str) -> tuple[str, ...]:
        answer = self.answers.get(name, ())
        return answer if isinstance(answer, tuple) else (answer,)

    def pick(self, name: str, of: type[E]) -> E:
        """One of an enum. Raises InvalidInput when it is missing or unknown."""
        try:
            return of(self.text(name))
        except ValueError:
            raise InvalidInput(name, f"Choose one of: {', '.join(of)}.") from None

    def user(self, name: str) -> UserId | None:
        picked = self.choice(name)
        return UserId(picked) if picked else None

    def users(self, name: str) -> tuple[UserId, ...]:
        return tuple(UserId(picked) for picked in self.choices(name))

    def channel(self, name: str) -> ChannelId | None:
        picked = self.choice(name)
        return ChannelId(picked) if picked else None

    def day(self, name: str) -> date | None:
        """A day. Raises InvalidInput when it is none."""
        picked = self.choice(name)
        try:
            return date.fromisoformat(picked) if picked else None
        except ValueError:
            raise InvalidInput(name, "That is not a date.") from None

    def clock(self, name: str) -> time | None:
        """A time of day. Raises InvalidInput when it is none."""
        picked = self.choice(name)
        try:
            return time.fromisoformat(picked) if picked else None
        except ValueError:
            raise InvalidInput(name, "That is not a time of day.") from None

    def instant(self, name: str) -> datetime | None:
        """An instant, aware UTC. Raises InvalidInput when it is none."""
        picked = self.choice(name)
        try:
            return datetime.fromtimestamp(int(picked), UTC) if picked else None
        except (ValueError, OverflowError, OSError):
            raise InvalidInput(name, "That is not a date and time.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A view somebody has open. `state` is its encoded `private_metadata`."""

    view_id: str
    hash: str
    callback_id: str
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message somebody wrote, its text as typed."""

    channel: ChannelId
    ts: MessageTs
    thread: MessageTs | None = None
    author: UserId | None = None
    text: str = ""

    @property
    def source(self) -> Source:
        return Source(channel=self.channel, ts=self.ts, author=self.author)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A slash command. `root` is how it was typed, such as `/client`; `line` what follows the verb.

    `key` names this delivery: record it with the effect so that a repeat changes nothing.
    """

    asker: Asker
    root: str
    verb: str
    line: Line
    channel: ChannelId
    key: str

    def take(self, what: str) -> tuple[Word, Self]:
        """The first word, and the call with the line after it. Raises UsageError without one."""
        word, line = self.line.take(what)
        return word, replace(self, line=line)

    def options(self, *keys: str) -> tuple[Mapping[str, Word], Self]:
        """The `key=value` of these keys, and the call without them."""
        found, line = self.line.options(*keys)
        return found, replace(self, line=line)

    @property
    def text(self) -> str:
        """What is left of the line, as typed."""
        return self.line.text

    def rest(self, what: str) -> str:
        """What is left of the line: one quoted group without its quotes, else as typed.

        Raises UsageError when nothing is.
        """
        head = self.line.head()
        if head is None:
            raise UsageError(f"{what} is missing.")
        word, after = head
        return word.text if after.is_empty else self.text


def choice(word: Word, what: str, of: type[E]) -> E:
    """The word as one of an enum, in any case. Raises UsageError naming the possible ones."""
    try:
        return of(word.text.lower())
    except ValueError:
        raise UsageError(f"{what} is one of {', '.join(of)}, not “{word.text}”.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button pressed or a menu used. `value` is the button's state or what was picked.

    `on` is the message it sits on (`private` when only the presser sees that), `view` the modal or
    Home; `values` what is entered around it.
    """

    asker: Asker
    action_id: str
    value: str
    picked: tuple[str, ...] = ()
    on: Posted | None = None
    private: bool = False
    thread: MessageTs | None = None
    view: Shown | None = None
    values: Values = Values()
    key: str

    @property
    def channel(self) -> ChannelId | None:
        return self.on.channel if self.on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submitted modal."""

    asker: Asker
    callback_id: str
    view: Shown
    values: Values
    key: str

    @property
    def state(self) -> str:
        return self.view.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A modal closed without a submit; `all_of_it` when the whole stack was."""

    asker: Asker
    callback_id: str
    view: Shown
    all_of_it: bool
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutCall:
    """A shortcut; `message` is what it was used on (None for a global one)."""

    asker: Asker
    callback_id: str
    message: Said | None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsQuery:
    """An external menu asks what to offer for what was typed so far."""

    asker: Asker
    action_id: str
    block_id: str
    typed: str
    view: Shown | None
    values: Values = Values()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCall(Generic[H_co]):
    """Something that happened, see `handlers.happenings`. `asker` is None when nobody did it."""

    asker: Asker | None
    team: TeamId
    happening: H_co
    external: bool
    key: str
