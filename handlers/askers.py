"""Who asks: one statement for whom we know; for others Slack's directory, after the ack."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import RetryLater
from bot.domain.ids import TeamId, UserId
from bot.domain.people import Asker, Profile, Standing
from bot.ports import Directory, Facts, Installations
from bot.services.people import PeopleDesk
from handlers.payloads import Origin

_TRIES = 3
_PAUSE = timedelta(seconds=1)


class Askers:
    def __init__(
        self,
        *,
        facts: Facts,
        directory: Directory,
        installations: Installations,
        people: PeopleDesk,
    ) -> None:
        self._facts = facts
        self._directory = directory
        self._installations = installations
        self._people = people

    async def find(self, origin: Origin) -> Asker | None:
        """Whom we know already. Does not talk to Slack."""
        if origin.user is None:
            return None
        asker = await self._facts.asker(origin.team, origin.user)
        return None if asker is None else _seen_from(origin, asker)

    async def meet(self, origin: Origin) -> Asker | None:
        """Look them up in Slack's directory and keep what it says; None when it says nothing."""
        if origin.user is None:
            return None
        profile = await self._profile(origin.team, origin.user)
        workspace = await self._installations.workspace(origin.team)
        if profile is None or workspace is None:
            return None
        await self._people.take_in(workspace.id, [profile])
        return await self.find(origin)

    async def _profile(self, team: TeamId, user: UserId) -> Profile | None:
        """Asked again when Slack is busy: the ack has left, so what was done would be lost."""
        for _ in range(_TRIES - 1):
            try:
                return await self._directory.profile(team, user)
            except RetryLater as error:
                await asyncio.sleep((error.pause or _PAUSE).total_seconds())
        return await self._directory.profile(team, user)


def _seen_from(origin: Origin, asker: Asker) -> Asker:
    """Somebody who acts from another team is no member, whatever we believed."""
    if not origin.is_foreign or not asker.person.is_member:
        return asker
    return replace(asker, person=replace(asker.person, standing=Standing.OUTSIDER))
