"""The workspace of a unit of work, as a row."""

from typing import Any

from sqlalchemy import bindparam, select, update

from bot.domain.errors import StaleVersion
from bot.domain.workspaces import Workspace
from store.schema import WorkspaceRow
from store.scope import WORKSPACE, Scope

_GET = select(WorkspaceRow).where(WorkspaceRow.id == WORKSPACE)
_SAVE = update(WorkspaceRow).where(
    WorkspaceRow.id == WORKSPACE, WorkspaceRow.version == bindparam("read_version")
)


def workspace_of(row: Any) -> Workspace:
    return Workspace(
        id=row.id,
        team_id=row.team_id,
        name=row.name,
        zone=row.zone,
        created_at=row.created_at,
        ops_channel=row.ops_channel,
        alert_channel=row.alert_channel,
        version=row.version,
    )


class SqlWorkspaces:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def get(self) -> Workspace:
        return workspace_of((await self._scope.run(_GET)).one())

    async def save(self, workspace: Workspace) -> None:
        written = await self._scope.run(
            _SAVE,
            read_version=workspace.version,
            name=workspace.name,
            zone=workspace.zone,
            ops_channel=workspace.ops_channel,
            alert_channel=workspace.alert_channel,
            version=workspace.version + 1,
        )
        if workspace.id != self._scope.workspace_id or written.rowcount != 1:
            raise StaleVersion("The settings of this workspace changed meanwhile.")
