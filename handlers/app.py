"""Wires Bolt to our listeners: one for each kind of payload, so that dispatch stays flat.

Bolt verifies nothing here: the edge has, and a socket is authenticated when it opens.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

from aiohttp import ClientSession, ClientTimeout
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import TeamId
from bot.ports import Clock, Facts, Installations
from bot.services import Services
from bot.telemetry import Metrics
from handlers.acks import Ack
from handlers.afterwards import Afterwards
from handlers.askers import Askers
from handlers.background import Background
from handlers.boundary import Boundary
from handlers.conductor import Conductor
from handlers.directory import SlackDirectory
from handlers.listeners import Listeners
from handlers.payloads import Raw
from handlers.response_urls import ResponseUrls
from handlers.table import Desk, Tables
from handlers.tokens import TokenCache
from handlers.turns import PATIENCE, Patience
from handlers.web_api import WebApi

_Listener: TypeAlias = Callable[[Raw, TeamId], Awaitable[Ack]]
_BoltListener: TypeAlias = Callable[[dict[str, Any], AsyncBoltContext], Awaitable[BoltResponse]]

_ANYTHING = re.compile("")
_REVOKED = {"tokens_revoked", "app_uninstalled"}
_DRAIN_SECONDS = 10.0
_CALL_SECONDS = 15.0

NOT_INSTALLED = "ClientOps is not installed in this workspace (any more). Ask an admin to add it."


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
    def connect(  # noqa: PLR0913  # the composition root names everything once
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
    ) -> Self:
        session = ClientSession(timeout=ClientTimeout(total=_CALL_SECONDS))
        client = AsyncWebClient(base_url=api_url, session=session, retry_handlers=[])
        tokens = TokenCache(installations)
        api = WebApi(client, tokens.token, tokens.forget)
        directory, background = SlackDirectory(api), Background()
        boundary = Boundary(metrics)
        listeners = Listeners(
            tables=tables,
            desk=Desk(services=services, facts=facts, directory=directory, clock=clock),
            askers=Askers(
                facts=facts,
                directory=directory,
                installations=installations,
                people=services.people,
            ),
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


def bolt_app(client: AsyncWebClient, tokens: TokenCache, listeners: Listeners) -> AsyncApp:
    """Bolt with `process_before_response`: it hands on our answer at once, not in 10 ms steps."""
    bolt = AsyncApp(
        name="clientops",
        client=client,
        authorize=_authorize(tokens),  # type: ignore[arg-type]  # None is "not installed" to Bolt
        process_before_response=True,
        request_verification_enabled=False,
        user_facing_authorize_error_message=NOT_INSTALLED,
        attaching_conversation_kwargs_enabled=False,
    )
    bolt.command(_ANYTHING)(_bolt_listener(listeners.command))
    bolt.event(_ANYTHING)(_bolt_listener(_forgetting(tokens, listeners.event)))
    bolt.block_action(_ANYTHING)(_bolt_listener(listeners.press))
    bolt.view_submission(_ANYTHING)(_bolt_listener(listeners.submission))
    bolt.options(_ANYTHING)(_bolt_listener(listeners.options))
    bolt.shortcut(_ANYTHING)(_bolt_listener(listeners.shortcut))
    bolt.view_closed(_ANYTHING)(_bolt_listener(listeners.closing))
    return bolt


def _authorize(tokens: TokenCache) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """A plain function: Bolt reads argument names and would hand a method its own `self`."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return await tokens.authorize(enterprise_id=enterprise_id, team_id=team_id)

    return authorize


def _bolt_listener(listen: _Listener) -> _BoltListener:
    async def listener(body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        return await listen(body, TeamId(context.team_id or ""))

    return listener


def _forgetting(tokens: TokenCache, listen: _Listener) -> _Listener:
    """A revoked token is not used once more, whatever the rows do about it."""

    async def listener(body: Raw, team: TeamId) -> Ack:
        if body["event"].get("type") in _REVOKED:
            tokens.forget(team)
        return await listen(body, team)

    return listener
