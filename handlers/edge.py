"""The door for signed HTTP: our own ASGI application for POST /slack/events.

Nothing is parsed before the signature over the raw body holds, and nothing happens when it does
not. Parsing is ours too: Bolt loses a slash command whose text contains the word `payload`.
"""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias, cast
from urllib.parse import unquote_to_bytes

import structlog
from slack_bolt.response import BoltResponse
from starlette.types import Message as AsgiMessage
from starlette.types import Receive, Scope, Send

from bot.domain.errors import ConfigError
from bot.ports import Clock
from handlers.acks import Ack
from handlers.storable import storable

log = structlog.get_logger(__name__)
Payload: TypeAlias = dict[str, Any]
Dispatch: TypeAlias = Callable[[Payload, dict[str, str]], Awaitable[BoltResponse]]

PATH: Final = "/slack/events"
BODY_LIMIT: Final = 1_000_000
WINDOW_SECONDS: Final = 300
_FORM, _JSON = b"application/x-www-form-urlencoded", b"application/json"
_FIELDS = 100
_RETRY_HEADERS = (b"x-slack-retry-num", b"x-slack-retry-reason")


class Refused(Exception):  # an answer, not a failure of ours
    """The request ends here, with that HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Edge:
    """`dispatch` gets the payload as a dictionary, and the retry headers."""

    def __init__(self, *, signing_secret: str, clock: Clock, dispatch: Dispatch) -> None:
        if not signing_secret:
            raise ConfigError(["SLACK_SIGNING_SECRET is empty: anybody could sign with that."])
        self._mac = hmac.new(signing_secret.encode(), digestmod=hashlib.sha256)
        self._clock = clock
        self._dispatch = dispatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            payload, headers = await self._admitted(scope, receive)
            response = await self._answered(payload, headers)
        except Refused as refused:
            response = BoltResponse(status=refused.status)
        await _send(response, send)
        if isinstance(response, Ack):
            response.left()

    async def _admitted(self, scope: Scope, receive: Receive) -> tuple[Payload, dict[str, str]]:
        if scope["method"] != "POST":
            raise Refused(405)
        headers: dict[bytes, bytes] = dict(scope["headers"])
        body = await _body(headers, receive)
        self._verify(headers, body)
        payload = _parsed(headers.get(b"content-type", b""), body)
        return payload, {
            name.decode(): headers[name].decode("latin-1")
            for name in _RETRY_HEADERS
            if name in headers
        }

    def _verify(self, headers: Mapping[bytes, bytes], body: bytes) -> None:
        """Slack's signature over the raw body, no older than five minutes."""
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        if not stamp.isdigit() or len(stamp) > 12:  # noqa: PLR2004  # far beyond any year in use
            raise Refused(401)
        if abs(self._clock.now().timestamp() - int(stamp)) > WINDOW_SECONDS:
            raise Refused(401)
        mac = self._mac.copy()
        mac.update(b"v0:%b:%b" % (stamp, body))
        expected = b"v0=" + mac.hexdigest().encode()
        if not hmac.compare_digest(expected, headers.get(b"x-slack-signature", b"")):
            raise Refused(401)

    async def _answered(self, payload: Payload, headers: dict[str, str]) -> BoltResponse:
        if payload.get("ssl_check"):
            return BoltResponse(status=200)
        if payload.get("type") == "app_rate_limited":
            log.warning("slack.withholds_events", minute=payload.get("minute_rate_limited"))
            return BoltResponse(status=200)
        if payload.get("type") == "url_verification":
            return BoltResponse(status=200, body={"challenge": str(payload.get("challenge", ""))})
        return await self._dispatch(payload, headers)


async def _body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > BODY_LIMIT:
        raise Refused(413)
    parts: list[bytes] = []
    size = 0
    while True:
        message: AsgiMessage = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            raise Refused(413)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _parsed(content_type: bytes, body: bytes) -> Payload:
    """Events are JSON; commands and interactions are forms, the latter with JSON in `payload`."""
    kind = content_type.partition(b";")[0].strip().lower()
    try:
        text = body.decode()
        if kind == _JSON:
            return _object(text)
        if kind != _FORM:
            raise Refused(415)
        form = _form(text)
        if "command" in form or "payload" not in form:
            return form
        return _object(form["payload"])
    except (ValueError, RecursionError):
        raise Refused(400) from None


def _object(text: str) -> Payload:
    payload = json.loads(text)
    if not isinstance(payload, dict):
        raise Refused(400)
    if "\\u" in text:  # only an escape can hide what no database takes
        return cast(Payload, storable(payload))
    return payload


def _form(text: str) -> Payload:
    """A form with a single value for each name, the last one given."""
    pairs = [pair.partition("=") for pair in text.split("&", _FIELDS)]
    if len(pairs) > _FIELDS:
        raise Refused(400)
    return {_plain(name): _plain(value) for name, _, value in pairs if name}


def _plain(text: str) -> str:
    if "%" not in text and "+" not in text:
        return text
    return unquote_to_bytes(text.replace("+", " ")).decode(errors="replace").replace("\0", "")


async def _send(response: BoltResponse, send: Send) -> None:
    body = (response.body or "").encode()
    headers = [
        (name.encode(), value.encode())
        for name, values in response.headers.items()
        for value in values
    ]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
