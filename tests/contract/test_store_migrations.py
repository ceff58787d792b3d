"""Migrations: up, down with data in the tables, up again; and a start refused unless they match."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.domain.errors import ConfigError
from bot.domain.ids import TeamId, UserId
from store import migrate
from store.database import Database
from store.schema import Row
from tests.contract.rows import a_client, a_ticket, a_workspace, profile, promise, put


async def fill(database):
    workspace = await a_workspace(database)
    client = await a_client(database, workspace)
    await a_ticket(database, workspace, client)
    await put(database, workspace, promise())
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile()])


async def tables(database):
    async with database.reads.connect() as connection:
        return await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))


async def test_up_down_with_data_and_up_again(blank_url):
    assert await migrate.current(blank_url) is None
    database = Database(blank_url)
    await migrate.upgrade(blank_url)
    await fill(database)
    await database.close()
    await migrate.downgrade(blank_url, "base")
    assert await tables(database) == {"alembic_version"}
    await database.close()
    await migrate.upgrade(blank_url)
    assert await migrate.current(blank_url) == migrate.newest()
    assert await database.facts.asker(TeamId("T1"), UserId("U1")) is None
    await fill(database)
    await database.close()


async def test_migrations_make_exactly_the_tables_we_use(database):
    def differences(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Row.metadata)

    async with database.reads.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_matching_schema_is_accepted(database_url):
    await migrate.check(database_url)


async def test_no_schema_names_the_command(blank_url):
    with pytest.raises(ConfigError, match="no schema yet: run `python -m bot migrate`"):
        await migrate.check(blank_url)


@pytest.mark.parametrize("found", ["zz99"])
async def test_a_newer_schema_is_refused(database, database_url, found):
    await _pretend(database, found)
    with pytest.raises(ConfigError, match="newer"):
        await migrate.check(database_url)
    await _pretend(database, migrate.newest())


async def test_an_older_schema_is_refused(database, database_url, monkeypatch):
    monkeypatch.setattr(migrate, "newest", lambda: "0002")
    with pytest.raises(ConfigError, match=r"older .*`python -m bot migrate`"):
        await migrate.check(database_url)


async def test_a_failed_migration_changes_nothing(blank_url):
    def half(_config):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await migrate._run(blank_url, half)
    assert await migrate.current(blank_url) is None


async def _pretend(database, revision):
    async with database.writes.begin() as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = :r"), {"r": revision}
        )
