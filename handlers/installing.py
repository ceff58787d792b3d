"""Who we are by a static token, and which channels the environment's names mean."""

from collections import Counter
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import ConfigError
from bot.domain.ids import ChannelId, TeamId, UserId
from bot.domain.people import Profile
from bot.domain.workspaces import Installation

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
    """A channel by id or by name, with or without #; None when it is not among those we see."""
    if name is None:
        return None
    wanted = name.removeprefix("#")
    cursor = ""
    while True:
        page = await client.conversations_list(
            token=token, types="public_channel,private_channel", limit=PAGE, cursor=cursor
        )
        for channel in page["channels"]:
            if wanted in {channel["id"], channel["name"]}:
                return ChannelId(channel["id"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None


def usual_zone(profiles: Sequence[Profile]) -> str:
    """The zone that most members live in: a first guess, changed in `/ops settings`."""
    zones = Counter(profile.zone for profile in profiles if profile.zone)
    return zones.most_common(1)[0][0] if zones else UTC
