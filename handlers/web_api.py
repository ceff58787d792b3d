"""Calls to Slack's Web API: the right token for each team, and Slack's errors by our names."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from aiohttp import ClientConnectorError, ClientError, ServerTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import DeskError, RetryLater, Undeliverable, UnknownOutcome
from bot.domain.ids import TeamId

Tokens: TypeAlias = Callable[[TeamId], Awaitable[str | None]]
Method: TypeAlias = Callable[..., Awaitable[AsyncSlackResponse]]

_BUSY = {
    "ratelimited",
    "rate_limited",
    "message_limit_exceeded",
    "service_unavailable",
    "team_added_to_org",
    "org_login_required",
    "external_channel_migrating",
}
_PERHAPS_DONE = {"internal_error", "fatal_error", "request_timeout"}
_DEAD_TOKEN = {"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"}


class WebApi:
    """`tokens` gives a team's token or None; `forget` is told when Slack refuses one."""

    def __init__(
        self, client: AsyncWebClient, tokens: Tokens, forget: Callable[[TeamId], None]
    ) -> None:
        self.client = client
        self._tokens = tokens
        self._forget = forget

    async def call(self, team_id: TeamId, method: Method, **arguments: Any) -> Mapping[str, Any]:
        """Slack's answer. Raises RetryLater, UnknownOutcome or Undeliverable, nothing else."""
        token = await self._tokens(team_id)
        if token is None:
            raise Undeliverable("not_installed", "ClientOps is not installed in that workspace.")
        try:
            answer = await method(token=token, **arguments)
        except SlackApiError as error:
            if _code(error) in _DEAD_TOKEN:
                self._forget(team_id)
            raise _named(error) from error
        except (ClientConnectorError, ConnectionRefusedError) as error:
            raise RetryLater(repr(error)) from error
        except (ClientError, ServerTimeoutError, TimeoutError, OSError) as error:
            raise UnknownOutcome(repr(error)) from error
        return answer.data if isinstance(answer.data, dict) else {}


def _named(error: SlackApiError) -> DeskError:
    """What to do about it: busy, perhaps done already, or never."""
    status, code = _status(error), _code(error)
    if status == 429 or code in _BUSY:  # noqa: PLR2004  # HTTP's own number
        return RetryLater(code or "ratelimited", _pause(error))
    if code in _PERHAPS_DONE or status >= 500 or not code:  # noqa: PLR2004
        return UnknownOutcome(code or f"HTTP {status}")
    return Undeliverable(code, _needed(error))


def _code(error: SlackApiError) -> str:
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _status(error: SlackApiError) -> int:
    """slack_sdk hands out its own response, or aiohttp's when the body was no JSON."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return status if isinstance(status, int) else 0


def _pause(error: SlackApiError) -> timedelta | None:
    after = error.response.headers.get("Retry-After", "")
    return timedelta(seconds=int(after)) if str(after).isdecimal() else None


def _needed(error: SlackApiError) -> str:
    data = error.response.data if isinstance(error.response.data, dict) else {}
    return f"needs {data['needed']}" if "needed" in data else ""
