"""`/response/…`: what an app sends later, to the address it was given with an interaction."""

import json
from dataclasses import dataclass
from functools import partial

from starlette.types import Receive, Scope, Send

from simulator import interactions, messages, web
from simulator.errors import ApiError, HangUp
from simulator.faults import meeting
from simulator.model import Message, Payload
from simulator.tickets import ResponseUrl
from simulator.workspace import Workspace


@dataclass(slots=True)
class Responses:
    """An ASGI application for one workspace."""

    ws: Workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = await web.read_body(receive)
        key = scope["path"].removeprefix("/response/")
        try:
            await meeting(self.ws.faults, "response_url", partial(self._use, key, raw))
        except HangUp:
            await web.hang_up(scope, receive)
        except ApiError as error:
            await web.answer(send, error.body(), error.status)
        else:
            await web.answer(send, "ok")

    async def _use(self, key: str, raw: bytes) -> None:
        self._take(self.ws.response_urls.use(key), _document(raw))

    def _take(self, ticket: ResponseUrl, body: Payload) -> None:
        source = ticket.source
        own = source is not None and source.by_app and source.ts in ticket.channel.by_ts
        if body.get("delete_original"):
            self._delete(ticket, source if own else None, body)
        elif body.get("replace_original") and own and source is not None:
            self._check(body)
            kept: Payload = {"text": "", "blocks": [], "attachments": []}
            changes = {key: body.get(key) or empty for key, empty in kept.items()}
            messages.edit(self.ws, ticket.channel, source, changes, source.user)
        else:
            self._check(body)
            interactions.reply(self.ws, ticket.actor, ticket.channel, body)

    def _delete(self, ticket: ResponseUrl, source: Message | None, body: Payload) -> None:
        """Takes the source away; a message sent along is posted in its place."""
        if source is not None:
            messages.delete(self.ws, ticket.channel, source)
        if any(body.get(key) for key in ("text", "blocks", "attachments")):
            self._check(body)
            interactions.reply(self.ws, ticket.actor, ticket.channel, body)

    def _check(self, body: Payload) -> None:
        problems = interactions.faults_of(body)
        if problems:
            self.ws.refuse("response_url", problems, body)
            code = "no_text" if problems == ["no_text"] else "invalid_blocks"
            raise ApiError(code, status=400)


def _document(raw: bytes) -> Payload:
    try:
        document = json.loads(raw)
    except ValueError:
        raise ApiError("invalid_payload", status=400) from None
    if not isinstance(document, dict):
        raise ApiError("invalid_payload", status=400)
    return document
