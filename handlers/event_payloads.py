"""Events of Slack as happenings. What is no business of ours becomes None and is just acked."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.domain.ids import ChannelId, MessageTs, TeamId, UserId
from handlers.directory import profile_of
from handlers.happenings import (
    AccountChanged,
    ChannelReopened,
    Happening,
    HomeOpened,
    Mentioned,
    MessagePosted,
    Uninstalled,
)
from handlers.payloads import Origin, Raw, said, shown

_BY_PEOPLE = {None, "file_share", "thread_broadcast", "me_message"}
_ACTORS = (MessagePosted, Mentioned, HomeOpened)


def event_origin(body: Raw, team: TeamId) -> Origin:
    """`user` is set only for what somebody did and may be answered for."""
    event = body["event"]
    user = event.get("user") if isinstance(event.get("user"), str) else None
    home = event.get("user_team") or event.get("source_team")
    channel = event.get("channel")
    view = event.get("view") or {}
    return Origin(
        team=team,
        user=UserId(user) if user else None,
        home=TeamId(home) if home else None,
        enterprise=bool(body.get("context_enterprise_id")),
        channel=ChannelId(channel) if isinstance(channel, str) else None,
        thread=MessageTs(event["thread_ts"]) if event.get("thread_ts") else None,
        view=shown(view) if view else None,
        view_type=view.get("type", ""),
        key=f"event:{body.get('event_id', '')}",
    )


def happening(body: Raw, team: TeamId) -> Happening | None:
    event = body["event"]
    _, read = _READERS.get(event.get("type", ""), (None, None))
    return read(event, body, team) if read else None


def is_acted(what: Happening) -> bool:
    """Somebody did it, so somebody is asked who they are."""
    return isinstance(what, _ACTORS)


def _message(event: Raw, _body: Raw, _team: TeamId) -> MessagePosted | None:
    if event.get("subtype") not in _BY_PEOPLE or event.get("bot_id") or not event.get("user"):
        return None
    direct = event.get("channel_type") == "im"
    return MessagePosted(said=said(event, ChannelId(event["channel"])), direct=direct)


def _mention(event: Raw, body: Raw, _team: TeamId) -> Mentioned | None:
    if event.get("bot_id") or not event.get("user"):
        return None
    us = _our_user(body)
    text = event.get("text") or ""
    bare = text.replace(f"<@{us}>", "", 1).strip() if us else text
    return Mentioned(said=said({**event, "text": bare}, ChannelId(event["channel"])))


def _home(event: Raw, _body: Raw, _team: TeamId) -> HomeOpened:
    view = event.get("view")
    return HomeOpened(tab=event.get("tab", "home"), view=shown(view) if view else None)


def _reopened(event: Raw, _body: Raw, _team: TeamId) -> ChannelReopened:
    return ChannelReopened(channel=ChannelId(event["channel"]))


def _joined(event: Raw, body: Raw, _team: TeamId) -> ChannelReopened | None:
    """Only when it was our bot who joined."""
    if event["user"] != _our_user(body):
        return None
    return ChannelReopened(channel=ChannelId(event["channel"]))


def _account(event: Raw, _body: Raw, team: TeamId) -> AccountChanged:
    return AccountChanged(profile=profile_of(event["user"], team))


def _gone(event: Raw, _body: Raw, team: TeamId) -> Uninstalled | None:
    """Tokens of single people are none of ours; the bot's is."""
    if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return None
    return Uninstalled(team=team)


def _our_user(body: Raw) -> str | None:
    authorizations = body.get("authorizations") or [{}]
    user: str | None = authorizations[0].get("user_id")
    return user


_Reader: TypeAlias = Callable[[Raw, Raw, TeamId], Happening | None]
_READERS: Mapping[str, tuple[type[Happening], _Reader]] = {
    "message": (MessagePosted, _message),
    "app_mention": (Mentioned, _mention),
    "app_home_opened": (HomeOpened, _home),
    "channel_unarchive": (ChannelReopened, _reopened),
    "group_unarchive": (ChannelReopened, _reopened),
    "member_joined_channel": (ChannelReopened, _joined),
    "team_join": (AccountChanged, _account),
    "user_change": (AccountChanged, _account),
    "app_uninstalled": (Uninstalled, _gone),
    "tokens_revoked": (Uninstalled, _gone),
}
EVENT_TYPES: Mapping[str, type[Happening]] = {name: kind for name, (kind, _) in _READERS.items()}
"""What each of Slack's event types becomes."""
