"""What operators see over HTTP, and which headers every page carries."""

import json
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter

from handlers.edge import Edge
from handlers.web.app import Readiness, asgi
from tests.peers.desk import Stopped

READY = Readiness(database=True, schema=True, slack_auth=False, courier_lag=12.5)


async def get(app, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    out: list[dict] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    async def send(message: dict) -> None:
        out.append(message)

    await app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in out[0]["headers"]}
    return out[0]["status"], headers, b"".join(m.get("body", b"") for m in out[1:])


def application(readiness: Readiness = READY, *, slack: Edge | None = None):
    registry = CollectorRegistry()
    Counter("clientops_things_total", "Things.", registry=registry).inc()

    async def probe() -> Readiness:
        return readiness

    return asgi(slack=slack, probe=probe, registry=registry)


async def test_the_process_says_it_lives() -> None:
    assert (await get(application(), "/healthz"))[0] == 200


async def test_slack_being_down_does_not_take_us_out_of_rotation() -> None:
    status, _, body = await get(application(), "/readyz")
    assert status == 200
    assert json.loads(body) == {
        "ready": True,
        "database": True,
        "schema": True,
        "slack_auth": False,
        "socket": None,
        "courier_lag_seconds": 12.5,
        "last_sweep": None,
    }


async def test_a_database_that_is_away_or_of_another_schema_does() -> None:
    swept = datetime(2026, 11, 21, tzinfo=UTC)
    for broken in (
        Readiness(database=False, schema=False, last_sweep=swept),
        Readiness(database=True, schema=False, last_sweep=swept),
    ):
        status, _, body = await get(application(broken), "/readyz")
        assert (status, json.loads(body)["last_sweep"]) == (503, "2026-11-21T00:00:00+00:00")


async def test_metrics_are_prometheus_text() -> None:
    status, headers, body = await get(application(), "/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain")
    assert b"clientops_things_total 1.0" in body


async def test_every_page_carries_the_headers() -> None:
    for path in ("/healthz", "/nowhere"):
        _, headers, _ = await get(application(), path)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_slacks_door_is_there_only_with_signed_http() -> None:
    async def dispatch(_payload, _headers):
        raise AssertionError

    door = Edge(signing_secret="s", clock=Stopped(), dispatch=dispatch)
    assert (await get(application(slack=door), "/slack/events", "POST"))[0] == 401
    assert (await get(application(), "/slack/events", "POST"))[0] == 404
    assert (await get(application(), "/healthz", "POST"))[0] == 405
