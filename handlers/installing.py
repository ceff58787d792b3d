"""Who we are by a static token, and which channels the environment's names mean."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import ConfigError
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.people import Profile
from bot.domain.workspaces import Installation

log = structlog.get_logger(__name__)

UTC = "UTC"
PAGE = 200


async def identify(client: AsyncWebClient, token: str) -> Installation:
    """Ask Slack what the token stands for. Raises ConfigError when it stands for nothing."""
    try:
        answer = await client.auth_test(token=token)
    except SlackApiError as error:
        code = error.response.get("error", "unknown")
        raise ConfigError([f"SLACK_BOT_TOKEN: Slack says {code}. Install the app again?"]) from None
    return Installation(
        team_id=TeamId(answer["team_id"]),
        team_name=answer.get("team") or answer["team_id"],
        bot_token=token,
        bot_user_id=UserId(answer["user_id"]),
        bot_id=answer.get("bot_id") or "",
        zone=UTC,
    )


async def find_channel(client: AsyncWebClient, token: str, name: str | None) -> ChannelId | None:
    """A channel by id or by name, with or without #; None, and a warning, when we see none."""
    if name is None:
        return None
    wanted = name.removeprefix("#")
    async for channel in _channels(client, token):
        if wanted in {channel["id"], channel["name"]}:
            return ChannelId(channel["id"])
    log.warning("channel.unknown", name=wanted, hint="invite the bot, or choose in /ops settings")
    return None


async def _channels(client: AsyncWebClient, token: str) -> AsyncIterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        try:
            page = await client.conversations_list(
                token=token, types="public_channel,private_channel", limit=PAGE, cursor=cursor
            )
        except SlackApiError as error:
            code = error.response.get("error", "unknown")
            raise ConfigError(
                [f"conversations.list: Slack says {code}. See manifest.yml."]
            ) from None
        for channel in page["channels"]:
            yield channel
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def usual_zone(profiles: Sequence[Profile]) -> str:
    """The zone that most members live in: a first guess, changed in `/ops settings`."""
    zones = Counter(profile.zone for profile in profiles if profile.zone)
    return zones.most_common(1)[0][0] if zones else UTC
