"""What one part of an app manifest demands of another: scopes, URLs, switches and unique names.

Each rule reads a manifest whose shape has passed; several of these Slack reports only at install,
or never: an event without its scope simply does not arrive.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.limits.engine import Rule
from simulator.limits.event_scopes import EVENT_SCOPES, METADATA_EVENTS
from simulator.limits.problems import Found, Problem, below, shown

_EVENTS = "/settings/event_subscriptions"
_INTERACTIVITY = "/settings/interactivity"


def _part(manifest: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """The object at a path, empty where it is left out."""
    found: dict[str, Any] = dict(manifest)
    for name in path:
        found = found.get(name, {})
    return found


def _listed(manifest: Mapping[str, Any], *path: str) -> list[Any]:
    found: list[Any] = _part(manifest, *path[:-1]).get(path[-1], [])
    return found


def _socket_mode(manifest: Mapping[str, Any]) -> bool:
    return _part(manifest, "settings").get("socket_mode_enabled") is True


def _commands_are_unique(manifest: Mapping[str, Any], _at: str) -> Found:
    seen: set[str] = set()
    for index, command in enumerate(_listed(manifest, "features", "slash_commands")):
        name = command["command"]
        where = below(below("/features/slash_commands", index), "command")
        if name != name.lower():
            yield Problem(where, f"{shown(name)} is not all lower case")
        if name in seen:
            yield Problem(where, f"{shown(name)} is declared twice")
        seen.add(name)


def _shortcuts_are_unique(manifest: Mapping[str, Any], _at: str) -> Found:
    seen: set[tuple[str, str]] = set()
    for index, shortcut in enumerate(_listed(manifest, "features", "shortcuts")):
        key = (shortcut["type"], shortcut["callback_id"])
        if key in seen:
            where = below(below("/features/shortcuts", index), "callback_id")
            yield Problem(where, f"{shown(key[1])} is declared twice")
        seen.add(key)


def _urls(manifest: Mapping[str, Any]) -> Iterator[tuple[str, bool, bool]]:
    """Each place of a request URL: its pointer, whether it is there, whether HTTP needs it."""
    for index, command in enumerate(_listed(manifest, "features", "slash_commands")):
        yield below(below("/features/slash_commands", index), "url"), "url" in command, True
    events = _part(manifest, "settings", "event_subscriptions")
    subscribed = bool(events.get("bot_events") or events.get("user_events"))
    yield f"{_EVENTS}/request_url", "request_url" in events, subscribed
    interactivity = _part(manifest, "settings", "interactivity")
    enabled = interactivity.get("is_enabled") is True
    yield f"{_INTERACTIVITY}/request_url", "request_url" in interactivity, enabled
    menus = f"{_INTERACTIVITY}/message_menu_options_url"
    yield menus, "message_menu_options_url" in interactivity, False


def _urls_fit_the_transport(manifest: Mapping[str, Any], _at: str) -> Found:
    socket = _socket_mode(manifest)
    for pointer, given, needed in _urls(manifest):
        if socket and given:
            yield Problem(pointer, "is left out with Socket Mode")
        if not socket and needed and not given:
            yield Problem(pointer, "is required without Socket Mode")


def _bot_user_exists(manifest: Mapping[str, Any], _at: str) -> Found:
    if _listed(manifest, "oauth_config", "scopes", "bot") and not _part(
        manifest, "features", "bot_user"
    ):
        yield Problem("/features/bot_user", "is required next to bot scopes")


def _entries_have_their_scope(manifest: Mapping[str, Any], _at: str) -> Found:
    features = _part(manifest, "features")
    bot = _listed(manifest, "oauth_config", "scopes", "bot")
    for name in ("slash_commands", "shortcuts"):
        if features.get(name) and "commands" not in bot:
            yield Problem("/oauth_config/scopes/bot", f"{name} need the scope commands")
    interactive = _part(manifest, "settings", "interactivity").get("is_enabled") is True
    if features.get("shortcuts") and not interactive:
        yield Problem(f"{_INTERACTIVITY}/is_enabled", "must be true next to shortcuts")


def _optional_scopes_are_asked_for(manifest: Mapping[str, Any], _at: str) -> Found:
    scopes = _part(manifest, "oauth_config", "scopes")
    for kind in ("bot", "user"):
        asked = scopes.get(kind, [])
        for index, scope in enumerate(scopes.get(f"{kind}_optional", [])):
            if scope not in asked:
                where = below(f"/oauth_config/scopes/{kind}_optional", index)
                yield Problem(where, f"{shown(scope)} must be listed under {kind} as well")


def _events_have_their_scope(manifest: Mapping[str, Any], _at: str) -> Found:
    scopes = _part(manifest, "oauth_config", "scopes")
    for kind in ("bot", "user"):
        granted = set(scopes.get(kind, []))
        events = _listed(manifest, "settings", "event_subscriptions", f"{kind}_events")
        for index, event in enumerate(events):
            needed = EVENT_SCOPES.get(event, frozenset())
            if needed and not needed & granted:
                where = below(f"{_EVENTS}/{kind}_events", index)
                yield Problem(where, f"{event} needs the scope {' or '.join(sorted(needed))}")


def _features_match_events(manifest: Mapping[str, Any], _at: str) -> Found:
    events = _listed(manifest, "settings", "event_subscriptions", "bot_events")
    home = _part(manifest, "features", "app_home")
    tabs = (home.get("home_tab_enabled"), home.get("messages_tab_enabled"))
    if "app_home_opened" in events and True not in tabs:
        yield Problem("/features/app_home", "no tab is enabled and app_home_opened is subscribed")
    if "link_shared" in events and not _listed(manifest, "features", "unfurl_domains"):
        yield Problem("/features/unfurl_domains", "is required next to the event link_shared")
    if "app_context_changed" in events and "agent_view" not in _part(manifest, "features"):
        yield Problem("/features/agent_view", "is required next to the event app_context_changed")
    subscriptions = _listed(manifest, "settings", "event_subscriptions", "metadata_subscriptions")
    if METADATA_EVENTS.intersection(events) and not subscriptions:
        yield Problem(f"{_EVENTS}/metadata_subscriptions", "is required next to metadata events")
    for index, subscription in enumerate(subscriptions):
        if subscription["app_id"] == subscription["event_type"] == "*":
            where = below(f"{_EVENTS}/metadata_subscriptions", index)
            yield Problem(where, "only one of app_id and event_type can be *")


RULES: tuple[Rule, ...] = (
    _commands_are_unique,
    _shortcuts_are_unique,
    _urls_fit_the_transport,
    _bot_user_exists,
    _entries_have_their_scope,
    _optional_scopes_are_asked_for,
    _events_have_their_scope,
    _features_match_events,
)
