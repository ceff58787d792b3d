"""A process starts whatever Slack says: it finds out who it is, or says what is wrong."""

import pytest

from bot.domain.errors import ConfigError
from tests.scenario.office import OPS, Office, open_office


async def test_channels_are_found_by_their_names(office: Office) -> None:
    assert office.ours.ops_channel == OPS


async def test_a_channel_that_is_not_there_is_left_open(database_url) -> None:
    async with open_office(database_url, clientops_ops_channel="nowhere") as office:
        assert office.ours.ops_channel is None


async def test_a_token_slack_refuses_is_named(office: Office) -> None:
    await office.fails("auth.test", "error", error="token_revoked")
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN: Slack says token_revoked"):
        await office.app.install_static()
    office.refusals()


async def test_without_the_directory_people_are_met_one_by_one(office: Office) -> None:
    await office.fails("users.list", "error", error="missing_scope")
    assert await office.app.install_static() is not None
    office.refusals()


async def test_without_slack_the_only_workspace_is_assumed(office: Office) -> None:
    assert await office.app.assume_static()
    assert await office.app.installations.find(office.ours.team_id) is not None
