"""Signed HTTP to the app's one URL, as Slack signs it. Refuses to wait longer than Slack does."""

import hashlib
import hmac
import json
from collections.abc import Callable
from urllib.parse import urlencode

import aiohttp

from simulator.delivery.letters import Answer, Letter

OK = range(200, 300)
IDLE_SECONDS = 2.0


class SignedHttp:
    """Posts letters to `url`; the signature's timestamp comes from the workspace's clock.

    `patience` is in real seconds.
    """

    def __init__(
        self, url: str | None, secret: str, timestamp: Callable[[], int], patience: float
    ) -> None:
        self.url = url
        self.patience = patience
        self._secret = secret.encode()
        self._timestamp = timestamp
        self._session: aiohttp.ClientSession | None = None

    async def send(self, letter: Letter) -> Answer:
        if self.url is None:
            return Answer(status="no_app", error="connection_failed")
        body, content_type = encode(letter)
        headers = self._headers(body) | {"Content-Type": content_type}
        if letter.retry:
            headers["X-Slack-Retry-Num"] = str(letter.retry)
            headers["X-Slack-Retry-Reason"] = letter.retry_reason
        try:
            return await self._post(self.url, body, headers)
        except TimeoutError:
            return Answer(status="timeout", error="http_timeout")
        except aiohttp.ClientError:
            return Answer(status="connection_failed", error="connection_failed")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        if self._session is None:
            # Slack opens connections as it needs them: no cap of the client's on a burst.
            # Idle connections are let go of before a server does so, which would lose a delivery.
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
            self._session = aiohttp.ClientSession(connector=connector)
        timeout = aiohttp.ClientTimeout(total=self.patience)
        sent = self._session.post(url, data=body, headers=headers, timeout=timeout)
        async with sent as response:
            raw = await response.read()
            return Answer(
                status=response.status,
                body=decode(raw, response.headers.get("Content-Type", "")),
                error=None if response.status in OK else "http_error",
                no_retry=response.headers.get("X-Slack-No-Retry") == "1",
            )

    def _headers(self, body: bytes) -> dict[str, str]:
        stamp = str(self._timestamp())
        base = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        return {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }


def encode(letter: Letter) -> tuple[bytes, str]:
    """The body and its content type: JSON for events, a form for the rest."""
    if letter.kind == "events_api":
        return json.dumps(letter.payload).encode(), "application/json"
    fields = letter.payload
    if letter.kind == "interactive":
        fields = {"payload": json.dumps(letter.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def decode(raw: bytes, content_type: str) -> dict[str, object] | str | None:
    """An ack's body: JSON by content type, any other text as it is, nothing as None."""
    text = raw.decode("utf-8", "replace")
    if not text.strip():
        return None
    if content_type.startswith("application/json"):
        try:
            document = json.loads(text)
        except ValueError:
            return text
        return document if isinstance(document, dict) else text
    return text
