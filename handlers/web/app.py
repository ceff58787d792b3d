"""The web application: Slack's door first, then health and metrics for operators.

Metrics and health name no client, person or channel; nothing here changes anything.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from handlers import edge
from handlers.edge import Edge
from handlers.web.headers import SecurityHeaders


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """`database` and `schema` decide; the rest is told and never fails it.

    None is "not known yet" or "not asked for". `courier_lag` is in seconds.
    """

    database: bool
    schema: bool
    slack_auth: bool | None = None
    socket: bool | None = None
    courier_lag: float | None = None
    last_sweep: datetime | None = None

    @property
    def is_ready(self) -> bool:
        return self.database and self.schema


Probe: TypeAlias = Callable[[], Awaitable[Readiness]]


def asgi(
    *,
    slack: Edge | None,
    probe: Probe,
    registry: CollectorRegistry,
    lifespan: Lifespan[Starlette] | None = None,
) -> ASGIApp:
    """The whole application. `slack` is None in Socket Mode: /slack/events is then not there."""
    operators = Starlette(routes=_routes(probe, registry), lifespan=lifespan)
    pages = SecurityHeaders(operators)
    return pages if slack is None else _SlackFirst(slack, pages)


class _SlackFirst:
    """Slack's requests do not pay for routing."""

    def __init__(self, slack: Edge, pages: ASGIApp) -> None:
        self._slack = slack
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_slack = scope["type"] == "http" and scope["path"] == edge.PATH
        await (self._slack if is_slack else self._pages)(scope, receive, send)


def _routes(probe: Probe, registry: CollectorRegistry) -> list[Route]:
    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        readiness = await probe()
        return JSONResponse(_told(readiness), status_code=200 if readiness.is_ready else 503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]


def _told(readiness: Readiness) -> dict[str, object]:
    swept = readiness.last_sweep
    return {
        "ready": readiness.is_ready,
        "database": readiness.database,
        "schema": readiness.schema,
        "slack_auth": readiness.slack_auth,
        "socket": readiness.socket,
        "courier_lag_seconds": readiness.courier_lag,
        "last_sweep": swept.isoformat() if swept else None,
    }
