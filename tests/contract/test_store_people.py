"""People: what Slack says is renewed, the roles we gave stay."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.ids import UserId
from bot.domain.people import Person, Role, Standing
from tests.contract.rows import a_workspace, profile


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


async def test_a_profile_becomes_a_person_without_roles(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile(owner=True)])
        person = await uow.people.get(UserId("U1"))
        assert await uow.people.find(UserId("U2")) is None
    assert person == Person(
        user_id=UserId("U1"),
        name="Person U1",
        email="U1@agency.example",
        zone="Europe/Berlin",
        standing=Standing.MEMBER,
        owner=True,
    )


async def test_a_renewed_profile_keeps_its_roles(database, workspace):
    roles = frozenset({Role.ADMIN, Role.ACCOUNT_MANAGER})
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile(), profile("U2")])
        await uow.people.set_roles(UserId("U1"), roles)
        await uow.people.put([profile(name="old"), profile(name="new", email=None)])
        person = await uow.people.get(UserId("U1"))
    assert (person.name, person.email, person.roles) == ("new", None, roles)


async def test_an_address_is_found_in_any_case_and_a_member_before_a_guest(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put(
            [
                profile("U1", email="Ann@Example.com", standing=Standing.GONE),
                profile("U2", email="ann@example.com"),
            ]
        )
        found = await uow.people.by_email("ANN@example.COM")
        assert await uow.people.by_email("bob@example.com") is None
    assert found is not None
    assert found.user_id == "U2"


async def test_only_members_with_a_role_count_for_ladders(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile("U1", name="b"), profile("U2", name="A"), profile("U3")])
        await uow.people.put([gone := profile("U4")])
        for user in ("U1", "U2", "U4"):
            await uow.people.set_roles(UserId(user), frozenset({Role.SUPPORT_CONTACT}))
        await uow.people.put([replace(gone, standing=Standing.GONE)])
        holders = await uow.people.with_roles()
    assert [person.user_id for person in holders] == ["U2", "U1"]


async def test_roles_of_nobody_are_refused(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        with pytest.raises(NotFound):
            await uow.people.set_roles(UserId("U1"), frozenset())


async def test_names_are_of_those_we_know(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile("U1"), profile("U2")])
        assert await uow.people.names([UserId("U2"), UserId("U3")]) == {"U2": "Person U2"}
        assert await uow.people.names([]) == {}
