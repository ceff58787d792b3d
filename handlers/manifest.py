"""Slack's app manifest, made from the tables: it names exactly what the app handles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from handlers.table import ShortcutType, Slash
from handlers.tables import TABLES

EVENTS_PATH = "/slack/events"

# What each of our events is called by Slack, and the least scope that delivers it.
EVENT_SCOPES: Mapping[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_unarchive": "channels:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "team_join": "users:read",
    "tokens_revoked": None,
    "user_change": "users:read",
}

# Why we need the others: what we call.
CALL_SCOPES: Mapping[str, str] = {
    "channels:history": "conversations.history: look for a message before it is sent again",
    "channels:join": "conversations.join: post to a public channel somebody chose for us",
    "channels:read": "conversations.list: find the channels named in the environment",
    "chat:write": "chat.postMessage, chat.update, chat.postEphemeral",
    "commands": "slash commands and shortcuts",
    "groups:history": "the same in private channels",
    "groups:read": "the same for private channels",
    "im:history": "the same in direct messages",
    "im:write": "conversations.open: the direct message of a person",
    "users:read": "users.info, users.list: who is a member, who a guest",
    "users:read.email": "people are named by e-mail in imports",
}


@dataclass(frozen=True, slots=True)
class HttpUrls:
    """`base` is the public URL under which the app is reached."""

    base: str

    @property
    def events(self) -> str:
        return self.base.rstrip("/") + EVENTS_PATH


def manifest(
    *, prefix: str = "", only: Sequence[str] = (), urls: HttpUrls | None = None
) -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP with `urls`. `only` keeps these commands."""
    interactivity: dict[str, Any] = {"is_enabled": True}
    subscriptions: dict[str, Any] = {"bot_events": sorted(EVENT_SCOPES)}
    if urls is not None:
        interactivity |= {"request_url": urls.events, "message_menu_options_url": urls.events}
        subscriptions["request_url"] = urls.events
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "ClientOps",
            "description": "How every client is, and what to do about it.",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "ClientOps", "always_online": True},
            "slash_commands": _commands(prefix, only, urls),
            "shortcuts": _shortcuts(),
        },
        "oauth_config": {"scopes": {"bot": _scopes()}},
        "settings": {
            "event_subscriptions": subscriptions,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": urls is None,
            "token_rotation_enabled": False,
        },
    }


def manifest_text(
    *, prefix: str = "", only: Sequence[str] = (), urls: HttpUrls | None = None
) -> str:
    """The manifest as YAML, to be pasted where Slack asks for it."""
    made = manifest(prefix=prefix, only=only, urls=urls)
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=100)


def _scopes() -> list[str]:
    needed = {scope for scope in EVENT_SCOPES.values() if scope}
    return sorted(needed | set(CALL_SCOPES))


def _commands(prefix: str, only: Sequence[str], urls: HttpUrls | None) -> list[dict[str, Any]]:
    everything = {
        "command": f"/{prefix}clientops",
        "description": "Everything ClientOps can do",
        "usage_hint": "help | client status acme | ticket acme Login fails",
        "should_escape": True,
    }
    slashes = [s for s in TABLES.slashes.values() if not only or s.root in only]
    rows = [
        *([everything] if not only or "clientops" in only else []),
        *(_command(slash, prefix) for slash in slashes),
    ]
    return [row | ({"url": urls.events} if urls else {}) for row in rows]


def _command(slash: Slash, prefix: str) -> dict[str, Any]:
    verbs = [f"{row.verb} {row.usage}".strip() for row in slash.commands]
    return {
        "command": f"/{prefix}{slash.root}",
        "description": slash.summary,
        "usage_hint": " | ".join(verbs),
        "should_escape": True,
    }


def _shortcuts() -> list[dict[str, Any]]:
    kinds = {ShortcutType.GLOBAL: "global", ShortcutType.MESSAGE: "message"}
    return [
        {
            "name": row.name,
            "type": kinds[row.type],
            "callback_id": row.callback_id,
            "description": row.description,
        }
        for row in TABLES.shortcuts.values()
    ]
