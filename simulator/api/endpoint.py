"""`/api/<method>`: token, scopes, rate limit, faults, then the method's row. Never a traceback."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send

from simulator import web
from simulator.api.call import Call
from simulator.api.meta import connections_open
from simulator.api.methods import CONNECTIONS_OPEN, METHODS
from simulator.errors import ApiError, HangUp
from simulator.faults import meeting
from simulator.model import Payload
from simulator.ratelimits import Tier
from simulator.workspace import Workspace

# Answers that are part of the game between an app and Slack: no problem anyone has to look at.
EXPECTED = frozenset(
    {
        "hash_conflict", "no_reaction", "already_reacted", "users_not_found", "ratelimited",
        "not_found", "message_not_found", "thread_not_found", "name_taken",
    }
)  # fmt: skip


@dataclass(slots=True)
class WebApi:
    """An ASGI application for one workspace."""

    ws: Workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["path"].removeprefix("/api/")
        body = await web.read_body(receive)
        try:
            args = _arguments(scope, body)
            call = partial(self._call, method, _token(scope, args), args)
            faults = self.ws.faults
            shown = await meeting(faults, method, call, channel=args.get("channel"))
        except HangUp:
            await web.hang_up(scope, receive)
        except ApiError as error:
            await web.answer(send, error.body(), error.status, error.headers | self._headers())
        else:
            await web.answer(send, shown, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"x-oauth-scopes": ",".join(sorted(self.ws.manifest.scopes))}

    async def _call(self, method: str, token: str, args: Payload) -> Payload:
        try:
            shown = await self._dispatch(method, token, args)
        except ApiError as error:
            if error.code not in EXPECTED:
                self.ws.refuse(method, [error.code], error.extra or None)
            raise
        return {"ok": True, **shown}

    async def _dispatch(self, method: str, token: str, args: Payload) -> Payload:
        if not token:
            raise ApiError("not_authed")
        if method == CONNECTIONS_OPEN:
            if token != self.ws.state.app.app_token:
                raise ApiError("invalid_auth")
            self.ws.rates.check(self.ws.state.app.id, method, Tier.ONE)
            return await connections_open(self.ws)
        team = self.ws.state.team_of_token(token)
        if team is None:
            raise ApiError("invalid_auth")
        if token in self.ws.state.revoked:
            raise ApiError("token_revoked")
        row = METHODS.get(method)
        if row is None:
            raise ApiError("unknown_method", req_method=method)
        call = Call(ws=self.ws, team=team, method=method, args=args)
        self.ws.rates.check(team.id, method, row.tier, call.text("channel"))
        call.need_scope(*row.scopes)
        return await row.run(call)


def _token(scope: Scope, args: Payload) -> str:
    """From the header, else from the arguments; taken out of them."""
    given = str(args.pop("token", "") or "")
    for name, value in scope["headers"]:
        if name == b"authorization":
            kind, _, token = value.decode("latin-1").partition(" ")
            return token.strip() if kind.lower() == "bearer" else given
    return given


def _arguments(scope: Scope, body: bytes) -> dict[str, Any]:
    """Query and body together, whichever way they are encoded."""
    args: dict[str, Any] = dict(web.query_of(scope))
    if not body:
        return args
    content_type = web.headers_of(scope).get("content-type", "")
    if content_type.startswith("application/json"):
        try:
            document = json.loads(body)
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(document, dict):
            raise ApiError("json_not_object")
        return args | document
    if content_type.startswith("multipart/form-data"):
        fields = web.read_multipart(body, content_type)
        return args | {part.name: part.content.decode("utf-8", "replace") for part in fields}
    return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
