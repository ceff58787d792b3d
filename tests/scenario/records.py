"""The store as tests read and set it: what Slack does not show, or would take many clicks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from bot.app import App
from bot.domain.clients import Client
from bot.domain.ids import ChannelId, UserId, WorkspaceId
from bot.domain.people import Role
from bot.domain.workspaces import Workspace
from store.schema import AuditRow, Row
from tests.scenario.running import Running

# A new audit entry or a seen key is not an effect of what was asked; these tables are.
EFFECTS = ("clients", "client_team", "tickets", "episodes", "timers", "outbox", "workspaces")


@dataclass(slots=True, kw_only=True)
class Records:
    """What the running process of one workspace has written."""

    process: Running | None
    ours: Workspace

    @property
    def app(self) -> App:
        assert self.process is not None, "the app is not running"
        return self.process.app

    @property
    def workspace_id(self) -> WorkspaceId:
        return self.ours.id

    async def rename(self, client: Client, code: str) -> None:
        async with self.app.database.unit_of_work(self.workspace_id) as uow:
            await uow.clients.save(replace(client, code=code))

    async def give_roles(self, roles: Mapping[UserId, frozenset[Role]]) -> None:
        async with self.app.database.unit_of_work(self.workspace_id) as uow:
            for user, given in roles.items():
                await uow.people.set_roles(user, given)

    async def set_channels(self, **channels: ChannelId | None) -> None:
        """`ops_channel`, `alert_channel`: as the settings form would."""
        async with self.app.database.unit_of_work(self.workspace_id) as uow:
            await uow.workspaces.save(replace(await uow.workspaces.get(), **channels))

    async def audited(self, action: str) -> list[Any]:
        """The audit entries of that action, oldest first."""
        query = select(AuditRow.done_by, AuditRow.subject, AuditRow.fields)
        query = query.where(AuditRow.action == action).order_by(AuditRow.id)
        async with self.app.database.reads.connect() as connection:
            return list(await connection.execute(query))

    async def contents(self, *tables: str) -> str:
        """All rows of these tables (of what people care for, when none is named), to compare."""
        async with self.app.database.reads.connect() as connection:
            found = {
                name: sorted(map(str, await connection.execute(select(Row.metadata.tables[name]))))
                for name in tables or EFFECTS
            }
        return json.dumps(found, indent=1)
