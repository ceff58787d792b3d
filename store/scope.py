"""One transaction on one workspace: every statement of a repository runs through here."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import BindParameter, CursorResult, Executable, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ClientId, DeliveryId, WorkspaceId

S = TypeVar("S", bound=Executable)
Insert = sqlite.Insert | postgresql.Insert

WORKSPACE: BindParameter[WorkspaceId] = bindparam("workspace")
"""The workspace of the scope: compared with `workspace_id` in every statement."""


def on_both(build: Callable[[Callable[[Any], Insert]], S]) -> Mapping[str, S]:
    """An insert that says what to do on conflict, spelled for each engine, by dialect name."""
    return {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}


class Scope:
    """What is still to be done before and after the commit is kept here.

    `touched` are clients whose card is out of date, `sent` reports still to be written, `settled`
    promises others may wait for; the flags say whom to wake.
    """

    def __init__(self, connection: AsyncConnection, workspace_id: WorkspaceId) -> None:
        self._connection = connection
        self.workspace_id = workspace_id
        self.touched: set[ClientId] = set()
        self.sent: list[Mapping[str, Any]] = []
        self.settled: list[DeliveryId] = []
        self.queued = False
        self.timed = False

    async def run(self, statement: Executable, **parameters: Any) -> CursorResult[Any]:
        """Run a statement bound to the workspace."""
        bound = {"workspace": self.workspace_id, **parameters}
        return await self._connection.execute(statement, bound)

    async def run_all(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement bound to the workspace for each row, in order; none is fine."""
        bound = [{"workspace": self.workspace_id, **row} for row in rows]
        if bound:
            await self._connection.execute(statement, bound)

    async def insert(
        self, statement: Executable | Mapping[str, Executable], **values: Any
    ) -> CursorResult[Any]:
        """Insert one row into the workspace, or do what the statement says on conflict."""
        row = {"workspace_id": self.workspace_id, **values}
        return await self._connection.execute(self._spelled(statement), row)

    async def insert_all(
        self, statement: Executable | Mapping[str, Executable], rows: Iterable[Mapping[str, Any]]
    ) -> None:
        """Insert any number of rows of the same columns into the workspace; none is fine."""
        of_workspace = [{"workspace_id": self.workspace_id, **row} for row in rows]
        if of_workspace:
            await self._connection.execute(self._spelled(statement), of_workspace)

    def _spelled(self, statement: Executable | Mapping[str, Executable]) -> Executable:
        if isinstance(statement, Mapping):
            return statement[self._connection.dialect.name]
        return statement
