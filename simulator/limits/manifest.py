"""The shape of Slack's app manifest, major version 2: keys, lengths, counts and forms.

Unknown keys are refused, as Slack's own schema does. What one part demands of another is in
`manifest_rules`. Workflows, datastores, types and the parameters of functions are for hosted apps
and are looked at loosely.
"""

from simulator.limits.engine import (
    ANYTHING,
    FLAG,
    Chars,
    Check,
    Choice,
    Entries,
    Fields,
    Listing,
    Whole,
)
from simulator.limits.manifest_rules import RULES
from simulator.limits.problems import Found

_DOMAIN = Chars(255, pattern=r"(?![.-])[-a-z0-9.]+[a-z0-9]", form="not a bare domain")
_BYTE = r"(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_ADDRESS = Chars(
    pattern=rf"({_BYTE}\.){{3}}{_BYTE}(/(3[0-2]|[12]?[0-9]))?",
    form="not an IPv4 address or range",
)
_SCOPE = Chars(
    50, pattern=r"[a-z_]+(\.[a-z_]+)*(:[a-z_]+(\.[a-z_]+)*)?", form="not of the form noun:verb"
)
_EVENT = Chars(50, pattern=r"[a-z_]+(\.[a-z_]+)?", form="not the name of an event")


def _url(most: int) -> Chars:
    return Chars(most, pattern=r"https://\S+", form="not an https URL")


