"""Clients: kept whole, found by whatever they answer to, never overwritten by a stale copy."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.clients import Contact, Location, OnboardingDates
from bot.domain.errors import InvalidInput, NotFound, StaleVersion
from bot.domain.ids import ChannelId, ClientId, UserId
from bot.domain.people import Role
from tests.contract.rows import NOW, a_client, a_workspace, client_draft

FULL = client_draft(
    website="https://acme.example",
    type="retail",
    notes="Rückruf <b>nur</b> vormittags",
    external_id="17",
    primary_email="ann@acme.example",
    package="gold",
    industry="toys",
    size="50",
    tags=("vip", "eu"),
    zone="America/New_York",
    links={"github_repo": "https://git.example/acme"},
    location=Location(name="HQ", city="Springfield", country="US"),
    contacts=(
        Contact(name="Ann", email="ann@acme.example", primary=True, survey=True),
        Contact(name="Bob", slack_user_id=UserId("UBOB")),
    ),
    internal_channel=ChannelId("CINT"),
    client_channel=ChannelId("CEXT"),
    team={Role.ACCOUNT_MANAGER: UserId("U1"), Role.SUPPORT_CONTACT: UserId("U2")},
    dates=OnboardingDates(contract_signed_on=date(2026, 1, 5), first_win_on=date(2026, 2, 3)),
)


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


async def test_a_client_comes_back_as_it_was_put(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        added = await uow.clients.add(FULL, now=NOW)
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.clients.get(added.id) == added
        assert await uow.clients.by_channel(ChannelId("CEXT")) == added
    assert added.created_at == NOW
    assert all(getattr(added, name) == getattr(FULL, name) for name in FULL.__dataclass_fields__)


async def test_every_field_can_be_changed(database, workspace):
    client = await a_client(database, workspace)
    changed = replace(
        client, **{field: getattr(FULL, field) for field in type(FULL).__dataclass_fields__}
    )
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.save(changed)
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.clients.get(client.id) == replace(changed, version=2)


async def test_a_code_is_found_in_any_case(database, workspace):
    client = await a_client(database, workspace, "Acme-1")
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.clients.by_code("aCME-1") == client
        assert await uow.clients.by_code("acme") is None


async def test_a_changed_code_stays_an_alias_and_is_never_reused(database, workspace):
    client = await a_client(database, workspace, "OLD")
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.save(replace(client, code="NEW"))
    async with database.unit_of_work(workspace.id) as uow:
        found = await uow.clients.by_code("old")
        assert found is not None
        assert found.code == "NEW"
        with pytest.raises(InvalidInput) as refused:
            await uow.clients.add(client_draft("Old"), now=NOW)
    assert refused.value.field == "code"


async def test_a_client_may_take_its_old_code_back(database, workspace):
    client = await a_client(database, workspace, "ONE")
    for version, code in enumerate(("TWO", "ONE", "Two", "TWO"), start=1):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.clients.save(replace(client, code=code, version=version))
    async with database.unit_of_work(workspace.id) as uow:
        found = await uow.clients.by_code("one")
        assert found is not None
        assert (found.code, found.version) == ("TWO", 5)


async def test_a_refused_code_leaves_nothing_even_if_the_refusal_is_caught(database, workspace):
    await a_client(database, workspace, "ACME")
    async with database.unit_of_work(workspace.id) as uow:
        with pytest.raises(InvalidInput):
            await uow.clients.add(client_draft("acme", name="Other"), now=NOW)
        await uow.clients.add(client_draft("BETA"), now=NOW)
    names = await database.facts.client_names(workspace.id)
    assert [name.code for name in names] == ["ACME", "BETA"]


async def test_a_client_channel_has_one_client(database, workspace):
    await a_client(database, workspace, "A", client_channel=ChannelId("C1"))
    other = await a_client(database, workspace, "B")
    async with database.unit_of_work(workspace.id) as uow:
        with pytest.raises(InvalidInput) as refused:
            await uow.clients.save(replace(other, client_channel=ChannelId("C1")))
        assert (await uow.clients.get(other.id)).client_channel is None
    assert refused.value.field == "client_channel"


async def test_the_second_of_two_edits_is_told(database, workspace):
    client = await a_client(database, workspace)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.save(replace(client, notes="first"))
    with pytest.raises(StaleVersion):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.clients.save(replace(client, notes="second"))
    async with database.unit_of_work(workspace.id) as uow:
        assert (await uow.clients.get(client.id)).notes == "first"


async def test_a_client_that_is_not_here_is_not_found(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        with pytest.raises(NotFound):
            await uow.clients.get(ClientId(999_999))


async def test_what_no_engine_can_keep_is_replaced(database, workspace):
    client = await a_client(database, workspace, notes="a\0b\ud800c", name="N\0")
    async with database.unit_of_work(workspace.id) as uow:
        assert (await uow.clients.get(client.id)).notes == "a\ufffdb\ufffdc"
