"""Installations: one workspace a team, settings that survive a renewal, tokens sealed at rest."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.errors import ConfigError
from bot.domain.ids import ChannelId, TeamId
from store.database import Database
from tests.contract.rows import HOUR, NOW, installation

TEAM = TeamId("T1")


@pytest.fixture
async def sealed(database_url):
    database = Database(database_url, keys=["first key"])
    yield database
    await database.close()


async def stored_token(database):
    async with database.reads.connect() as connection:
        return (await connection.execute(text("SELECT bot_token FROM installations"))).scalar_one()


async def test_a_new_installation_brings_its_workspace(database):
    new = installation(ops_channel=ChannelId("COPS"))
    workspace = await database.installations.put(new, now=NOW)
    assert (workspace.team_id, workspace.zone) == (TEAM, "Europe/London")
    assert (workspace.ops_channel, workspace.created_at) == ("COPS", NOW)
    assert await database.installations.workspaces() == [workspace]
    assert await database.installations.workspace(TEAM) == workspace


async def test_renewing_keeps_settings(database):
    workspace = await database.installations.put(installation(), now=NOW)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.workspaces.save(replace(workspace, alert_channel=ChannelId("CA")))
    renewed = await database.installations.put(
        installation(zone="Asia/Tokyo", alert_channel=ChannelId("CB")), now=NOW + HOUR
    )
    assert (renewed.id, renewed.zone, renewed.alert_channel) == (
        workspace.id,
        "Europe/London",
        "CA",
    )


async def test_a_revoked_installation_is_gone_until_it_is_renewed(sealed):
    workspace = await sealed.installations.put(installation(), now=NOW)
    await sealed.installations.revoke(TEAM, now=NOW)
    assert await sealed.installations.find(TEAM) is None
    assert await sealed.installations.workspaces() == []
    assert await sealed.installations.workspace(TEAM) is None
    assert await stored_token(sealed) == ""
    assert (await sealed.installations.put(installation(), now=NOW)).id == workspace.id
    assert await sealed.installations.find(TEAM) == installation()


async def test_a_token_is_sealed_at_rest(sealed):
    await sealed.installations.put(installation(), now=NOW)
    assert "xoxb" not in await stored_token(sealed)
    assert await sealed.installations.find(TEAM) == installation()


async def test_without_a_key_no_token_is_kept(database):
    await database.installations.put(installation(), now=NOW)
    assert await stored_token(database) == ""
    assert await database.installations.find(TEAM) == installation(bot_token="")


async def test_the_key_can_be_rotated(sealed, database_url):
    await sealed.installations.put(installation(), now=NOW)
    both = Database(database_url, keys=["second key", "first key"])
    assert await both.installations.rotate() == 1
    await both.close()
    second = Database(database_url, keys=["second key"])
    assert await second.installations.find(TEAM) == installation()
    await second.close()


@pytest.mark.parametrize("keys", [["another key"], []])
async def test_a_token_that_no_key_opens_says_what_to_do(sealed, database_url, keys):
    await sealed.installations.put(installation(), now=NOW)
    other = Database(database_url, keys=keys)
    with pytest.raises(ConfigError, match="CLIENTOPS_SECRET_KEY"):
        await other.installations.find(TEAM)
    await other.close()


async def test_nobody_is_found_in_an_unknown_team(database):
    assert await database.installations.find(TeamId("T9")) is None
    await database.installations.revoke(TeamId("T9"), now=NOW)
