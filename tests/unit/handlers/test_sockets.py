"""Socket Mode: the same rows through Slack's socket, with a clean end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from handlers.blocks import Message, modal, section
from handlers.replies import Opening
from handlers.sockets import Sockets
from handlers.table import Command, Slash, Tables
from tests.peers.desk import counter


class SocketPeer:
    """Slack's end of the socket: sends envelopes, keeps the acks."""

    def __init__(self) -> None:
        self.acks: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.opened = asyncio.Event()
        self.closed = asyncio.Event()
        self.socket: web.WebSocketResponse | None = None

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"type": "hello", "num_connections": 1})
        self.opened.set()
        async for frame in self.socket:
            await self.acks.put(json.loads(frame.data))
        self.closed.set()
        return self.socket

    async def sends(self, kind: str, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
        assert self.socket is not None
        envelope = {"envelope_id": "e1", "type": kind, "accepts_response_payload": True}
        await self.socket.send_json(envelope | {"payload": payload} | more)
        async with asyncio.timeout(5):
            return await self.acks.get()


@asynccontextmanager
async def socket_peer() -> AsyncIterator[tuple[SocketPeer, str]]:
    peer = SocketPeer()
    app = web.Application()
    app.router.add_get("/ws", peer.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield peer, f"ws://{host}:{port}/ws"
    finally:
        await runner.cleanup()


def rows(reply: Any) -> Tables:
    async def status(call, _desk):
        return reply or Message(f"card of {call.text}")

    command = Command(verb="status", usage="CLIENT", summary="One card", run=status)
    return Tables.of(slashes=[Slash(root="client", summary="Clients", commands=(command,))])


@asynccontextmanager
async def connected(reply: Any = None) -> AsyncIterator[tuple[Any, SocketPeer, Sockets]]:
    async with socket_peer() as (peer, url), counter(rows(reply)) as desk:
        desk.api.answers["apps.connections.open"].append({"url": url})
        sockets = Sockets(desk.slack, "xapp-1")
        sockets.start()
        async with asyncio.timeout(5):
            await peer.opened.wait()
        try:
            yield desk, peer, sockets
        finally:
            await sockets.close()


async def test_a_command_is_answered_in_the_ack_of_its_envelope() -> None:
    async with connected() as (desk, peer, sockets):
        ack = await peer.sends("slash_commands", desk.command("status acme payload \0rejected"))
        assert ack["envelope_id"] == "e1"
        assert ack["payload"]["text"] == "card of acme payload rejected"
        assert desk.api.of("apps.connections.open") == [{}]
        assert await sockets.connected()


async def test_a_modal_opens_after_the_ack() -> None:
    view = modal("ticket.open", "Log", [section("…")])
    async with connected(Opening(view)) as (desk, peer, _sockets):
        desk.api.arrived.clear()
        assert await peer.sends("slash_commands", desk.command("status acme")) == {
            "envelope_id": "e1"
        }
        await desk.settles()
        assert len(desk.api.of("views.open")) == 1


async def test_it_hangs_up_cleanly() -> None:
    async with connected() as (_desk, peer, sockets):
        await sockets.close()
        async with asyncio.timeout(5):
            await peer.closed.wait()
        assert not await sockets.connected()


async def test_it_can_be_closed_while_it_still_tries_to_connect() -> None:
    async with counter(rows(None)) as desk:
        desk.api.answers["apps.connections.open"].append({"ok": False, "error": "invalid_auth"})
        sockets = Sockets(desk.slack, "xapp-wrong")
        sockets.start()
        async with asyncio.timeout(5):
            await desk.api.arrived.wait()
        await sockets.close()
        assert not await sockets.connected()
