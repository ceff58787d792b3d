"""The page, its parts, and uploaded files, over plain HTTP. Nothing of it is ever cached."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.types import Receive, Scope, Send

from simulator import web
from simulator.workspace import Workspace

ROOT = Path(__file__).parent / "page"
# Named here because a machine's own list of types may call a script plain text.
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@dataclass(slots=True)
class Pages:
    """An ASGI application for one workspace."""

    ws: Workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await web.read_body(receive)
        parts = [part for part in scope["path"].split("/") if part]
        match parts:
            case []:
                await _file(send, ROOT / "index.html")
            case ["page", *rest] if rest:
                await _file(send, ROOT.joinpath(*rest))
            case ["upload", file_id, secret] if scope["method"] == "POST":
                await self._upload(scope, send, file_id, secret, body)
            case ["files", file_id, *_]:
                await self._download(send, file_id)
            case _:
                await web.answer(send, "not found", 404)

    async def _upload(
        self, scope: Scope, send: Send, file_id: str, secret: str, body: bytes
    ) -> None:
        """Takes the bytes as they are, or as the one file of a form."""
        file = self.ws.state.files.get(file_id)
        if file is None or file.secret != secret:
            await web.answer(send, "not found", 404)
            return
        content_type = web.headers_of(scope).get("content-type", "")
        if content_type.startswith("multipart/form-data"):
            parts = web.read_multipart(body, content_type)
            body = parts[0].content if parts else b""
        file.content = body
        await web.answer(send, f"OK - {len(body)}")

    async def _download(self, send: Send, file_id: str) -> None:
        file = self.ws.state.files.get(file_id)
        if file is None:
            await web.answer(send, "not found", 404)
            return
        await _bytes(send, file.content, mimetypes.guess_type(file.name)[0])


async def _file(send: Send, path: Path) -> None:
    content = _read(path)
    if content is None:
        await web.answer(send, "not found", 404)
        return
    await _bytes(send, content, KINDS.get(path.suffix))


def _read(path: Path) -> bytes | None:
    """A small file of the page; nothing outside of it."""
    inside = path.resolve().is_relative_to(ROOT.resolve())
    return path.read_bytes() if inside and path.is_file() else None


async def _bytes(send: Send, content: bytes, kind: str | None) -> None:
    head = [
        (b"content-type", (kind or "application/octet-stream").encode()),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": content})
