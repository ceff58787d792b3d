"""A Slack that does next to nothing: answers the Web API from constants, counts the calls.

`python -m bench.peer PORT`. `GET /counts` tells how often each method was called.
"""

import asyncio
import json
import sys
from collections import Counter
from typing import Any, cast

import httptools
import uvloop

from bench.wire import TEAM

PEOPLE = 30
_VIEW = {"id": "V0BENCH", "hash": "1.1", "type": "modal"}


def _person(number: int) -> dict[str, Any]:
    name = f"bench{number}"
    return {
        "id": f"U0BENCH{number}",
        "team_id": TEAM,
        "name": name,
        "tz": "Europe/Berlin",
        "is_owner": number == 1,
        "profile": {"real_name": name, "email": f"{name}@agency.example"},
    }


_ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {
        "team_id": TEAM,
        "team": "Bench",
        "user_id": "U0APP",
        "user": "app",
        "bot_id": "B0BENCH",
        "url": "https://bench.slack.example/",
    },
    "users.list": {"members": [_person(number) for number in range(1, PEOPLE + 1)]},
    "conversations.list": {
        "channels": [{"id": "C0OPS", "name": "ops"}, {"id": "C0ALERTS", "name": "alerts"}]
    },
    "views.open": {"view": _VIEW},
    "views.update": {"view": _VIEW},
    "chat.postMessage": {"channel": "C0ALERTS", "ts": "1.000001", "message": {}},
    "chat.update": {"channel": "C0ALERTS", "ts": "1.000001"},
}


def _response(answer: dict[str, Any]) -> bytes:
    body = json.dumps(answer).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


_READY = {name: _response({"ok": True} | answer) for name, answer in _ANSWERS.items()}
_OK = _response({"ok": True})


class Peer(asyncio.Protocol):
    """One connection; `calls` are counted over all of them."""

    def __init__(self, calls: Counter[str]) -> None:
        self._calls = calls
        self._parser = httptools.HttpRequestParser(self)
        self._method = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._method = url.partition(b"?")[0].rpartition(b"/")[2].decode()

    def on_message_complete(self) -> None:
        if self._method == "counts":
            self._transport.write(_response(dict(self._calls)))
            return
        self._calls[self._method] += 1
        self._transport.write(_READY.get(self._method, _OK))


async def _serve(port: int) -> None:
    calls: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Peer(calls), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))
