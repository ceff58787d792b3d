"""Which token speaks for which team: asked from the store once, forgotten when it may be dead."""

from bot.domain.ids import TeamId
from bot.domain.workspaces import Installation
from bot.ports import Installations


class TokenCache:
    """Holds what was found; that a team is not installed is asked again each time."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations
        self._found: dict[TeamId, Installation] = {}

    async def token(self, team_id: TeamId) -> str | None:
        installation = await self.installation(team_id)
        return installation.bot_token if installation else None

    def forget(self, team_id: TeamId) -> None:
        """On `tokens_revoked`, `app_uninstalled`, or when Slack refuses the token."""
        self._found.pop(team_id, None)

    async def installation(self, team_id: TeamId) -> Installation | None:
        found = self._found.get(team_id)
        if found is None:
            found = await self._installations.find(team_id)
            if found is not None:
                self._found[team_id] = found
        return found
