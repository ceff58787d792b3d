"""Events of Slack that we act on, as types. `handlers.event_payloads` makes them."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.ids import ChannelId, TeamId
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
class HomeOpened:
    """Our Home or Messages tab was opened; `view` is what Home shows now."""

    tab: str
    view: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReopened:
    """A channel we can post in again: it was unarchived, or our bot was invited."""

    channel: ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged:
    """An account is new or has changed."""

    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninstalled:
    """Our app was removed from a team, or its token revoked."""

    team: TeamId


Happening: TypeAlias = (
    MessagePosted | Mentioned | HomeOpened | ChannelReopened | AccountChanged | Uninstalled
)
