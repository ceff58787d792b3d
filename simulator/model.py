"""What a workspace consists of: teams, people, channels, messages, files. Holds, never decides."""

from bisect import insort
from dataclasses import dataclass, field
from typing import Any, Literal

Payload = dict[str, Any]
Kind = Literal["member", "admin", "guest", "outsider", "bot"]


@dataclass(slots=True, kw_only=True)
class Person:
    id: str
    team_id: str
    name: str
    real_name: str
    kind: Kind = "member"
    email: str | None = None
    title: str = ""
    zone: str = "Etc/UTC"
    is_owner: bool = False
    deleted: bool = False
    avatar: str = ""
    bot_id: str | None = None
    profile: Payload = field(default_factory=dict)
    updated: int = 0

    @property
    def is_bot(self) -> bool:
        return self.kind == "bot"


@dataclass(slots=True, kw_only=True)
class Team:
    """A workspace; with an `app_bot` the app is installed there, else it is another company's."""

    id: str
    name: str
    domain: str
    zone: str = "Etc/UTC"
    app_bot: Person | None = None
    bot_token: str = ""

    @property
    def installed(self) -> bool:
        return self.app_bot is not None

    @property
    def bot(self) -> Person:
        """The app's bot. Raises LookupError where the app is not installed."""
        if self.app_bot is None:
            raise LookupError(f"the app is not installed in {self.id}")
        return self.app_bot


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who does something with the app, as one installation of it sees it."""

    person: Person
    team: Team


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """One message. `body` is Slack's message object without what is counted when it is read.

    `only_for` makes it ephemeral; `app_id` is set when an app wrote it; `state` holds what each
    person picked in its menus, as `{user: {block_id: {action_id: …}}}`.
    """

    ts: str
    channel_id: str
    user: str
    body: Payload
    thread_ts: str | None = None
    only_for: str | None = None
    by_app: bool = False
    metadata: Payload | None = None
    replies: list[str] = field(default_factory=list)
    state: dict[str, Payload] = field(default_factory=dict)
    suggested: dict[str, list[Payload]] = field(default_factory=dict)

    def __lt__(self, other: "Message") -> bool:
        return self.ts < other.ts

    @property
    def in_thread_only(self) -> bool:
        """A reply that the channel itself does not show."""
        is_reply = self.thread_ts is not None and self.thread_ts != self.ts
        return is_reply and self.body.get("subtype") != "thread_broadcast"


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation. `members` keeps the order of joining; `shared_with` names other teams."""

    id: str
    name: str
    team_id: str
    kind: Literal["channel", "im", "mpim"] = "channel"
    is_private: bool = False
    is_general: bool = False
    is_archived: bool = False
    shared_with: set[str] = field(default_factory=set)
    pending_shared: set[str] = field(default_factory=set)
    members: dict[str, None] = field(default_factory=dict)
    created: int = 0
    creator: str = ""
    topic: str = ""
    purpose: str = ""
    messages: list[Message] = field(default_factory=list)
    by_ts: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)
    last_us: int = 0

    @property
    def is_ext_shared(self) -> bool:
        return bool(self.shared_with)

    @property
    def teams(self) -> set[str]:
        return {self.team_id, *self.shared_with}

    @property
    def scope_family(self) -> str:
        """The word of Slack's scopes for this kind: `channels:read`, `groups:read`, `im:read`."""
        if self.kind != "channel":
            return self.kind
        return "groups" if self.is_private else "channels"

    @property
    def event_type(self) -> str:
        """`channel_type` in message events."""
        return {"channels": "channel", "groups": "group"}.get(self.scope_family, self.kind)

    def add(self, message: Message) -> None:
        insort(self.messages, message)
        self.by_ts[message.ts] = message

    def drop(self, message: Message) -> None:
        self.messages.remove(message)
        del self.by_ts[message.ts]


@dataclass(slots=True, kw_only=True)
class File:
    """An uploaded file; `channels` fills when it is shared."""

    id: str
    team_id: str
    user: str
    name: str
    title: str
    created: int
    content: bytes = b""
    alt_text: str = ""
    secret: str = ""
    completed: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class OpenView:
    """A view someone has before them: a modal of their stack, or their Home.

    `body` is Slack's view object, `state.values` within it, replaced and never changed in place:
    deliveries on record keep what they carried. `suggested` remembers the options an
    external select offered last, by action id.
    """

    id: str
    team_id: str
    user: str
    body: Payload
    suggested: dict[str, list[Payload]] = field(default_factory=dict)