_METADATA = Fields(
    {}, dict.fromkeys(("schema_version", "min_version", "major_version", "minor_version"), Whole())
)
_DISPLAY = Fields(
    {"name": Chars(35)},
    {
        "description": Chars(140),
        "background_color": Chars(
            7, pattern="#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?", form="not a colour like #2c2d30"
        ),
        "long_description": Chars(4000, 175),
    },
)
_SLASH_COMMAND = Fields(
    {
        "command": Chars(32, 2, r"/[^\s/A-Z]+", "not a slash and one lower-case word"),
        "description": Chars(2000),
    },
    {"url": _url(3000), "usage_hint": Chars(1000), "should_escape": FLAG},
)
_SHORTCUT = Fields(
    {
        "name": Chars(24),
        "type": Choice(("message", "global")),
        "callback_id": Chars(255),
        "description": Chars(150),
    }
)
_PROMPTS = Listing(Fields({"title": Chars(), "message": Chars()}), 4, 0)
_OLD_PARAMETERS = Listing(
    Fields(
        {"type": Chars(), "name": Chars()},
        {"title": Chars(), "description": Chars(least=0), "is_required": FLAG},
    ),
    20,
    0,
)
_FEATURES = Fields(
    {},
    {
        "app_home": Fields(
            {},
            dict.fromkeys(
                ("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"), FLAG
            ),
        ),
        "bot_user": Fields({"display_name": Chars(80)}, {"always_online": FLAG}),
        "slash_commands": Listing(_SLASH_COMMAND, 50),
        "shortcuts": Listing(_SHORTCUT, 10),
        "workflow_steps": Listing(Fields({"name": Chars(50), "callback_id": Chars(50)}), 10),
        "unfurl_domains": Listing(_DOMAIN, 5, unique=True),
        "assistant_view": Fields(
            {"assistant_description": Chars()}, {"suggested_prompts": _PROMPTS}
        ),
        "agent_view": Fields(
            {},
            {
                "agent_description": Chars(300),
                "suggested_prompts": _PROMPTS,
                "actions": Listing(Fields({"name": Chars(), "description": Chars()}), least=0),
            },
        ),
        "functions": Listing(
            Fields(
                {
                    "title": Chars(),
                    "description": Chars(),
                    "callback_id": Chars(),
                    "input_parameters": _OLD_PARAMETERS,
                    "output_parameters": _OLD_PARAMETERS,
                }
            ),
            50,
            0,
        ),
    },
    not_with=(("assistant_view", "agent_view"),),
)
_SCOPES = Listing(_SCOPE, 255, 0, unique=True)
_OAUTH = Fields(
    {},
    {
        "redirect_urls": Listing(_url(2500), 1000, 0, unique=True),
        "scopes": Fields(
            {}, dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), _SCOPES)
        ),
        "token_management_enabled": FLAG,
        "pkce_enabled": FLAG,
    },
)
_EVENTS = Listing(_EVENT, 100, 0, unique=True)
_SETTINGS = Fields(
    {},
    {
        "allowed_ip_address_ranges": Listing(_ADDRESS, 50, unique=True),
        "event_subscriptions": Fields(
            {},
            {
                "request_url": _url(3500),
                "bot_events": _EVENTS,
                "user_events": _EVENTS,
                "metadata_subscriptions": Listing(
                    Fields({"app_id": Chars(), "event_type": Chars(50)}), 20
                ),
            },
        ),
        "incoming_webhooks": Fields({}, {"incoming_webhooks_enabled": FLAG}),
        "interactivity": Fields(
            {"is_enabled": FLAG},
            {"request_url": _url(3500), "message_menu_options_url": _url(3500)},
        ),
        "siws_links": Fields({}, {"initiate_uri": _url(3500)}),
        **dict.fromkeys(
            (
                "org_deploy_enabled",
                "socket_mode_enabled",
                "token_rotation_enabled",
                "is_hosted",
                "is_mcp_enabled",
            ),
            FLAG,
        ),
        "hermes_app_type": Chars(),
        "function_runtime": Chars(),
    },
)
_OPEN = Entries(ANYTHING)
_PARAMETERS = Fields({"properties": Entries(_OPEN, 50)}, {"required": Listing(Chars(), least=0)})
_FUNCTION = Fields(
    {
        "title": Chars(),
        "description": Chars(),
        "input_parameters": _PARAMETERS,
        "output_parameters": _PARAMETERS,
    }
)
_MCP_SERVER = Fields(
    {
        "url": _url(500),
        "auth_type": Choice(
            ("dynamic_client_registration", "no_auth", "manual_auth", "slack_identity_auth")
        ),
    },
    {"headers": Entries(Chars(least=0)), "auth_provider_key": Chars(255)},
)
_DIRECTORY_URLS: dict[str, Check] = {
    "installation_landing_page": _url(255),
    "privacy_policy_url": _url(500),
    "support_url": _url(350),
}
_APP_DIRECTORY = Fields(
    {
        **_DIRECTORY_URLS,
        "support_email": Chars(100, pattern=r"[^\s@]+@[^\s@]+", form="not an e-mail address"),
        "supported_languages": Listing(Chars(50), 50),
        "pricing": Chars(30),
    },
    {
        "app_directory_categories": Listing(Chars(255), 3, 0),
        "use_direct_install": FLAG,
        "direct_install_url": _url(255),
    },
)
_MANIFEST = Fields(
    {"display_information": _DISPLAY},
    {
        "$schema": Chars(pattern=r"[a-z]+:\S+", form="not a URL"),
        "_metadata": _METADATA,
        "features": _FEATURES,
        "oauth_config": _OAUTH,
        "settings": _SETTINGS,
        "app_directory": _APP_DIRECTORY,
        "functions": Entries(_FUNCTION, 50),
        "mcp_servers": Entries(_MCP_SERVER, 20),
        "outgoing_domains": Listing(
            Chars(50, pattern=r"(?![.-])[-a-z0-9.]+[a-z0-9]", form="not a bare domain"),
            10,
            0,
            unique=True,
        ),
        "external_auth_providers": Fields({}, {"oauth2": Entries(_OPEN)}),
        "workflows": Entries(_OPEN, 50),
        "types": Entries(_OPEN, 50),
        "datastores": Entries(_OPEN, 10),
    },
    rules=RULES,
)


def manifest_problems(manifest: object) -> Found:
    """Everything wrong with an app manifest; the cross-checks run once its shape is right."""
    yield from _MANIFEST.problems(manifest, "")
