"""What passes the door and what does not, in Slack's genuine wire format."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from slack_bolt.response import BoltResponse

from bot.domain.errors import ConfigError
from handlers.edge import BODY_LIMIT, Edge

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
COMMAND = {
    "token": "gIkuvaNzQIHg97ATvDxqgjtO",
    "team_id": "T0001",
    "team_domain": "example",
    "channel_id": "C2147483705",
    "channel_name": "test",
    "user_id": "U2147483697",
    "user_name": "Steve",
    "command": "/client",
    "text": "status acme",
    "response_url": "https://hooks.slack.com/commands/1234/5678",
    "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    "api_app_id": "A123456",
}


class Stopped:
    def now(self) -> datetime:
        return NOW


class Door:
    def __init__(self) -> None:
        self.seen: list[tuple[dict, dict]] = []
        self.edge = Edge(signing_secret=SECRET, clock=Stopped(), dispatch=self.dispatch)

    async def dispatch(self, payload: dict, headers: dict) -> BoltResponse:
        self.seen.append((payload, headers))
        return BoltResponse(status=200, body={"text": "hello"})

    async def knock(
        self, body: bytes, headers: dict[str, str], *, method: str = "POST", parts: int = 1
    ) -> tuple[int, bytes]:
        size = max(1, -(-len(body) // parts))
        chunks = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        inbox = [
            {"type": "http.request", "body": chunk, "more_body": at < len(chunks) - 1}
            for at, chunk in enumerate(chunks)
        ]
        out: list[dict] = []
        scope = {
            "type": "http",
            "method": method,
            "path": "/slack/events",
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
        }

        async def receive() -> dict:
            return inbox.pop(0)

        async def send(message: dict) -> None:
            out.append(message)

        await self.edge(scope, receive, send)
        return out[0]["status"], b"".join(message.get("body", b"") for message in out[1:])


def signed(
    body: bytes, *, content_type: str = FORM, at: str | None = None, secret: str = SECRET
) -> dict[str, str]:
    stamp = str(int(NOW.timestamp())) if at is None else at
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mac.hexdigest()}",
    }


@pytest.fixture
def door() -> Door:
    return Door()


async def test_a_signed_command_arrives_as_its_fields(door: Door) -> None:
    body = urlencode(COMMAND).encode()
    assert await door.knock(body, signed(body)) == (200, b'{"text": "hello"}')
    assert door.seen == [(COMMAND, {})]


@pytest.mark.parametrize(
    "text",
    [
        "acme payload rejected",
        "acme payload=1&x=2 %41 100%",
        "Zoë 👩‍👩‍👧 שלום “quoted” &lt;b&gt;",
        "",
        "a+b = c",
    ],
)
async def test_no_text_of_a_command_is_lost(door: Door, text: str) -> None:
    body = urlencode(COMMAND | {"text": text}).encode()
    status, _ = await door.knock(body, signed(body), parts=3)
    assert status == 200
    assert door.seen[0][0]["text"] == text


async def test_an_interaction_arrives_as_its_payload(door: Door) -> None:
    payload = {"type": "block_actions", "user": {"id": "U1"}, "text": "ümläut"}
    body = urlencode({"payload": json.dumps(payload)}).encode()
    assert (await door.knock(body, signed(body)))[0] == 200
    assert door.seen[0][0] == payload


async def test_an_event_arrives_with_its_retry_headers(door: Door) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()
    headers = signed(body, content_type="application/json; charset=utf-8")
    retried = headers | {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert (await door.knock(body, retried))[0] == 200
    assert door.seen[0][1] == {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}


FORGERIES = {
    "other secret": lambda body: signed(body, secret="other"),
    "other body": lambda body: signed(body + b"&x=1"),
    "no signature": lambda body: {**signed(body), "X-Slack-Signature": ""},
    "half a signature": lambda body: {
        **signed(body),
        "X-Slack-Signature": signed(body)["X-Slack-Signature"][:30],
    },
    "signature in latin-1": lambda body: {**signed(body), "X-Slack-Signature": "v0=é"},
    "no headers at all": lambda _body: {},
    "six minutes old": lambda body: signed(body, at=str(int(NOW.timestamp()) - 360)),
    "six minutes ahead": lambda body: signed(body, at=str(int(NOW.timestamp()) + 360)),
    "timestamp in words": lambda body: signed(body, at="yesterday"),
    "timestamp with a sign": lambda body: signed(body, at="-5"),
    "timestamp not finite": lambda body: signed(body, at="nan"),
    "timestamp of foreign digits": lambda body: {
        **signed(body),
        "X-Slack-Request-Timestamp": "²³",
    },
    "timestamp too long": lambda body: signed(body, at="9" * 5000),
    "empty timestamp": lambda body: signed(body, at=""),
    "re-used for a fresh timestamp": lambda body: {
        **signed(body, at=str(int(NOW.timestamp()) - 360)),
        "X-Slack-Request-Timestamp": str(int(NOW.timestamp())),
    },
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
async def test_forged_or_stale_gets_401_and_nothing_happens(door: Door, forged) -> None:
    body = urlencode(COMMAND).encode()
    assert await door.knock(body, forged(body)) == (401, b"")
    assert door.seen == []


async def test_the_edge_of_the_window_still_counts(door: Door) -> None:
    body = urlencode(COMMAND).encode()
    stamp = str(int(NOW.timestamp()) - 300)
    assert (await door.knock(body, signed(body, at=stamp)))[0] == 200


async def test_more_than_a_megabyte_gets_413_before_anything_is_checked(door: Door) -> None:
    body = b"text=" + b"x" * BODY_LIMIT
    assert (await door.knock(body, signed(body), parts=10))[0] == 413
    declared = signed(b"") | {"Content-Length": str(10 * BODY_LIMIT)}
    assert (await door.knock(b"", declared))[0] == 413
    assert door.seen == []


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", "", "text/json"])
async def test_a_signed_body_of_another_type_gets_415(door: Door, content_type: str) -> None:
    body = json.dumps({"type": "event_callback"}).encode()
    assert (await door.knock(body, signed(body, content_type=content_type)))[0] == 415
    assert door.seen == []


MANGLED = {
    "no JSON": (b"{", JSON),
    "a list": (b"[]", JSON),
    "too deep": (b"[" * 100_000, JSON),
    "no UTF-8": (b"\xff\xfe", JSON),
    "a payload that is none": (b"payload=hello", FORM),
    "a payload that is a number": (b"payload=7", FORM),
    "a thousand fields": (b"&".join([b"a=1"] * 1000), FORM),
}


@pytest.mark.parametrize(("body", "content_type"), MANGLED.values(), ids=MANGLED)
async def test_what_cannot_be_read_gets_400(door: Door, body: bytes, content_type: str) -> None:
    assert (await door.knock(body, signed(body, content_type=content_type)))[0] == 400
    assert door.seen == []


async def test_text_no_database_takes_is_made_harmless(door: Door) -> None:
    body = b'{"type": "event_callback", "event": {"text": "a\\u0000b\\ud800c \\ud83d\\ude00"}}'
    assert (await door.knock(body, signed(body, content_type=JSON)))[0] == 200
    assert door.seen[0][0]["event"]["text"] == "ab\N{REPLACEMENT CHARACTER}c 😀"


async def test_slack_verifies_the_url(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}).encode()
    status, answer = await door.knock(body, signed(body, content_type=JSON))
    assert (status, json.loads(answer)) == (200, {"challenge": "3eZbrw1a"})
    assert (await door.knock(body, {"Content-Type": JSON}))[0] == 401
    assert door.seen == []


async def test_slack_checks_the_certificate(door: Door) -> None:
    body = b"ssl_check=1&token=x"
    assert await door.knock(body, signed(body)) == (200, b"")
    assert door.seen == []


async def test_only_post_is_answered(door: Door) -> None:
    body = urlencode(COMMAND).encode()
    assert (await door.knock(body, signed(body), method="GET"))[0] == 405


def test_an_empty_secret_is_refused_at_start() -> None:
    with pytest.raises(ConfigError):
        Edge(signing_secret="", clock=Stopped(), dispatch=Door().dispatch)
