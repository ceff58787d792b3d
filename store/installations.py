"""Which teams installed us, with their tokens sealed. Across workspaces by nature."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.ids import TeamId
from bot.domain.workspaces import Installation, Workspace
from store.reading import fetch
from store.schema import InstallationRow, WorkspaceRow
from store.scope import Insert, on_both
from store.sealing import Seal
from store.workspaces import workspace_of


def _put(insert: Any) -> Insert:
    statement: Insert = insert(InstallationRow)
    renewed = ("team_name", "bot_token", "bot_user_id", "bot_id", "installed_at", "revoked_at")
    return statement.on_conflict_do_update(
        index_elements=[InstallationRow.team_id],
        set_={column: statement.excluded[column] for column in renewed},
    )


_ADD_WORKSPACE = on_both(
    lambda insert: insert(WorkspaceRow).on_conflict_do_nothing(
        index_elements=[WorkspaceRow.team_id]
    )
)
_PUT = on_both(_put)
_WORKSPACE = select(WorkspaceRow).where(WorkspaceRow.team_id == bindparam("team"))
_LIVING = (
    select(WorkspaceRow)
    .join(InstallationRow, InstallationRow.team_id == WorkspaceRow.team_id)
    .where(InstallationRow.revoked_at.is_(None))
    .order_by(WorkspaceRow.id)
)
_LIVING_IN = _LIVING.where(InstallationRow.team_id == bindparam("team"))
_FIND = _LIVING_IN.add_columns(
    InstallationRow.team_name,
    InstallationRow.bot_token,
    InstallationRow.bot_user_id,
    InstallationRow.bot_id,
)
_REVOKE = (
    update(InstallationRow)
    .where(InstallationRow.team_id == bindparam("team"), InstallationRow.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"), bot_token="")
)
_SEALED = (
    select(InstallationRow.team_id, InstallationRow.bot_token)
    .where(InstallationRow.bot_token != "")
    .with_for_update()
)
_RESEAL = (
    update(InstallationRow)
    .where(InstallationRow.team_id == bindparam("team"))
    .values(bot_token=bindparam("sealed"))
)


class SqlInstallations:
    def __init__(self, *, reads: AsyncEngine, writes: AsyncEngine, seal: Seal) -> None:
        self._reads = reads
        self._writes = writes
        self._seal = seal

    async def put(self, installation: Installation, *, now: datetime) -> Workspace:
        """Renewing changes the token, never the settings the workspace has by now."""
        async with self._writes.begin() as connection:
            dialect = connection.dialect.name
            await connection.execute(_ADD_WORKSPACE[dialect], _workspace(installation, now))
            await connection.execute(_PUT[dialect], self._values(installation, now))
            team = {"team": installation.team_id}
            return workspace_of((await connection.execute(_WORKSPACE, team)).one())

    async def find(self, team_id: TeamId) -> Installation | None:
        """The token is empty where it comes from the environment."""
        rows = await fetch(self._reads, _FIND, team=team_id)
        if not rows:
            return None
        [row] = rows
        return Installation(
            team_id=row.team_id,
            team_name=row.team_name,
            bot_token=self._seal.open(row.bot_token),
            bot_user_id=row.bot_user_id,
            bot_id=row.bot_id,
            zone=row.zone,
            ops_channel=row.ops_channel,
            alert_channel=row.alert_channel,
        )

    async def workspace(self, team_id: TeamId) -> Workspace | None:
        rows = await fetch(self._reads, _LIVING_IN, team=team_id)
        return workspace_of(rows[0]) if rows else None

    async def revoke(self, team_id: TeamId, *, now: datetime) -> None:
        """The token is forgotten, the workspace and what is in it stay."""
        async with self._writes.begin() as connection:
            await connection.execute(_REVOKE, {"team": team_id, "now": now})

    async def workspaces(self) -> Sequence[Workspace]:
        return [workspace_of(row) for row in await fetch(self._reads, _LIVING)]

    async def rotate(self) -> int:
        """Seal every token with the first key; how many there are. Raises ConfigError."""
        async with self._writes.begin() as connection:
            rows = (await connection.execute(_SEALED)).all()
            for row in rows:
                sealed = self._seal.reseal(row.bot_token)
                await connection.execute(_RESEAL, {"team": row.team_id, "sealed": sealed})
            return len(rows)

    def _values(self, installation: Installation, now: datetime) -> dict[str, Any]:
        return {
            "team_id": installation.team_id,
            "team_name": installation.team_name,
            "bot_token": self._seal.seal(installation.bot_token),
            "bot_user_id": installation.bot_user_id,
            "bot_id": installation.bot_id,
            "installed_at": now,
            "revoked_at": None,
        }


def _workspace(installation: Installation, now: datetime) -> dict[str, Any]:
    return {
        "team_id": installation.team_id,
        "name": installation.team_name,
        "zone": installation.zone,
        "created_at": now,
        "ops_channel": installation.ops_channel,
        "alert_channel": installation.alert_channel,
        "version": 1,
    }
