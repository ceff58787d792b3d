"""The load client: signed requests over a few connections of one loop, as cheaply as Python can.

Every answer is checked: a status other than 200, or a body without what is expected, ends the run.
"""

import asyncio
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

CONNECTIONS = 8
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"


class WrongAnswer(Exception):
    """The server answered something else than what is measured."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent, and what every answer must contain."""

    requests: Sequence[bytes]
    expected: bytes = b""


class _Connection(asyncio.Protocol):
    """One keep-alive connection with at most one request on its way."""

    def __init__(self, load: Load, answered: "Callable[[_Connection], None]") -> None:
        self._load = load
        self._answered = answered
        self._buffer = b""
        self.failure = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(_HEAD_END)
        if not found:
            return
        length = _LENGTH.search(head)
        if length is None or len(body) < int(length[1]):
            return
        self._buffer = b""
        if not head.startswith(b"HTTP/1.1 200") or self._load.expected not in body:
            self._fail(WrongAnswer((head.split(b"\r\n")[0] + b" " + body[:300]).decode()))
        self._answered(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(exc or WrongAnswer("The server hung up."))

    def _fail(self, error: Exception) -> None:
        if not self.failure.done():
            self.failure.set_exception(error)


async def saturate(port: int, load: Load) -> float:
    """Send all, a next one on a connection as soon as the last is answered; seconds taken."""
    loop = asyncio.get_running_loop()
    waiting = iter(load.requests)
    left = len(load.requests)
    done = loop.create_future()

    def answered(connection: _Connection) -> None:
        nonlocal left
        left -= 1
        _send_next(connection, waiting)
        if not left and not done.done():
            done.set_result(None)

    async with _connections(port, load, answered) as connections:
        started = time.perf_counter()
        for connection in connections:
            _send_next(connection, waiting)
        await _until(done, connections)
        return time.perf_counter() - started


async def paced(port: int, load: Load, per_second: float) -> list[float]:
    """Send at a fixed rate whatever the answers do; seconds from due time to answer, of each."""
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    idle: deque[_Connection] = deque()
    queued: deque[tuple[float, bytes]] = deque()
    under_way: dict[_Connection, float] = {}
    done = loop.create_future()

    def answered(connection: _Connection) -> None:
        latencies.append(time.perf_counter() - under_way.pop(connection))
        idle.append(connection)
        if len(latencies) == len(load.requests) and not done.done():
            done.set_result(None)
        send()

    def send() -> None:
        while queued and idle:
            connection = idle.popleft()
            under_way[connection], request = queued.popleft()
            connection.transport.write(request)

    def due(request: bytes) -> None:
        queued.append((time.perf_counter(), request))
        send()

    async with _connections(port, load, answered) as connections:
        idle.extend(connections)
        first = loop.time() + 0.05
        for number, request in enumerate(load.requests):
            loop.call_at(first + number / per_second, due, request)
        await _until(done, connections)
    return latencies


def _send_next(connection: _Connection, waiting: Iterator[bytes]) -> None:
    request = next(waiting, None)
    if request is not None:
        connection.transport.write(request)


@asynccontextmanager
async def _connections(
    port: int, load: Load, answered: Callable[[_Connection], None]
) -> AsyncIterator[list[_Connection]]:
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Connection(load, answered), "127.0.0.1", port)
        for _ in range(CONNECTIONS)
    ]
    connections = [connection for _, connection in made]
    try:
        yield connections
    finally:
        for connection in connections:
            connection.failure.cancel()
            connection.transport.close()


async def _until(done: asyncio.Future[None], connections: Sequence[_Connection]) -> None:
    """Until everything is answered, or one answer was wrong."""
    failures = [connection.failure for connection in connections]
    finished, _ = await asyncio.wait(
        (done, *failures), timeout=60, return_when=asyncio.FIRST_COMPLETED
    )
    if not finished:
        raise WrongAnswer("The server did not answer within a minute.")
    for one in finished:
        one.result()
