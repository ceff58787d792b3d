"""Slack's side of the application, wired: what listens, what speaks, and how both end."""

from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Clock, Facts, Installations
from bot.services import Services
from bot.telemetry import Metrics
from handlers.afterwards import Afterwards
from handlers.askers import Askers
from handlers.background import ROOM, Background
from handlers.bolt import bolt_app
from handlers.boundary import Boundary
from handlers.conductor import Conductor
from handlers.directory import SlackDirectory
from handlers.listeners import Listeners
from handlers.response_urls import ResponseUrls
from handlers.table import Desk, Tables
from handlers.threads import SlackThreads
from handlers.tokens import TokenCache
from handlers.turns import PATIENCE, Patience
from handlers.web_api import WebApi

_DRAIN_SECONDS = 10.0
_CALL_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSide:
    """Slack, listening and speaking. Made inside the running loop; `close` ends it cleanly."""

    bolt: AsyncApp
    api: WebApi
    directory: SlackDirectory
    tokens: TokenCache
    background: Background
    session: ClientSession

    @classmethod
    def connect(  # the composition root names everything once
        cls,
        *,
        api_url: str,
        tables: Tables,
        services: Services,
        facts: Facts,
        installations: Installations,
        clock: Clock,
        metrics: Metrics,
        patience: Patience = PATIENCE,
        room: int = ROOM,
    ) -> Self:
        session = ClientSession(timeout=ClientTimeout(total=_CALL_SECONDS))
        client = AsyncWebClient(base_url=api_url, session=session, retry_handlers=[])
        tokens = TokenCache(installations)
        api = WebApi(client, tokens.token, tokens.forget)
        directory, background = SlackDirectory(api), Background(room)
        threads, boundary = SlackThreads(api), Boundary(metrics)
        askers = Askers(
            facts=facts, directory=directory, installations=installations, people=services.people
        )
        listeners = Listeners(
            tables=tables,
            desk=Desk(
                services=services, facts=facts, directory=directory, threads=threads, clock=clock
            ),
            askers=askers,
            conductor=Conductor(
                boundary=boundary,
                afterwards=Afterwards(api, ResponseUrls(session), boundary),
                background=background,
                metrics=metrics,
                patience=patience,
            ),
        )
        return cls(
            bolt=bolt_app(client, tokens, listeners),
            api=api,
            directory=directory,
            tokens=tokens,
            background=background,
            session=session,
        )

    async def dispatch(self, payload: dict[str, Any], headers: dict[str, str]) -> BoltResponse:
        """A payload known to be Slack's, to its listener."""
        request = AsyncBoltRequest(body=payload, headers=dict(headers), mode="socket_mode")
        return await self.bolt.async_dispatch(request)

    async def close(self) -> None:
        """Finish what was begun, then hang up. Stop what feeds `dispatch` before."""
        await self.background.drain(_DRAIN_SECONDS)
        await self.session.close()
