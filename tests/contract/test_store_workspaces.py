"""No query crosses workspaces: every method of every repository is tried with another's things."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

import pytest
from sqlalchemy import select

from bot import ports
from bot.domain.alerts import Episode
from bot.domain.clients import Client
from bot.domain.deliveries import Delivery, Posted
from bot.domain.errors import DeskError, NotFound, StaleVersion
from bot.domain.ids import ChannelId, MessageTs, UserId
from bot.domain.people import Role
from bot.domain.tickets import Source, Ticket
from bot.domain.timers import Timer, TimerKind
from bot.domain.workspaces import Workspace
from store.schema import Row
from tests.contract.rows import (
    CHANNEL,
    HOUR,
    LEASE,
    NOW,
    a_workspace,
    client_draft,
    episode_draft,
    profile,
    promise,
    ticket_draft,
)

SOURCE = Source(channel=ChannelId("C1"), ts=MessageTs("1.1"))
POSTED = Posted(channel=CHANNEL, ts=MessageTs("2.2"))
STEP = TimerKind.EPISODE_STEP


@dataclass(frozen=True)
class Theirs:
    """What there is in the first workspace, while a unit of work of the second one asks."""

    workspace: Workspace
    client: Client
    ticket: Ticket
    episode: Episode
    timer: Timer
    delivery: Delivery


Attempt = Callable[[ports.UnitOfWork, Theirs], Awaitable[Any]]

FOUND_NOTHING: dict[str, Attempt] = {
    "people.find": lambda uow, _: uow.people.find(UserId("U1")),
    "people.by_email": lambda uow, _: uow.people.by_email("u1@agency.example"),
    "people.names": lambda uow, _: uow.people.names([UserId("U1")]),
    "people.with_roles": lambda uow, _: uow.people.with_roles(),
    "clients.by_code": lambda uow, _: uow.clients.by_code("ACME"),
    "clients.by_channel": lambda uow, _: uow.clients.by_channel(ChannelId("CX")),
    "tickets.by_key": lambda uow, _: uow.tickets.by_key("ACME-1"),
    "tickets.by_source": lambda uow, _: uow.tickets.by_source(SOURCE),
    "tickets.by_submission": lambda uow, _: uow.tickets.by_submission("form"),
    "episodes.running": lambda uow, its: uow.episodes.running(ticket_id=its.ticket.id),
    "timers.cancel": lambda uow, _: uow.timers.cancel(STEP, "1"),
    "timers.take": lambda uow, its: uow.timers.take(its.timer),
    "outbox.cards": lambda uow, _: uow.outbox.cards("s"),
    "outbox.withdraw": lambda uow, _: uow.outbox.withdraw("s", now=NOW),
    "outbox.wake": lambda uow, _: uow.outbox.wake(CHANNEL),
    "outbox.sent": lambda uow, its: uow.outbox.sent(its.delivery.id, POSTED, now=NOW),
    "outbox.drop": lambda uow, its: uow.outbox.drop(its.delivery.id, now=NOW),
    "outbox.park": lambda uow, its: uow.outbox.park(its.delivery.id, reason="no", now=NOW),
}
REFUSED: dict[str, Attempt] = {
    "workspaces.save": lambda uow, its: uow.workspaces.save(its.workspace),
    "people.get": lambda uow, _: uow.people.get(UserId("U1")),
    "people.set_roles": lambda uow, _: uow.people.set_roles(UserId("U1"), frozenset()),
    "clients.get": lambda uow, its: uow.clients.get(its.client.id),
    "clients.save": lambda uow, its: uow.clients.save(replace(its.client, notes="stolen")),
    "tickets.add": lambda uow, its: uow.tickets.add(ticket_draft(its.client.id)),
    "tickets.get": lambda uow, its: uow.tickets.get(its.ticket.id),
    "tickets.save": lambda uow, its: uow.tickets.save(replace(its.ticket, title="stolen")),
    "episodes.get": lambda uow, its: uow.episodes.get(its.episode.id),
    "episodes.save": lambda uow, its: uow.episodes.save(its.episode.closed(NOW, "stolen")),
}
OF_ITS_OWN: dict[str, Attempt] = {
    "workspaces.get": lambda uow, _: uow.workspaces.get(),
    "people.put": lambda uow, _: uow.people.put([profile(name="mine")]),
    "clients.add": lambda uow, its: uow.clients.add(its.client, now=NOW),
    "timers.set": lambda uow, _: uow.timers.set(STEP, "1", due_at=NOW + HOUR),
    "slots.take": lambda uow, _: uow.slots.take("digest", "today", now=NOW),
    "inbox.first": lambda uow, _: uow.inbox.first("Ev1", now=NOW),
    "outbox.put": lambda uow, _: uow.outbox.put(promise(subject="s", card="c"), now=NOW),
    "audit.record": lambda uow, _: uow.audit.record("a", by=None, subject="x", now=NOW),
}
ELSEWHERE = {"episodes.add"}  # refused by the database: test_store_transactions


@pytest.fixture
async def theirs(database) -> Theirs:
    workspace = await a_workspace(database, "T1")
    async with database.unit_of_work(workspace.id) as uow:
        await uow.people.put([profile()])
        await uow.people.set_roles(UserId("U1"), frozenset({Role.ADMIN}))
        client = await uow.clients.add(client_draft(client_channel=ChannelId("CX")), now=NOW)
        draft = ticket_draft(client.id, source=SOURCE, submission="form")
        ticket = await uow.tickets.add(draft)
        episode = await uow.episodes.add(episode_draft(ticket))
        await uow.timers.set(STEP, "1", due_at=NOW)
        assert await uow.slots.take("digest", "today", now=NOW)
        assert await uow.inbox.first("Ev1", now=NOW)
        for key in ("k1", "k2"):
            await uow.outbox.put(promise(key, subject="s", card=f"c-{key}"), now=NOW)
    [timer] = await database.due_timers.due(now=NOW, limit=9)
    [delivery] = await database.queue.claim(now=NOW, limit=9, lease_until=LEASE, skip=())
    return Theirs(workspace, client, ticket, episode, timer, delivery)


@pytest.fixture
async def mine(database, theirs) -> Workspace:
    return await a_workspace(database, "T2")


async def rows_of(database, workspace):
    async with database.reads.connect() as connection:
        return {
            table.name: (
                await connection.execute(
                    select(table)
                    .where(table.c.workspace_id == workspace.id)
                    .order_by(*table.primary_key)
                )
            ).all()
            for table in Row.metadata.sorted_tables
            if "workspace_id" in table.c
        }


def test_every_method_is_tried():
    methods = {
        f"{name}.{method}"
        for name in vars(ports.UnitOfWork)
        if isinstance(vars(ports.UnitOfWork)[name], property) and name != "workspace_id"
        for method in vars(get_type_hints(vars(ports.UnitOfWork)[name].fget)["return"])
        if not method.startswith("_")
    }
    assert FOUND_NOTHING.keys() | REFUSED.keys() | OF_ITS_OWN.keys() | ELSEWHERE == methods


@pytest.mark.parametrize("attempt", FOUND_NOTHING.values(), ids=FOUND_NOTHING)
async def test_nothing_is_found_and_nothing_changed(database, theirs, mine, attempt):
    before = await rows_of(database, theirs.workspace)
    async with database.unit_of_work(mine.id) as uow:
        assert not await attempt(uow, theirs)
    assert await rows_of(database, theirs.workspace) == before


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
async def test_what_is_theirs_is_refused(database, theirs, mine, attempt):
    before = await rows_of(database, theirs.workspace)
    with pytest.raises(DeskError) as refusal:
        async with database.unit_of_work(mine.id) as uow:
            await attempt(uow, theirs)
    assert isinstance(refusal.value, NotFound | StaleVersion)
    assert await rows_of(database, theirs.workspace) == before


@pytest.mark.parametrize("attempt", OF_ITS_OWN.values(), ids=OF_ITS_OWN)
async def test_each_has_its_own_of_the_same_name(database, theirs, mine, attempt):
    before = await rows_of(database, theirs.workspace)
    async with database.unit_of_work(mine.id) as uow:
        result = await attempt(uow, theirs)
    taken = (theirs.workspace, theirs.client)
    assert result is None or result is True or result.id not in {its.id for its in taken}
    assert await rows_of(database, theirs.workspace) == before


async def test_facts_are_of_one_workspace(database, theirs, mine):
    facts = database.facts
    assert await facts.asker(mine.team_id, UserId("U1")) is None
    assert await facts.cards(mine.id, "acme") == []
    assert await facts.client_names(mine.id) == []
    assert await facts.ticket(mine.id, "ACME-1") is None
    assert await facts.open_tickets(mine.id, limit=9, offset=0) == ([], 0)
    assert await facts.open_tickets(mine.id, code="ACME", limit=9, offset=0) == ([], 0)
    assert await facts.clients(mine.id, limit=9, offset=0) == ([], 0)
    span = ports.Span(since=NOW - HOUR, until=NOW + HOUR)
    made = await facts.snapshot(mine, now=NOW, recent=span, due_until=NOW + 99 * HOUR, late=False)
    assert made.is_empty
    assert made.opened.total == made.due_soon.total == made.missed.total == 0
    assert made.unacknowledged == 0
