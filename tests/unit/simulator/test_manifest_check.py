"""The app manifest at and past its limits, and what its parts demand of each other."""

from collections.abc import Callable
from typing import Any

import pytest

from simulator.limits import check_manifest

Json = dict[str, Any]


def good_manifest() -> Json:
    """A Socket Mode app that uses all the app-level features."""
    return {
        "$schema": "https://example.com/manifest.schema.json",
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Desk",
            "description": "x",
            "background_color": "#2c2d30",
            "long_description": "x" * 175,
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Desk", "always_online": True},
            "slash_commands": [command("/desk"), command("/desk-new")],
            "shortcuts": [shortcut("log"), shortcut("log", type="global")],
            "unfurl_domains": ["example.com"],
            "agent_view": {"suggested_prompts": [{"title": "x", "message": "x"}]},
        },
        "oauth_config": {
            "redirect_urls": ["https://example.com/oauth"],
            "scopes": {
                "bot": [
                    "commands",
                    "chat:write",
                    "chat:write.public",
                    "app_mentions:read",
                    "users:read.email",
                    "metadata.message:read",
                    "im:history",
                    "groups:read",
                    "links:read",
                ],
                "bot_optional": ["users:read.email"],
            },
        },
        "settings": {
            "allowed_ip_address_ranges": ["10.0.0.0/8", "192.168.1.1"],
            "event_subscriptions": {
                "bot_events": [
                    "app_home_opened",
                    "app_mention",
                    "message.im",
                    "tokens_revoked",
                    "member_joined_channel",
                    "link_shared",
                    "message_metadata_posted",
                    "app_context_changed",
                    "an_event_nobody_listed",
                ],
                "metadata_subscriptions": [{"app_id": "*", "event_type": "digest"}],
            },
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
            "org_deploy_enabled": False,
        },
        "mcp_servers": {"a": {"url": "https://example.com/mcp", "auth_type": "no_auth"}},
        "functions": {
            "f": {
                "title": "x",
                "description": "x",
                "input_parameters": {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                "output_parameters": {"properties": {}},
            }
        },
    }


def command(name: str, **more: Any) -> Json:
    return {"command": name, "description": "x", **more}


def shortcut(callback_id: str, **more: Any) -> Json:
    return {
        "name": "x",
        "type": "message",
        "callback_id": callback_id,
        "description": "x",
        **more,
    }


def changed(**parts: Any) -> Json:
    """The good manifest with values put in by path, `a__b`; None takes the key out."""
    manifest = good_manifest()
    for path, value in parts.items():
        *way, last = path.split("__")
        spot = manifest
        for name in way:
            spot = spot.setdefault(name, {})
        if value is None:
            del spot[last]
        else:
            spot[last] = value
    return manifest


def at(path: str, build: Callable[[int], Any]) -> Callable[[int], Json]:
    return lambda n: changed(**{path: build(n)})


def texts(n: int) -> str:
    return "x" * n


