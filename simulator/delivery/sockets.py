"""Socket Mode: the app's open web sockets, letters to them in turn, their acks by envelope id."""

import asyncio
import itertools
import json
import uuid
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from simulator.delivery.letters import Answer, Letter

MAX_SOCKETS = 10


@dataclass(slots=True, eq=False)
class Sockets:
    """All sockets of one app. `tickets` are the URLs handed out and not used yet."""

    app_id: str
    patience: float
    tickets: set[str] = field(default_factory=set)
    open: list[WebSocket] = field(default_factory=list)
    _waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    _turn: "itertools.count[int]" = field(default_factory=itertools.count)

    def issue_ticket(self) -> str:
        ticket = uuid.uuid4().hex
        self.tickets.add(ticket)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from hello until it ends."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self.tickets or len(self.open) >= MAX_SOCKETS:
            await socket.close(code=1008)
            return
        self.tickets.discard(ticket)
        await socket.accept()
        await socket.send_text(json.dumps(self._hello()))
        self.open.append(socket)
        try:
            while True:
                self._take(await socket.receive_text())
        except WebSocketDisconnect:
            pass  # the app went away, which is its right
        finally:
            self._forget(socket)

    async def send(self, letter: Letter) -> Answer:
        if not self.open:
            return Answer(status="no_app", error="connection_failed")
        socket = self.open[next(self._turn) % len(self.open)]
        envelope_id = str(uuid.uuid4())
        future = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        try:
            async with asyncio.timeout(self.patience):
                await socket.send_text(json.dumps(envelope(letter, envelope_id)))
                answer: Answer = await future
                return answer
        except TimeoutError:
            return Answer(status="timeout", error="http_timeout")
        except (WebSocketDisconnect, RuntimeError):  # starlette's word for a closed socket
            return Answer(status="connection_failed", error="connection_failed")
        finally:
            self._waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str = "refresh_requested", *, close: bool = True) -> None:
        """Asks every open socket to come back, as Slack does every few hours."""
        for socket in list(self.open):
            message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
            with suppress(WebSocketDisconnect, RuntimeError):
                await socket.send_text(json.dumps(message))
                if close:
                    await socket.close()
            if close:
                self._forget(socket)

    def _hello(self) -> dict[str, object]:
        return {
            "type": "hello",
            "num_connections": len(self.open) + 1,
            "debug_info": {"host": "local", "approximate_connection_time": 3600},
            "connection_info": {"app_id": self.app_id},
        }

    def _take(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        future = self._waiting.get(message.get("envelope_id", ""))
        if future is not None and not future.done():
            future.set_result(Answer(status=200, body=message.get("payload") or None))

    def _forget(self, socket: WebSocket) -> None:
        with suppress(ValueError):
            self.open.remove(socket)


def envelope(letter: Letter, envelope_id: str) -> dict[str, object]:
    """Socket Mode's wrapping of one letter."""
    wrapped: dict[str, object] = {
        "envelope_id": envelope_id,
        "type": letter.kind,
        "payload": letter.payload,
        "accepts_response_payload": letter.kind != "events_api",
    }
    if letter.kind == "events_api":
        wrapped |= {"retry_attempt": letter.retry, "retry_reason": letter.retry_reason}
    return wrapped
