"""Use cases about the workspace itself: its installation and what is set for it."""

from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from bot.domain.errors import InvalidInput
from bot.domain.ids import ChannelId, TeamId, WorkspaceId
from bot.domain.people import Asker, require_admin
from bot.domain.workspaces import Installation, Workspace
from bot.ports import Clock, Installations, UnitsOfWork
from bot.services.rerun import rerun_when_stale


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    by: Asker
    zone: str
    ops_channel: ChannelId | None
    alert_channel: ChannelId | None


class WorkspaceDesk:
    def __init__(self, uow: UnitsOfWork, installations: Installations, clock: Clock) -> None:
        self._uow = uow
        self._installations = installations
        self._clock = clock

    async def install(self, installation: Installation) -> Workspace:
        """Take in a team, or renew its token; settings of a known one stay as they are."""
        return await self._installations.put(installation, now=self._clock.now())

    async def uninstall(self, team_id: TeamId) -> None:
        await self._installations.revoke(team_id, now=self._clock.now())

    async def of_team(self, team_id: TeamId) -> Workspace | None:
        return await self._installations.workspace(team_id)

    async def wake(self, workspace_id: WorkspaceId, channel: ChannelId) -> None:
        """A channel can be reached again: what is parked for it is tried once more."""
        async with self._uow(workspace_id) as uow:
            await uow.outbox.wake(channel)

    async def get(self, workspace_id: WorkspaceId) -> Workspace:
        async with self._uow(workspace_id) as uow:
            return await uow.workspaces.get()

    async def guess_zone(self, workspace_id: WorkspaceId, zone: str) -> None:
        """A first zone nobody has chosen yet; `/ops settings` shows it."""
        async with self._uow(workspace_id) as uow:
            workspace = await uow.workspaces.get()
            if zone in available_timezones():
                await uow.workspaces.save(replace(workspace, zone=zone))

    @rerun_when_stale
    async def change(self, request: ChangeSettings) -> Workspace:
        """Set zone and channels. Raises Forbidden, InvalidInput."""
        require_admin(request.by.person, "change the settings")
        if request.zone not in available_timezones():
            raise InvalidInput("zone", f"“{request.zone}” is no time zone we know.")
        now = self._clock.now()
        async with self._uow(request.by.workspace_id) as uow:
            old = await uow.workspaces.get()
            new = replace(
                old,
                zone=request.zone,
                ops_channel=request.ops_channel,
                alert_channel=request.alert_channel,
            )
            await uow.workspaces.save(new)
            await uow.audit.record(
                "workspace.settings_changed",
                by=request.by.user_id,
                subject="workspace",
                now=now,
                fields={
                    "zone": new.zone,
                    "ops_channel": new.ops_channel,
                    "alert_channel": new.alert_channel,
                },
            )
            for channel in (new.ops_channel, new.alert_channel):
                if channel is not None:
                    await uow.outbox.wake(channel)
        return new
