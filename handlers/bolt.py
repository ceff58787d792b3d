"""Bolt between the door and our listeners: it authorizes and drops our own echoes; we dispatch.

Our middleware is the last one and answers by itself, so that Bolt never asks listeners in turn and
never waits for an ack in steps of 10 ms. It verifies nothing here: the edge has, and a socket is
authenticated when it opens.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import TeamId
from handlers.acks import Ack
from handlers.listeners import Listeners
from handlers.payloads import Raw
from handlers.tokens import TokenCache

_Listen: TypeAlias = Callable[[Raw, TeamId], Awaitable[Ack]]

NOT_INSTALLED: Final = (
    "ClientOps is not installed in this workspace (any more). Ask an admin to add it."
)
_REVOKED = {"tokens_revoked", "app_uninstalled"}


def bolt_app(client: AsyncWebClient, tokens: TokenCache, listeners: Listeners) -> AsyncApp:
    bolt = AsyncApp(
        name="clientops",
        client=client,
        authorize=_Authorize(tokens),  # type: ignore[arg-type]  # Bolt takes it, its types do not
        request_verification_enabled=False,
        user_facing_authorize_error_message=NOT_INSTALLED,
    )
    bolt.use(_Dispatch(tokens, listeners))
    return bolt


class _Authorize(AsyncAuthorize):
    """From the cache, never by `auth.test`. A class of Bolt's own kind spares it an inspection."""

    def __init__(self, tokens: TokenCache) -> None:
        self._tokens = tokens

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002  # Bolt's signature
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002
        **_actor: str | None,
    ) -> AuthorizeResult | None:
        installation = await self._tokens.installation(TeamId(team_id)) if team_id else None
        if installation is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=installation.team_id,
            team=installation.team_name,
            bot_token=installation.bot_token,
            bot_user_id=installation.bot_user_id,
            bot_id=installation.bot_id,
        )


class _Dispatch(AsyncMiddleware):
    """To the listener of the payload's type: one look into a dictionary, however many rows."""

    def __init__(self, tokens: TokenCache, listeners: Listeners) -> None:
        self._tokens = tokens
        self._command: _Listen = listeners.command
        self._by_type: Mapping[str, _Listen] = {
            "event_callback": listeners.event,
            "block_actions": listeners.press,
            "view_submission": listeners.submission,
            "view_closed": listeners.closing,
            "block_suggestion": listeners.options,
            "shortcut": listeners.shortcut,
            "message_action": listeners.shortcut,
        }

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002  # Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse | None:
        body: dict[str, Any] = req.body
        team = TeamId(req.context.team_id or "")
        kind = body.get("type", "")
        listen = self._command if "command" in body else self._by_type.get(kind)
        if listen is None:
            return await next()  # no business of ours: Bolt logs it and answers 404
        if kind == "event_callback" and body["event"].get("type") in _REVOKED:
            self._tokens.forget(team)
        return await listen(body, team)
