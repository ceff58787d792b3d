"""`/_demo/…`: the table of control calls, and their way in over HTTP."""

import json
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from starlette.types import Receive, Scope, Send

from simulator import web
from simulator.control import acts, look, world
from simulator.errors import DemoError
from simulator.model import File, Payload
from simulator.payloads import file_object
from simulator.workspace import Workspace

Look = Callable[[Workspace, dict[str, str]], Awaitable[Payload]]
Deed = Callable[[Workspace, dict[str, Any]], Awaitable[Payload]]

LOOKS: dict[str, Look] = {
    "clock": world.read_clock,
    "conversations": look.conversations,
    "deliveries": look.deliveries,
    "problems": look.problems,
    "seen": look.seen,
    "state": look.state,
    "views": look.shown_views,
}
DEEDS: dict[str, Deed] = {
    "act": acts.act,
    "app": world.set_app,
    "channel": world.channel,
    "clock": world.move_clock,
    "clock/ack": world.ack_clock,
    "close": acts.close,
    "disconnect": world.disconnect,
    "dm": world.dm,
    "edit": world.edit,
    "event": world.event,
    "faults": world.set_faults,
    "home": world.home,
    "install": world.install,
    "limits": world.set_limits,
    "member": world.member,
    "options": acts.options,
    "press": acts.press,
    "react": acts.react,
    "settle": world.settle,
    "shortcut": acts.shortcut,
    "submit": acts.submit,
}


@dataclass(slots=True)
class Control:
    """An ASGI application for one workspace."""

    ws: Workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].removeprefix("/_demo/")
        if name == "events" and scope["method"] == "GET":
            await self._stream(scope, receive, send)
            return
        body = await web.read_body(receive)
        try:
            shown = await self._answer(name, scope, body)
        except DemoError as error:
            await web.answer(send, error.body(), 400)
        else:
            await web.answer(send, shown)

    async def _answer(self, name: str, scope: Scope, body: bytes) -> Payload:
        if scope["method"] == "GET":
            if name not in LOOKS:
                raise DemoError("unknown_call", f"GET: one of {', '.join(LOOKS)}, events")
            return await LOOKS[name](self.ws, web.query_of(scope))
        if name == "upload":
            return self._upload(scope, body)
        if name not in DEEDS:
            raise DemoError("unknown_call", f"POST: one of {', '.join(DEEDS)}, upload")
        return await DEEDS[name](self.ws, _document(body))

    def _upload(self, scope: Scope, body: bytes) -> Payload:
        content_type = web.headers_of(scope).get("content-type", "")
        parts = {part.name: part for part in web.read_multipart(body, content_type)}
        if "file" not in parts or "as" not in parts:
            raise DemoError("missing_argument", "a form with file and as")
        person = self.ws.state.person(parts["as"].content.decode())
        part = parts["file"]
        file = File(
            id=self.ws.state.ids.new("F"),
            team_id=person.team_id,
            user=person.id,
            name=part.filename or "file",
            title=part.filename or "file",
            created=self.ws.clock.timestamp(),
            content=part.content,
            secret=secrets.token_urlsafe(16),
            completed=True,
        )
        self.ws.state.files[file.id] = file
        return {"ok": True, "file": file_object(self.ws, file)}

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Server-sent events: what changed for one person, never what it says."""
        person = self.ws.state.people.get(web.query_of(scope).get("as", ""))
        if person is None:
            await web.answer(send, DemoError("user_not_found", "as").body(), 400)
            return
        head = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await _chunk(send, ": hello\n\n")
        async with aclosing(self._concerning(person.id)) as changes:
            await web.until_gone(receive, _forward(send, changes))
        await send({"type": "http.response.body", "body": b""})

    async def _concerning(self, user: str) -> AsyncGenerator[dict[str, Any]]:
        async for change in self.ws.changes.listen():
            if change.get("user") not in {None, user}:
                continue
            channel = self.ws.state.channels.get(change.get("channel", ""))
            if channel is None or not channel.is_private or user in channel.members:
                yield change


async def _forward(send: Send, changes: AsyncIterator[dict[str, Any]]) -> None:
    async for change in changes:
        await _chunk(send, f"data: {json.dumps(change)}\n\n")


async def _chunk(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body or b"{}")
    except ValueError:
        raise DemoError("invalid_json", "the body is not JSON") from None
    if not isinstance(document, dict):
        raise DemoError("invalid_json", "the body is not an object")
    return document
