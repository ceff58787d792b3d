"""Deliveries leave with their id, edits stay edits, and each of Slack's errors has our name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.deliveries import Delivery, Lane, Posted
from bot.domain.errors import RetryLater, Undeliverable, UnknownOutcome
from bot.domain.notices import DeliveryParked
from bot.domain.people import Standing
from handlers.blocks import Message
from handlers.directory import SlackDirectory
from handlers.sender import SlackSender
from handlers.web_api import WebApi
from tests.peers.slack_api import SlackApi, slack_api

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SENT = {"channel": "C1", "ts": "7.000100", "message": {}}


def delivery(to: str = "C1", **more) -> Delivery:
    fields = {
        "id": 12,
        "workspace_id": 1,
        "team_id": "T1",
        "to": to,
        "subject": "ticket:1",
        "lane": Lane.CARD,
        "card": None,
        "notice": DeliveryParked(destination="C2", reason="is_archived", what="a card"),
        "attempts": 1,
        "created_at": NOW,
        "edits": None,
        "unsure_since": None,
    }
    return Delivery(**fields | more)


class Side:
    def __init__(self, api: SlackApi, session: ClientSession) -> None:
        self.api = api
        self.token: str | None = "xoxb-1"
        self.forgotten: list[str] = []
        client = AsyncWebClient(base_url=api.url, session=session, retry_handlers=[])
        self.web = WebApi(client, self._token, self.forgotten.append)
        self.sender = SlackSender(self.web, lambda _notice: Message("card"))
        self.directory = SlackDirectory(self.web)

    async def _token(self, _team: str) -> str | None:
        return self.token


@asynccontextmanager
async def side() -> AsyncIterator[Side]:
    async with slack_api() as api, ClientSession(timeout=ClientTimeout(total=5)) as session:
        yield Side(api, session)


async def test_a_post_carries_its_delivery_and_unfurls_nothing() -> None:
    async with side() as slack:
        slack.api.answers["chat.postMessage"].append(SENT)
        assert await slack.sender.send(delivery()) == Posted(channel="C1", ts="7.000100")
        [call] = slack.api.calls
        assert call.token == "xoxb-1"
        assert call.arguments["metadata"] == {
            "event_type": "clientops_delivery",
            "event_payload": {"delivery": 12},
        }
        assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
        assert (call.arguments["text"], call.arguments["channel"]) == ("card", "C1")


async def test_a_person_is_posted_to_directly() -> None:
    async with side() as slack:
        slack.api.answers["chat.postMessage"].append(SENT | {"channel": "D9"})
        posted = await slack.sender.send(delivery("U1"))
        assert posted == Posted(channel="D9", ts="7.000100")
        assert [call.method for call in slack.api.calls] == ["chat.postMessage"]


async def test_an_edit_edits_and_says_where() -> None:
    async with side() as slack:
        where = Posted(channel="C1", ts="6.1")
        assert await slack.sender.send(delivery(edits=where)) == where
        [call] = slack.api.calls
        assert (call.method, call.arguments["ts"]) == ("chat.update", "6.1")
        assert call.arguments["metadata"]["event_payload"] == {"delivery": 12}


ERRORS = {
    "over the limit": (
        (429, {"Retry-After": "17"}, {"ok": False, "error": "ratelimited"}),
        RetryLater,
    ),
    "busy": ({"ok": False, "error": "service_unavailable"}, RetryLater),
    "perhaps done": ({"ok": False, "error": "internal_error"}, UnknownOutcome),
    "a server error": ((502, {}, {"ok": False}), UnknownOutcome),
    "no connection any more": (None, UnknownOutcome),
    "no such channel": ({"ok": False, "error": "channel_not_found"}, Undeliverable),
    "archived": ({"ok": False, "error": "is_archived"}, Undeliverable),
    "a code nobody has heard of": ({"ok": False, "error": "new_code"}, Undeliverable),
}


@pytest.mark.parametrize(("answer", "name"), ERRORS.values(), ids=ERRORS)
async def test_every_error_of_slack_has_a_name(answer, name) -> None:
    async with side() as slack:
        slack.api.answers["chat.postMessage"].append(answer)
        with pytest.raises(name) as caught:
            await slack.sender.send(delivery())
        assert type(caught.value) is name
        assert len(slack.api.calls) == 1


async def test_the_pause_slack_asks_for_is_kept() -> None:
    async with side() as slack:
        slack.api.answers["chat.postMessage"].append(ERRORS["over the limit"][0])
        with pytest.raises(RetryLater) as caught:
            await slack.sender.send(delivery())
        assert caught.value.pause == timedelta(seconds=17)


async def test_nobody_there_is_known_to_be_undone() -> None:
    async with side() as slack:
        slack.web.client.base_url = "http://127.0.0.1:1/api/"
        with pytest.raises(RetryLater) as caught:
            await slack.sender.send(delivery())
        assert type(caught.value) is RetryLater


async def test_an_edited_card_that_is_gone_is_not_tried_for_ever() -> None:
    async with side() as slack:
        slack.api.answers["chat.update"].append({"ok": False, "error": "message_not_found"})
        with pytest.raises(Undeliverable) as caught:
            await slack.sender.send(delivery(edits=Posted(channel="C1", ts="6.1")))
        assert caught.value.reason == "message_not_found"


async def test_a_dead_token_is_forgotten() -> None:
    async with side() as slack:
        slack.api.answers["chat.postMessage"].append({"ok": False, "error": "token_revoked"})
        with pytest.raises(Undeliverable):
            await slack.sender.send(delivery())
        assert slack.forgotten == ["T1"]
        slack.token = None
        with pytest.raises(Undeliverable, match="not_installed"):
            await slack.sender.send(delivery())


def marked(ts: str, number: int, event_type: str = "clientops_delivery") -> dict:
    metadata = {"event_type": event_type, "event_payload": {"delivery": number}}
    return {"ts": ts, "metadata": metadata}


async def test_a_doubtful_post_is_found_by_its_id_on_any_page() -> None:
    async with side() as slack:
        slack.api.answers["conversations.history"].extend(
            [
                {
                    "messages": [marked("9.1", 13), marked("9.0", 12, "other"), {"ts": "8.9"}],
                    "response_metadata": {"next_cursor": "next"},
                },
                {"messages": [marked("8.1", 12)]},
            ]
        )
        found = await slack.sender.look_for(delivery(unsure_since=NOW))
        assert found == Posted(channel="C1", ts="8.1")
        first, second = slack.api.of("conversations.history")
        assert float(first["oldest"]) == NOW.timestamp() - 60
        assert first["include_all_metadata"] in {"1", "true", "True"}
        assert second["cursor"] == "next"


async def test_a_doubtful_post_to_a_person_is_looked_for_in_their_dm() -> None:
    async with side() as slack:
        slack.api.answers["conversations.open"].append({"channel": {"id": "D9"}})
        slack.api.answers["conversations.history"].append({"messages": []})
        assert await slack.sender.look_for(delivery("W1", unsure_since=NOW)) is None
        assert slack.api.of("conversations.history")[0]["channel"] == "D9"


USERS = {
    "a member": ({"team_id": "T1"}, Standing.MEMBER),
    "a single-channel guest": ({"team_id": "T1", "is_ultra_restricted": True}, Standing.GUEST),
    "a guest": ({"team_id": "T1", "is_restricted": True}, Standing.GUEST),
    "an outsider": ({"team_id": "T9"}, Standing.OUTSIDER),
    "a guest of another team": ({"team_id": "T9", "is_restricted": True}, Standing.OUTSIDER),
    "a stranger": ({"team_id": "T1", "is_stranger": True}, Standing.OUTSIDER),
    "of our organisation": (
        {"team_id": "T9", "enterprise_user": {"teams": ["T1", "T9"]}},
        Standing.MEMBER,
    ),
    "a bot": ({"team_id": "T1", "is_bot": True}, Standing.BOT),
    "deactivated": ({"team_id": "T1", "deleted": True}, Standing.GONE),
}


@pytest.mark.parametrize(("user", "standing"), USERS.values(), ids=USERS)
async def test_who_somebody_is_to_us(user: dict, standing: Standing) -> None:
    async with side() as slack:
        slack.api.answers["users.info"].append({"user": {"id": "U1", "name": "anna"} | user})
        profile = await slack.directory.profile("T1", "U1")
        assert profile is not None
        assert profile.standing is standing


async def test_the_directory_is_read_page_by_page() -> None:
    async with side() as slack:
        anna = {
            "id": "U1",
            "team_id": "T1",
            "name": "anna",
            "tz": "Europe/Berlin",
            "is_admin": True,
            "profile": {"display_name": "", "real_name": "Anna A", "email": "anna@example.com"},
        }
        slack.api.answers["users.list"].extend(
            [
                {"members": [anna], "response_metadata": {"next_cursor": "x"}},
                {"members": [{"id": "U2", "team_id": "T1", "name": "bob"}]},
            ]
        )
        first, second = await slack.directory.profiles("T1")
        assert (first.name, first.email, first.zone, first.owner) == (
            "Anna A",
            "anna@example.com",
            "Europe/Berlin",
            True,
        )
        assert (second.name, second.email, second.owner) == ("bob", None, False)


async def test_somebody_slack_does_not_know_is_nobody() -> None:
    async with side() as slack:
        slack.api.answers["users.info"].append({"ok": False, "error": "user_not_found"})
        assert await slack.directory.profile("T1", "U1") is None
