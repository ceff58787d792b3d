"""The read side: few statements, the same number however much there is, never another's rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.alerts import Condition
from bot.domain.clients import ClientStatus
from bot.domain.ids import TeamId, UserId
from bot.domain.people import Role, Standing
from bot.domain.reports import Section
from bot.domain.sla import Clock
from bot.domain.tickets import Priority
from bot.ports import Span
from tests.contract.rows import (
    HOUR,
    NOW,
    a_client,
    a_ticket,
    a_workspace,
    episode_draft,
    profile,
    ticket_draft,
)
from tests.contract.statements import statements

TODAY = datetime(2026, 3, 2, tzinfo=UTC)
YESTERDAY = Span(since=TODAY - timedelta(days=1), until=TODAY)


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


async def codes(database, workspace, reference):
    return [card.code for card in await database.facts.cards(workspace.id, reference)]


async def test_who_asks_is_one_statement(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile("U1"), profile("U2", zone=None, standing=Standing.GUEST)])
        await uow.people.set_roles(UserId("U1"), frozenset({Role.ADMIN}))
    with statements(database) as said:
        asker = await database.facts.asker(TeamId("T1"), UserId("U1"))
    assert len(said) == 1
    assert (asker.workspace_id, asker.team_id, asker.zone) == (workspace.id, "T1", "Europe/Berlin")
    assert asker.person.roles == {Role.ADMIN}
    guest = await database.facts.asker(TeamId("T1"), UserId("U2"))
    assert (guest.zone, guest.person.is_member) == ("Europe/London", False)
    assert await database.facts.asker(TeamId("T1"), UserId("U3")) is None
    assert await database.facts.asker(TeamId("T2"), UserId("U1")) is None


async def test_a_card_is_one_statement(database, workspace):
    await a_client(database, workspace)
    with statements(database) as said:
        await database.facts.cards(workspace.id, "acme")
    assert len(said) == 1


async def test_a_client_is_found_by_the_surest_of_its_names(database, workspace):
    await a_client(database, workspace, "ACME", name="Blue Sky, Inc.")
    await a_client(database, workspace, "BLUE", name="Acme")
    await a_client(database, workspace, "TWIN-1", name="Twin  Peaks")
    old = await a_client(database, workspace, "OLD", name="twin peaks")
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.save(replace(old, code="NEW"))
    assert await codes(database, workspace, "acme") == ["ACME"]
    assert await codes(database, workspace, "Blue") == ["BLUE"]
    assert await codes(database, workspace, "blue  SKY, inc.") == ["ACME"]
    assert await codes(database, workspace, "sky") == ["ACME"]
    assert await codes(database, workspace, "inc") == ["ACME"]
    assert await codes(database, workspace, "old") == ["NEW"]
    assert await codes(database, workspace, "Twin Peaks") == ["TWIN-1", "NEW"]
    assert await codes(database, workspace, "peaks") == ["TWIN-1", "NEW"]
    assert await codes(database, workspace, "%") == []


async def test_a_changed_name_is_not_found_any_more(database, workspace):
    client = await a_client(database, workspace, "A", name="Grey Cliff")
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.save(replace(client, name="Red Cliff"))
    assert await codes(database, workspace, "grey") == []
    assert await codes(database, workspace, "cliff") == ["A"]


async def test_at_most_five_answer_to_a_word(database, workspace):
    for n in range(7):
        await a_client(database, workspace, f"C{n}", name=f"Studio {n}")
    assert len(await codes(database, workspace, "studio")) == 5


async def test_clients_are_paged_by_name(database, workspace):
    for code, name in (("A", "zebra"), ("B", "Apple"), ("C", "Ärger"), ("D", "apple pie")):
        await a_client(database, workspace, code, name=name)
    page, total = await database.facts.clients(workspace.id, limit=2, offset=1)
    assert ([name.code for name in page], total) == (["D", "A"], 4)
    names = await database.facts.client_names(workspace.id)
    assert [name.code for name in names] == ["B", "D", "A", "C"]
    assert await database.facts.clients(workspace.id, limit=2, offset=9) == ([], 4)


async def test_open_tickets_are_paged_by_due_time_and_narrowed(database, workspace):
    first = await a_client(database, workspace, "A")
    second = await a_client(database, workspace, "B")
    await a_ticket(database, workspace, first, assignee=UserId("U1"))
    await a_ticket(database, workspace, second, response_due_at=NOW + HOUR)
    await a_ticket(database, workspace, second, assignee=UserId("U1"), responded_at=NOW)
    async with database.unit_of_work(workspace.id) as uow:
        done = await uow.tickets.add(ticket_draft(first.id, assignee=UserId("U1")))
        await uow.tickets.save(done.closed("done", NOW))

    async def keys(limit=10, offset=0, **which):
        page, total = await database.facts.open_tickets(
            workspace.id, limit=limit, offset=offset, **which
        )
        assert all(ticket.client_id == client.id for ticket, client in page)
        return [ticket.key for ticket, _ in page], total

    assert await keys() == (["B-1", "A-1", "B-2"], 3)
    assert await keys(limit=1, offset=1) == (["A-1"], 3)
    assert await keys(code="b") == (["B-1", "B-2"], 2)
    assert await keys(assignee=UserId("U1")) == (["A-1", "B-2"], 2)
    assert await keys(code="B", assignee=UserId("U1")) == (["B-2"], 1)
    assert await keys(code="nobody") == ([], 0)
    assert (await database.facts.ticket(workspace.id, "a-1")).key == "A-1"
    assert await database.facts.ticket(workspace.id, "a-9") is None


async def snapshot(database, workspace):
    return await database.facts.snapshot(
        workspace, now=NOW, recent=YESTERDAY, due_until=NOW + 12 * HOUR, late=False
    )


def keys(section: Section):
    return [line.key for line in section.lines]


async def test_an_empty_workspace_has_an_empty_snapshot(database, workspace):
    made = await snapshot(database, workspace)
    assert made.is_empty
    assert made.opened == Section(total=0, lines=())
    assert (made.day, made.zone, made.as_of) == (date(2026, 3, 2), "Europe/London", NOW)


async def test_a_snapshot_sorts_every_ticket_where_it_belongs(database, workspace):
    client = await a_client(database, workspace)
    await a_client(database, workspace, "LEAD", status=ClientStatus.LEAD)
    safe = {
        "response_warn_at": NOW + 90 * HOUR,
        "response_due_at": NOW + 90 * HOUR,
        "resolution_warn_at": NOW + 90 * HOUR,
        "resolution_due_at": NOW + 99 * HOUR,
    }
    noon = TODAY - 12 * HOUR
    yesterday = {**safe, "requested_at": noon, "created_at": noon}
    await a_ticket(database, workspace, client, **yesterday, priority=Priority.LOW)
    await a_ticket(database, workspace, client, **yesterday, priority=Priority.CRITICAL)
    await a_ticket(database, workspace, client, **{**safe, "created_at": YESTERDAY.since - HOUR})
    await a_ticket(database, workspace, client, **safe)
    due = await a_ticket(database, workspace, client)
    warned = {**safe, "response_warn_at": NOW - HOUR, "response_due_at": NOW - HOUR / 2}
    risky = await a_ticket(database, workspace, client, **warned)
    slow = {**safe, "resolution_warn_at": NOW, "resolution_due_at": NOW + HOUR, "responded_at": NOW}
    slow_ticket = await a_ticket(database, workspace, client, **slow)
    async with database.unit_of_work(workspace.id) as uow:
        closed = await uow.tickets.add(ticket_draft(client.id))
        await uow.tickets.save(closed.closed("done", noon))
        await uow.episodes.add(episode_draft(risky, opened_at=noon, due_at=noon))
        await uow.episodes.add(
            episode_draft(risky, opened_at=noon, condition=Condition.SLA_WARNING)
        )
        seen = await uow.episodes.add(episode_draft(due, opened_at=NOW))
        await uow.episodes.save(seen.acknowledged(UserId("U1"), NOW, NOW + HOUR))
    made = await snapshot(database, workspace)
    assert made.clients_by_status == {ClientStatus.ACTIVE: 1, ClientStatus.LEAD: 1}
    assert keys(made.opened) == ["ACME-2", "ACME-1"]
    assert keys(made.closed) == [closed.key]
    assert keys(made.missed) == [risky.key]
    assert made.missed.lines[0].due_at == noon
    assert keys(made.due_soon) == [due.key]  # what is at risk stands there already
    assert keys(made.at_risk) == [risky.key, slow_ticket.key]
    assert [line.due_at for line in made.at_risk.lines] == [NOW - HOUR / 2, NOW + HOUR]
    assert made.at_risk.lines[0].client_name == "ACME Ltd"
    assert [line.clock for line in made.at_risk.lines] == [Clock.RESPONSE, Clock.RESOLUTION]
    assert made.unacknowledged == 1  # a warning asks for no acknowledgement


async def test_a_snapshot_costs_as_many_statements_for_many_as_for_none(database, workspace):
    with statements(database) as for_none:
        await snapshot(database, workspace)
    client = await a_client(database, workspace)
    async with database.unit_of_work(workspace.id) as uow:
        for _ in range(15):
            await uow.tickets.add(ticket_draft(client.id, created_at=TODAY - HOUR))
    with statements(database) as for_many:
        made = await snapshot(database, workspace)
    assert len(for_none) == len(for_many) == 7
    assert (made.opened.total, len(made.opened.lines)) == (15, 10)
