"""A Slack app manifest, read for what a workspace has to know. Refuses a file that is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand:
    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    type: str
    name: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    name: str
    bot_name: str
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    scopes: frozenset[str]
    home: bool
    messages_tab: bool
    messages_read_only: bool

    def command(self, name: str) -> SlashCommand | None:
        return next((row for row in self.commands if row.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((row for row in self.shortcuts if row.callback_id == callback_id), None)


def read(path: Path) -> Mapping[str, Any]:
    """A YAML or JSON manifest as it stands. Raises ValueError when it is not a mapping."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(document, Mapping):
        raise ValueError(f"{path} is not an app manifest")  # noqa: TRY004 - it is the file's fault
    return document


def parse(document: Mapping[str, Any]) -> Manifest:
    """What the workspace uses of a manifest. Raises ValueError when that has no name."""
    information = document.get("display_information") or {}
    if "name" not in information:
        raise ValueError("an app manifest needs display_information.name")
    features = document.get("features") or {}
    home = features.get("app_home") or {}
    settings = document.get("settings") or {}
    subscriptions = settings.get("event_subscriptions") or {}
    scopes = (document.get("oauth_config") or {}).get("scopes") or {}
    return Manifest(
        name=information["name"],
        bot_name=(features.get("bot_user") or {}).get("display_name", information["name"]),
        commands=tuple(_command(row) for row in features.get("slash_commands") or ()),
        shortcuts=tuple(_shortcut(row) for row in features.get("shortcuts") or ()),
        events=frozenset(subscriptions.get("bot_events") or ()),
        scopes=frozenset(scopes.get("bot") or ()),
        home=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled")),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
    )


def _command(row: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        command=row["command"],
        description=row.get("description", ""),
        usage_hint=row.get("usage_hint", ""),
        should_escape=bool(row.get("should_escape")),
    )


def _shortcut(row: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        type=row["type"],
        name=row["name"],
        callback_id=row["callback_id"],
        description=row.get("description", ""),
    )