def numbered(n: int) -> list[str]:
    """Scopes, events or domains: `n` different lower-case words."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [letters[index // 26 % 26] + letters[index % 26] for index in range(n)]


AT_MOST: list[tuple[int, Callable[[int], Json]]] = [
    (35, at("display_information__name", texts)),
    (140, at("display_information__description", texts)),
    (4000, at("display_information__long_description", texts)),
    (80, at("features__bot_user__display_name", texts)),
    (50, at("features__slash_commands", lambda n: [command(f"/c{i}") for i in range(n)])),
    (32, at("features__slash_commands", lambda n: [command("/" + "x" * (n - 1))])),
    (2000, at("features__slash_commands", lambda n: [command("/a", description="x" * n)])),
    (1000, at("features__slash_commands", lambda n: [command("/a", usage_hint="x" * n)])),
    (10, at("features__shortcuts", lambda n: [shortcut(str(i)) for i in range(n)])),
    (24, at("features__shortcuts", lambda n: [shortcut("a", name="x" * n)])),
    (255, at("features__shortcuts", lambda n: [shortcut("x" * n)])),
    (150, at("features__shortcuts", lambda n: [shortcut("a", description="x" * n)])),
    (5, at("features__unfurl_domains", lambda n: [f"{name}.com" for name in numbered(n)])),
    (300, at("features__agent_view__agent_description", texts)),
    (
        4,
        at(
            "features__agent_view__suggested_prompts",
            lambda n: [{"title": "x", "message": "x"}] * n,
        ),
    ),
    (255, at("oauth_config__scopes__user", numbered)),
    (100, at("settings__event_subscriptions__user_events", numbered)),
    (
        20,
        at(
            "settings__event_subscriptions__metadata_subscriptions",
            lambda n: [{"app_id": "A1", "event_type": str(i)} for i in range(n)],
        ),
    ),
    (
        20,
        at(
            "mcp_servers",
            lambda n: {
                name: {"url": "https://example.com", "auth_type": "no_auth"} for name in numbered(n)
            },
        ),
    ),
]

EVENTS = "settings__event_subscriptions__bot_events"
BAD: list[tuple[str, Json]] = [
    ("/display_information", {}),
    ("/display_information", changed(display_information=None)),
    (
        "/display_information/long_description",
        changed(display_information__long_description="x" * 174),
    ),
    (
        "/display_information/background_color",
        changed(display_information__background_color="#12345"),
    ),
    ("/colour", changed(colour="red")),
    ("/settings/sockets", changed(settings__sockets=True)),
    ("/features/assistant_view", changed(features__assistant_view={"assistant_description": "x"})),
    ("/features/slash_commands", changed(features__slash_commands=[])),
    ("/features/slash_commands/0/command", changed(features__slash_commands=[command("desk")])),
    ("/features/slash_commands/0/command", changed(features__slash_commands=[command("/De")])),
    ("/features/slash_commands/0/command", changed(features__slash_commands=[command("/a b")])),
    ("/features/slash_commands/0/command", changed(features__slash_commands=[command("/É")])),
    (
        "/features/slash_commands/1/command",
        changed(features__slash_commands=[command("/a"), command("/a")]),
    ),
    (
        "/features/shortcuts/1/callback_id",
        changed(features__shortcuts=[shortcut("a"), shortcut("a")]),
    ),
    ("/features/shortcuts/0/type", changed(features__shortcuts=[shortcut("a", type="channel")])),
    ("/features/unfurl_domains/0", changed(features__unfurl_domains=["https://example.com"])),
    ("/features/bot_user", changed(features__bot_user=None)),
    ("/features/app_home", changed(features__app_home=None)),
    ("/features/unfurl_domains", changed(features__unfurl_domains=None)),
    ("/features/agent_view", changed(features__agent_view=None)),
    ("/oauth_config/redirect_urls/0", changed(oauth_config__redirect_urls=["example.com"])),
    ("/oauth_config/scopes/bot/0", changed(oauth_config__scopes__bot=["Chat Write"])),
    (
        "/oauth_config/scopes/bot_optional/0",
        changed(oauth_config__scopes__bot_optional=["reactions:read"]),
    ),
    ("/oauth_config/scopes/user/1", changed(oauth_config__scopes__user=["chat:write"] * 2)),
    ("/settings/event_subscriptions/bot_events/0", changed(**{EVENTS: ["reaction_added"]})),
    (
        "/settings/event_subscriptions/user_events/0",
        changed(settings__event_subscriptions__user_events=["message.im"]),
    ),
    (
        "/settings/event_subscriptions/metadata_subscriptions",
        changed(settings__event_subscriptions__metadata_subscriptions=None),
    ),
    (
        "/settings/event_subscriptions/metadata_subscriptions/0",
        changed(
            settings__event_subscriptions__metadata_subscriptions=[
                {"app_id": "*", "event_type": "*"}
            ]
        ),
    ),
    ("/settings/interactivity/is_enabled", changed(settings__interactivity__is_enabled=False)),
    (
        "/settings/interactivity/request_url",
        changed(settings__interactivity__request_url="https://example.com/a"),
    ),
    (
        "/settings/event_subscriptions/request_url",
        changed(settings__event_subscriptions__request_url="https://example.com/a"),
    ),
    (
        "/features/slash_commands/0/url",
        changed(features__slash_commands=[command("/a", url="https://example.com/a")]),
    ),
    (
        "/settings/allowed_ip_address_ranges/0",
        changed(settings__allowed_ip_address_ranges=["256.0.0.1"]),
    ),
    ("/mcp_servers/a/url", changed(mcp_servers__a__url="http://example.com")),
    ("/functions/f/output_parameters", changed(functions__f__output_parameters=None)),
]


def test_a_good_manifest_has_no_problems():
    assert check_manifest(good_manifest()) == []
    assert check_manifest({"display_information": {"name": "x"}}) == []


@pytest.mark.parametrize(("figure", "build"), AT_MOST)
def test_a_limit_holds_at_its_figure_and_not_one_past_it(figure, build):
    assert check_manifest(build(figure)) == []
    assert len(check_manifest(build(figure + 1))) == 1


@pytest.mark.parametrize(("pointer", "manifest"), BAD)
def test_a_bad_manifest_is_refused_at_one_place(pointer: str, manifest: Json):
    assert [problem.pointer for problem in check_manifest(manifest)] == [pointer]


def test_without_socket_mode_every_used_place_needs_its_url():
    manifest = changed(settings__socket_mode_enabled=False)
    wanted = [problem.pointer for problem in check_manifest(manifest)]
    assert wanted == [
        "/features/slash_commands/0/url",
        "/features/slash_commands/1/url",
        "/settings/event_subscriptions/request_url",
        "/settings/interactivity/request_url",
    ]
    url = "https://example.com/slack/events"
    served = changed(
        settings__socket_mode_enabled=False,
        settings__event_subscriptions__request_url=url,
        settings__interactivity__request_url=url,
        features__slash_commands=[command("/desk", url=url)],
    )
    assert check_manifest(served) == []


def test_commands_and_shortcuts_need_the_commands_scope():
    scopes = good_manifest()["oauth_config"]["scopes"]["bot"][1:]
    found = check_manifest(changed(oauth_config__scopes__bot=scopes))
    assert {problem.pointer for problem in found} == {"/oauth_config/scopes/bot"}
