"""manifest.yml is what the tables say, valid for Slack, and asks for no scope without a use."""

import re
from pathlib import Path

import pytest
import yaml

from bot.domain.clients import RESERVED_CODES
from handlers.event_payloads import EVENT_TYPES
from handlers.manifest import (
    CALL_SCOPES,
    EVENT_SCOPES,
    HttpUrls,
    manifest,
    manifest_text,
)
from handlers.tables import TABLES
from simulator.limits import check_manifest

ROOT = Path(__file__).parents[2]
SPOKEN = {
    "channels:history": "conversations_history",
    "channels:join": "conversations_join",
    "channels:read": "conversations_list",
    "chat:write": "chat_postMessage",
    "groups:history": "conversations_history",
    "groups:read": "conversations_list",
    "im:history": "conversations_history",
    "im:write": "conversations_open",
    "users:read": "users_list",
    "users:read.email": "email",
    "commands": "listeners.command",
}


def test_the_file_is_made_from_the_tables():
    assert (ROOT / "manifest.yml").read_text(encoding="utf-8") == manifest_text()


@pytest.mark.parametrize(
    "made",
    [
        manifest(),
        manifest(urls=HttpUrls("https://desk.example")),
        manifest(prefix="co-", only=("clientops", "client", "ticket")),
    ],
)
def test_it_is_valid_for_slack(made):
    assert check_manifest(made) == []


def test_it_names_exactly_what_the_app_handles():
    made = yaml.safe_load(manifest_text())
    commands = {row["command"] for row in made["features"]["slash_commands"]}
    assert commands == {f"/{root}" for root in (*TABLES.slashes, "clientops")}
    shortcuts = {row["callback_id"] for row in made["features"]["shortcuts"]}
    assert shortcuts == set(TABLES.shortcuts)
    events = made["settings"]["event_subscriptions"]["bot_events"]
    handled = {kind for kind, happening in EVENT_TYPES.items() if happening in TABLES.events}
    assert {event.split(".")[0] for event in events} == handled


def test_a_prefix_and_a_choice_are_kept():
    made = manifest(prefix="co-", only=("clientops", "ticket"))
    rows = made["features"]["slash_commands"]
    assert [row["command"] for row in rows] == ["/co-clientops", "/co-ticket"]


def test_every_scope_has_a_call_that_needs_it():
    asked = set(manifest()["oauth_config"]["scopes"]["bot"])
    assert asked == set(CALL_SCOPES) | {scope for scope in EVENT_SCOPES.values() if scope}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "handlers").rglob("*.py"))
    unused = [scope for scope in CALL_SCOPES if not re.search(re.escape(SPOKEN[scope]), code)]
    assert unused == []


def test_no_verb_can_be_a_clients_code():
    verbs = {
        verb
        for slash in TABLES.slashes.values()
        for row in slash.commands
        for verb in (row.verb, *row.aliases)
    }
    assert verbs <= RESERVED_CODES | {"daily", "people"}
