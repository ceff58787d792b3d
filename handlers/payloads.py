"""Slack's dictionaries become our types here, and nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.domain.deliveries import Posted
from bot.domain.ids import ChannelId, MessageTs, TeamId, UserId
from bot.domain.people import Asker
from handlers.grammar import plain
from handlers.inbound import (
    Answer,
    Closing,
    OptionsQuery,
    Press,
    Said,
    ShortcutCall,
    Shown,
    Submission,
    Values,
    field_of,
)

Raw: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a payload comes from, and the ways back to it that Slack gives.

    `team` is where we are installed, `home` the team of whoever acts, when Slack says so.
    """

    team: TeamId
    user: UserId | None
    home: TeamId | None = None
    enterprise: bool = False
    trigger: str = ""
    response_url: str = ""
    channel: ChannelId | None = None
    thread: MessageTs | None = None
    view: Shown | None = None
    view_type: str = ""
    key: str = ""

    @property
    def is_foreign(self) -> bool:
        """The actor's own team is another one. On a grid the directory knows better."""
        return not self.enterprise and self.home is not None and self.home != self.team


def command_origin(body: Raw, team: TeamId) -> Origin:
    return Origin(
        team=team,
        user=UserId(body["user_id"]),
        enterprise=bool(body.get("enterprise_id")),
        trigger=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
        channel=ChannelId(body.get("channel_id", "")),
        key=f"command:{body.get('trigger_id', '')}",
    )


def interaction_origin(body: Raw, team: TeamId) -> Origin:
    """For presses, submissions, closings, shortcuts and option queries."""
    user, view = body["user"], body.get("view")
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    return Origin(
        team=team,
        user=UserId(user["id"]),
        home=TeamId(user["team_id"]) if user.get("team_id") else None,
        enterprise=bool(body.get("enterprise")),
        trigger=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
        channel=ChannelId(channel) if channel else None,
        thread=_thread(body.get("message") or {}, container),
        view=_shown(view) if view else None,
        view_type=view.get("type", "") if view else "",
        key=_interaction_key(body),
    )


def press(body: Raw, asker: Asker, origin: Origin) -> Press:
    action = body["actions"][0]
    picked = _answer(action)
    container = body.get("container") or {}
    ts = container.get("message_ts") or (body.get("message") or {}).get("ts")
    on = Posted(channel=origin.channel, ts=MessageTs(ts)) if origin.channel and ts else None
    return Press(
        asker=asker,
        action_id=action["action_id"],
        value=picked if isinstance(picked, str) else "",
        picked=picked if isinstance(picked, tuple) else (),
        on=on,
        private=bool(container.get("is_ephemeral")),
        thread=origin.thread,
        view=origin.view,
        values=_values(body.get("view") or body),
        key=origin.key,
    )


def submission(body: Raw, asker: Asker, origin: Origin) -> Submission:
    return Submission(
        asker=asker,
        callback_id=body["view"]["callback_id"],
        view=_shown(body["view"]),
        values=_values(body["view"]),
        key=origin.key,
    )


def closing(body: Raw, asker: Asker, origin: Origin) -> Closing:
    return Closing(
        asker=asker,
        callback_id=body["view"]["callback_id"],
        view=_shown(body["view"]),
        all_of_it=bool(body.get("is_cleared")),
        key=origin.key,
    )


def shortcut(body: Raw, asker: Asker, origin: Origin) -> ShortcutCall:
    message = body.get("message")
    return ShortcutCall(
        asker=asker,
        callback_id=body["callback_id"],
        message=said(message, origin.channel) if message and origin.channel else None,
        key=origin.key,
    )


def options_query(body: Raw, asker: Asker, origin: Origin) -> OptionsQuery:
    view = body.get("view")
    return OptionsQuery(
        asker=asker,
        action_id=body["action_id"],
        block_id=body.get("block_id", ""),
        typed=body.get("value") or "",
        view=origin.view,
        values=_values(view) if view else Values(),
    )


def said(message: Raw, channel: ChannelId) -> Said:
    """A message object of Slack; its text comes escaped and leaves as typed."""
    author = message.get("user")
    thread = message.get("thread_ts")
    return Said(
        channel=channel,
        ts=MessageTs(message["ts"]),
        thread=MessageTs(thread) if thread else None,
        author=UserId(author) if author else None,
        text=plain(message.get("text") or ""),
    )


def shown(view: Raw) -> Shown:
    return _shown(view)


def _shown(view: Raw) -> Shown:
    return Shown(
        view_id=view.get("id", ""),
        hash=view.get("hash", ""),
        callback_id=view.get("callback_id", ""),
        state=view.get("private_metadata") or "",
    )


def _interaction_key(body: Raw) -> str:
    view = body.get("view") or {}
    if body.get("type") in {"view_submission", "view_closed"}:
        return f"{body['type']}:{view.get('id', '')}:{view.get('hash', '')}"
    return f"{body.get('type', '')}:{body.get('trigger_id', '')}"


def _thread(message: Raw, container: Raw) -> MessageTs | None:
    ts = message.get("thread_ts") or container.get("thread_ts")
    return MessageTs(ts) if ts else None


def _values(holder: Raw) -> Values:
    state = (holder.get("state") or {}).get("values") or {}
    return Values(
        {
            field_of(block_id): answer
            for block_id, elements in state.items()
            for element in elements.values()
            if (answer := _answer(element)) is not None
        }
    )


def _option(chosen: Raw | None) -> str | None:
    return None if chosen is None else str(chosen["value"])


def _several(chosen: list[str] | None) -> tuple[str, ...]:
    return tuple(chosen or ())


_ANSWERS: Mapping[str, Callable[[Any], Answer | None]] = {
    "value": lambda given: given,
    "selected_option": _option,
    "selected_options": lambda given: tuple(str(option["value"]) for option in given or ()),
    "selected_user": lambda given: given,
    "selected_users": _several,
    "selected_channel": lambda given: given,
    "selected_channels": _several,
    "selected_conversation": lambda given: given,
    "selected_conversations": _several,
    "selected_date": lambda given: given,
    "selected_time": lambda given: given,
    "selected_date_time": lambda given: None if given is None else str(given),
    "files": lambda given: tuple(str(file["id"]) for file in given or ()),
}


def _answer(element: Raw) -> Answer | None:
    """What was entered or picked in an element; None when nothing was."""
    return next((read(element[key]) for key, read in _ANSWERS.items() if key in element), None)
