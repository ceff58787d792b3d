"""The reads of every command: never stale, never a writer, never less available than the others."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import select, text

from bot.domain.ids import UserId
from store.hot_reads import HELD
from store.schema import WorkspaceRow
from tests.contract.rows import a_client, a_workspace, profile


@pytest.fixture
async def workspace(database):
    workspace = await a_workspace(database)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile()])
    return workspace


@pytest.fixture
def is_sqlite(database) -> bool:
    return database.reads.dialect.name == "sqlite"


async def test_every_commit_is_seen_at_once(database, workspace):
    for n in range(5):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.people.put([profile(name=f"Name {n}")])
        asker = await database.facts.asker(workspace.team_id, UserId("U1"))
        assert asker.person.name == f"Name {n}"


async def test_many_ask_at_once(database, workspace):
    await a_client(database, workspace)
    asked = [database.facts.cards(workspace.id, "acme") for _ in range(5 * HELD)]
    assert all(len(cards) == 1 for cards in await asyncio.gather(*asked))


async def test_a_lost_connection_is_replaced_unseen(database, workspace, is_sqlite):
    await database.facts.asker(workspace.team_id, UserId("U1"))
    if is_sqlite:
        database.hot_reads._line._connection.close()
        database.hot_reads._line._connection = None
    else:
        await end_every_other_connection(database)
    assert await database.facts.asker(workspace.team_id, UserId("U1")) is not None
    assert await database.facts.asker(workspace.team_id, UserId("U1")) is not None
    assert len(await database.facts.client_names(workspace.id)) == 0
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.workspaces.get() == workspace


async def end_every_other_connection(database):
    async with database.writes.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@only_sqlite  # PostgreSQL's readers wait for nobody
async def test_a_locked_file_is_waited_for_off_the_loop(database, workspace, tmp_path):
    await database.close()
    with sqlite3.connect(tmp_path / "test.db") as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("UPDATE workspaces SET name = 'locked'")
        asking = asyncio.create_task(database.facts.asker(workspace.team_id, UserId("U1")))
        for _ in range(3):
            await asyncio.sleep(0)
        assert not asking.done()
    other.close()
    assert await asking is not None


@only_sqlite  # elsewhere what it is given to say is a SELECT in any case
async def test_it_cannot_write(database, workspace):
    await database.facts.asker(workspace.team_id, UserId("U1"))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.hot_reads._line._connection.execute("DELETE FROM members")


async def test_a_cancelled_question_leaves_nothing_half_read(database, workspace):
    for _ in range(2 * HELD):
        asking = asyncio.create_task(database.facts.asker(workspace.team_id, UserId("U1")))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    assert await database.facts.asker(workspace.team_id, UserId("U1")) is not None


async def test_a_statement_is_spelled_with_its_fixed_values(database):
    spelled = database.hot_reads.spell(select(WorkspaceRow.id).where(WorkspaceRow.id > 3).limit(2))
    assert spelled.values({}) == (3, 2) or spelled.values({}) == (3, 2, 0)
