"""Events of Slack that we act on, as types. `handlers.event_payloads` makes them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.people import Profile
from handlers.inbound import Said, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted:
    """A new message by a person: no edits, joins or bots. `direct` is a DM with us."""

    said: Said
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """`@ClientOps …`; the text is without the mention."""

    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """A reaction, without its skin tone, added or removed; `said` has no text."""

    by: UserId
    name: str
    said: Said
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened:
    """Our Home or Messages tab was opened; `view` is what Home shows now."""

    tab: str
    view: Shown | None


class ChannelChange(StrEnum):
    """What happened to a channel or to our place in it, in Slack's words."""

    ARCHIVED = "archive"
    UNARCHIVED = "unarchive"
    RENAMED = "rename"
    DELETED = "deleted"
    SHARED = "shared"
    UNSHARED = "unshared"
    ID_CHANGED = "id_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged:
    """`name` is the new name, `became` the new id, where the change has one."""

    channel: ChannelId
    change: ChannelChange
    name: str = ""
    became: ChannelId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMoved:
    """Somebody joined or left a channel; `is_us` when it was our bot."""

    user: UserId
    channel: ChannelId
    joined: bool
    is_us: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged:
    """An account is new or has changed."""

    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled:
    """Our app was removed from a team, or its token revoked."""

    team: TeamId


Happening: TypeAlias = (
    MessagePosted
    | Mentioned
    | Reacted
    | HomeOpened
    | ChannelChanged
    | MemberMoved
    | AccountChanged
    | Uninstalled
)
