"""HTTP in its plainest form: a request read to the end, an answer sent or the line dropped.

Kept below any framework because the Web API is the hot path of every test of an app, and because
a lost answer needs the bare connection.
"""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HANG_UP = "simulator.hang_up"


class Line(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which also tells the application how to drop the connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {HANG_UP: {"now": self.transport.abort}}


async def read_body(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)


def headers_of(scope: Scope) -> dict[str, str]:
    """Header names in lower case; the last of several wins."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def query_of(scope: Scope) -> dict[str, str]:
    return dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form with files; `filename` is empty for a plain field."""

    name: str
    filename: str
    content: bytes


def read_multipart(body: bytes, content_type: str) -> list[Part]:
    """The parts of a multipart/form-data body; parts without a name are left out."""
    boundary = Message()
    boundary["content-type"] = content_type
    mark = str(boundary.get_param("boundary", "")).encode("latin-1")
    parts = []
    for chunk in body.split(b"--" + mark)[1:-1] if mark else ():
        head, _, content = chunk.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = message_from_bytes(head)
        name = fields.get_param("name", header="content-disposition")
        if isinstance(name, str):
            parts.append(Part(name, fields.get_filename() or "", content.removesuffix(b"\r\n")))
    return parts


async def answer(
    send: Send, body: Any, status: int = 200, headers: dict[str, str] | None = None
) -> None:
    """Sends JSON, or a text as it is."""
    plain = isinstance(body, str)
    raw = body.encode() if plain else json.dumps(body).encode()
    kind = b"text/plain; charset=utf-8" if plain else b"application/json; charset=utf-8"
    head = [(b"content-type", kind), (b"content-length", str(len(raw)).encode())]
    head += [
        (name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": raw})


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Drops the connection without an answer, and waits until it is gone."""
    scope["extensions"][HANG_UP]["now"]()
    await _gone(receive)


async def until_gone(receive: Receive, work: Coroutine[Any, Any, None]) -> None:
    """Runs `work` until it is done or the other side has hung up."""
    task = asyncio.create_task(work)
    watch = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for row in (task, watch):
            row.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
