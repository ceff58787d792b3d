"""Requests to our door as Slack sends them, or as somebody who is not Slack would."""

import copy
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from simulator.delivery.http import encode
from simulator.delivery.letters import Letter, LetterKind
from simulator.server import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Posts to the address the workspace knows our app by."""

    ws: Workspace
    http: aiohttp.ClientSession

    def last(self, kind: LetterKind, name: str) -> dict[str, Any]:
        """A copy of the newest payload that Slack sent, to be sent again or changed first."""
        found = [row for row in self.ws.post.record if (row["kind"], row["name"]) == (kind, name)]
        assert found, f"nothing was sent: {kind} {name}"
        body: dict[str, Any] = copy.deepcopy(found[-1]["body"])
        return body

    async def send(
        self,
        kind: LetterKind,
        payload: dict[str, Any],
        *,
        secret: str | None = None,
        stamp: str | None = None,
        signature: str | None = None,
    ) -> tuple[int, Any]:
        """Status and body of our answer. Signed rightly unless told otherwise."""
        body, content_type = encode(Letter(kind=kind, name="", payload=payload))
        stamp = stamp if stamp is not None else str(self.ws.clock.timestamp())
        key = (secret if secret is not None else self.ws.state.app.signing_secret).encode()
        digest = hmac.new(key, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}" if signature is None else signature,
        }
        assert self.ws.post.http.url is not None
        async with self.http.post(self.ws.post.http.url, data=body, headers=headers) as response:
            text = await response.text()
        return response.status, json.loads(text) if text.startswith("{") else text
