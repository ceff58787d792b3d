"""The card of a client is never behind, and making all of them anew changes none."""

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.cards import CARD_TICKETS, ClientCard
from bot.domain.clients import ClientStatus
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Role
from bot.domain.tickets import Priority
from store import codec
from store.cards import read_card
from store.schema import ClientCardRow
from tests.contract import largest
from tests.contract.rows import (
    HOUR,
    NOW,
    a_client,
    a_ticket,
    a_workspace,
    client_draft,
    ticket_draft,
)
from tests.contract.statements import statements


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


async def stored(database):
    async with database.reads.connect() as connection:
        rows = await connection.execute(select(ClientCardRow))
        return {(row.workspace_id, row.client_id): row.facts for row in rows}


async def test_a_card_shows_the_client_as_it_is(database, workspace):
    await a_client(
        database,
        workspace,
        website="https://acme.example",
        package="gold",
        zone="Asia/Tokyo",
        team={Role.ACCOUNT_MANAGER: UserId("U1")},
        internal_channel=ChannelId("CI"),
        client_channel=ChannelId("CX"),
    )
    [card] = await database.facts.cards(workspace.id, "acme")
    assert (card.code, card.name, card.status) == ("ACME", "ACME Ltd", ClientStatus.ACTIVE)
    assert (card.website, card.package) == ("https://acme.example", "gold")
    assert (card.zone, card.team) == ("Asia/Tokyo", {Role.ACCOUNT_MANAGER: "U1"})
    assert (card.internal_channel, card.client_channel) == ("CI", "CX")
    assert (card.open_by_priority, card.tickets, card.last_contact_at) == ({}, (), None)


async def test_a_card_shows_open_tickets_soonest_due_first(database, workspace):
    client = await a_client(database, workspace)
    later = await a_ticket(database, workspace, client, response_due_at=NOW + 7 * HOUR)
    sooner = await a_ticket(database, workspace, client, priority=Priority.LOW)
    answered = await a_ticket(database, workspace, client, responded_at=NOW + HOUR)
    async with database.unit_of_work(workspace.id) as uow:
        closed = await uow.tickets.add(ticket_draft(client.id))
        await uow.tickets.save(closed.closed("fixed", NOW))
    [card] = await database.facts.cards(workspace.id, "acme")
    assert [ticket.key for ticket in card.tickets] == [sooner.key, later.key, answered.key]
    assert card.open_by_priority == {Priority.LOW: 1, Priority.HIGH: 2}
    assert card.last_contact_at == NOW + HOUR
    assert card.tickets[0].response_due_at == sooner.response_due_at
    assert card.tickets[0].resolution_warn_at == sooner.resolution_warn_at


async def test_a_card_holds_the_soonest_tickets_and_counts_all(database, workspace):
    client = await a_client(database, workspace)
    async with database.unit_of_work(workspace.id) as uow:
        for n in range(CARD_TICKETS + 5):
            due = NOW + timedelta(minutes=n)
            await uow.tickets.add(ticket_draft(client.id, response_due_at=due))
    [card] = await database.facts.cards(workspace.id, "acme")
    assert len(card.tickets) == CARD_TICKETS
    assert card.open_by_priority == {Priority.HIGH: CARD_TICKETS + 5}
    assert card.tickets[0].key == "ACME-1"


def test_a_card_comes_back_as_it_was_written():
    card = largest.card()
    assert read_card(json.dumps(codec.encode(card))) == card


def test_a_card_of_another_version_is_read():
    facts = {"code": "ACME", "name": "ACME Ltd", "status": "active", "mood": "gone since"}
    assert read_card(json.dumps(facts)) == ClientCard(
        code="ACME", name="ACME Ltd", status=ClientStatus.ACTIVE
    )


async def test_a_card_is_made_once_a_transaction_at_a_fixed_price(database, workspace):
    clients = [await a_client(database, workspace, f"C{n}") for n in range(8)]
    prices = []
    for some in (clients[:1], clients):
        with statements(database) as said:
            async with database.unit_of_work(workspace.id) as uow:
                for client in some:
                    for _ in range(3):
                        await uow.tickets.add(ticket_draft(client.id))
        prices.append(len(said) - 2 * 3 * len(some))
    assert prices == [6, 6]


@pytest.mark.parametrize("seed", range(3))
async def test_a_card_kept_up_to_date_is_the_one_made_anew(database, workspace, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret: the seed names the run
    clients = [await a_client(database, workspace, f"C{n}") for n in range(4)]
    other = await a_workspace(database, "T2")
    await a_ticket(database, other, await a_client(database, other, "C0"))
    tickets = []
    for _ in range(40):
        async with database.unit_of_work(workspace.id) as uow:
            client = await uow.clients.get(chance.choice(clients).id)
            step = chance.randrange(5)
            if step == 0:
                team = {chance.choice(list(Role)): UserId(f"U{chance.randrange(3)}")}
                code = chance.choice([client.code, f"X{chance.randrange(10**6)}"])
                await uow.clients.save(replace(client, team=team, code=code, package="p"))
            elif step in {1, 2} or not tickets:
                at = NOW + chance.randrange(50) * HOUR
                draft = ticket_draft(
                    client.id,
                    priority=chance.choice(list(Priority)),
                    requested_at=at,
                    response_due_at=at + chance.randrange(9) * HOUR,
                )
                tickets.append(await uow.tickets.add(draft))
            else:
                ticket = await uow.tickets.get(chance.choice(tickets).id)
                if step == 3 and ticket.status.is_open:
                    await uow.tickets.save(ticket.closed("done", NOW))
                elif ticket.status.is_open:
                    late = ticket.requested_at + HOUR
                    await uow.tickets.save(ticket.responded(UserId("U1"), late))
    kept = await stored(database)
    async with database.writes.begin() as connection:
        await connection.execute(
            ClientCardRow.__table__.delete().where(ClientCardRow.workspace_id == workspace.id)
        )
    assert await database.rebuild_cards(workspace.id) == 4
    assert await stored(database) == kept


async def test_a_card_taken_back_is_the_old_one(database, workspace):
    client = await a_client(database, workspace)
    before = await stored(database)

    async def break_off():
        async with database.unit_of_work(workspace.id) as uow:
            await uow.clients.save(replace(client, package="gold"))
            await uow.clients.add(client_draft("B"), now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    assert await stored(database) == before
