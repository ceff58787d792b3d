"""Slack's list of accounts in the words of the domain: who is a member, a guest, an outsider."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.errors import Undeliverable
from bot.domain.ids import TeamId, UserId
from bot.domain.people import Profile, Standing
from handlers.web_api import WebApi

_PAGE = 200
_UNKNOWN = {"user_not_found", "user_not_visible", "users_not_found"}


class SlackDirectory:
    """The `Directory` port over `users.info` and `users.list`."""

    def __init__(self, api: WebApi) -> None:
        self._api = api

    async def profile(self, team_id: TeamId, user_id: UserId) -> Profile | None:
        """None when Slack does not know them. Raises RetryLater, Undeliverable."""
        try:
            answer = await self._api.call(team_id, self._api.client.users_info, user=user_id)
        except Undeliverable as error:
            if error.reason in _UNKNOWN:
                return None
            raise
        return profile_of(answer["user"], team_id)

    async def profiles(self, team_id: TeamId) -> Sequence[Profile]:
        """Every account, deactivated ones too. Raises RetryLater, Undeliverable."""
        found: list[Profile] = []
        cursor = ""
        while True:
            page = await self._api.call(
                team_id, self._api.client.users_list, limit=_PAGE, cursor=cursor
            )
            found.extend(profile_of(user, team_id) for user in page["members"])
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found


def profile_of(user: Mapping[str, Any], home: TeamId) -> Profile:
    """Slack's user object as seen from our team `home`."""
    details = user.get("profile") or {}
    names = (details.get("real_name"), user.get("real_name"), details.get("display_name"))
    return Profile(
        user_id=UserId(user["id"]),
        name=next((name for name in names if name), user.get("name") or user["id"]),
        email=details.get("email") or None,
        zone=user.get("tz") or None,
        standing=_standing(user, home),
        owner=bool(user.get("is_owner") or user.get("is_admin") or user.get("is_primary_owner")),
    )


def _standing(user: Mapping[str, Any], home: TeamId) -> Standing:
    if user.get("deleted"):
        return Standing.GONE
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return Standing.BOT
    if user.get("is_stranger") or not _is_ours(user, home):
        return Standing.OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


def _is_ours(user: Mapping[str, Any], home: TeamId) -> bool:
    """Of our team, or of our organisation on a grid: then our team is among its teams."""
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    return user.get("team_id", home) == home or home in teams
