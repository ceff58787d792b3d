"""One unit of work is one transaction: all of it or nothing, however many run side by side."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import ConfigError, StaleVersion
from bot.domain.ids import ClientId, UserId, WorkspaceId
from bot.domain.tickets import Priority
from bot.domain.timers import TimerKind
from store.database import Database
from store.schema import Row
from tests.contract.rows import (
    HOUR,
    NOW,
    a_client,
    a_ticket,
    a_workspace,
    client_draft,
    episode_draft,
    profile,
    promise,
    put,
    ticket_draft,
)


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


@asynccontextmanager
async def another(database):
    other = Database(database.url.render_as_string(hide_password=False))
    try:
        yield other
    finally:
        await other.close()


async def counts(database):
    async with database.reads.connect() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar()
            for table in Row.metadata.sorted_tables
        }


async def everything(uow, client, ticket):
    await uow.people.put([profile()])
    await uow.people.set_roles(UserId("U1"), frozenset())
    await uow.clients.add(client_draft("NEW"), now=NOW)
    await uow.clients.save(replace(client, code="OTHER", name="Other name", version=1))
    await uow.tickets.add(ticket_draft(client.id))
    await uow.tickets.save(ticket.taken(UserId("U1")))
    await uow.episodes.add(episode_draft(ticket))
    await uow.timers.set(TimerKind.EPISODE_STEP, "1", due_at=NOW)
    await uow.slots.take("job", "slot", now=NOW)
    await uow.inbox.first("key", now=NOW)
    await uow.outbox.put(promise(), now=NOW)
    await uow.audit.record("done", by=None, subject="all", now=NOW, fields={"n": 1})


@pytest.mark.parametrize("broken_by", [RuntimeError, asyncio.CancelledError, KeyboardInterrupt])
async def test_an_exception_leaves_nothing_behind(database, workspace, broken_by):
    client = await a_client(database, workspace)
    ticket = await a_ticket(database, workspace, client)
    before = await counts(database)

    async def break_off():
        async with database.unit_of_work(workspace.id) as uow:
            await everything(uow, client, ticket)
            raise broken_by

    with pytest.raises(broken_by):
        await break_off()
    assert await counts(database) == before
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.clients.get(client.id) == client
        assert await uow.tickets.get(ticket.id) == ticket


async def test_a_clean_exit_keeps_everything(database, workspace):
    client = await a_client(database, workspace)
    ticket = await a_ticket(database, workspace, client)
    async with database.unit_of_work(workspace.id) as uow:
        await everything(uow, client, ticket)
    kept = await counts(database)
    assert all(kept[name] for name in kept if name not in {"client_team", "contacts"})


async def test_nobody_sees_what_is_not_committed(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.add(client_draft(), now=NOW)
        assert await database.facts.client_names(workspace.id) == []
    assert len(await database.facts.client_names(workspace.id)) == 1


async def test_a_row_of_another_workspace_cannot_even_be_pointed_at(database, workspace):
    other = await a_workspace(database, "T2")
    client = await a_client(database, other)
    ticket = await a_ticket(database, other, client)
    with pytest.raises(IntegrityError):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.episodes.add(episode_draft(ticket))


async def test_a_unit_of_work_of_no_workspace_writes_nothing(database):
    with pytest.raises(IntegrityError):
        async with database.unit_of_work(WorkspaceId(10**6)) as uow:
            await uow.inbox.first("key", now=NOW)


async def test_of_two_editors_at_once_one_is_told(database, workspace):
    client = await a_client(database, workspace)
    ticket = await a_ticket(database, workspace, client)

    async def take(user):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.tickets.save(ticket.taken(UserId(user)))

    results = await asyncio.gather(*(take(f"U{n}") for n in range(6)), return_exceptions=True)
    assert [result for result in results if result is None] == [None]
    assert all(isinstance(result, StaleVersion) for result in results if result is not None)
    async with database.unit_of_work(workspace.id) as uow:
        assert (await uow.tickets.get(ticket.id)).version == 2


async def test_tickets_opened_at_once_get_a_number_each_and_all_count_on_the_card(
    database, workspace
):
    client = await a_client(database, workspace)
    async with another(database) as other:
        tickets = await asyncio.gather(
            *(a_ticket((database, other)[n % 2], workspace, client) for n in range(12))
        )
    assert {ticket.key for ticket in tickets} == {f"ACME-{n}" for n in range(1, 13)}
    [card] = await database.facts.cards(workspace.id, "acme")
    assert card.open_by_priority == {Priority.HIGH: 12}


async def test_a_key_slot_or_code_wanted_by_many_goes_to_one(database, workspace):
    async def want():
        async with database.unit_of_work(workspace.id) as uow:
            first = await uow.inbox.first("Ev1", now=NOW)
            taken = await uow.slots.take("digest", "today", now=NOW)
            return first, taken

    wanted = await asyncio.gather(*(want() for _ in range(6)))
    assert sorted(wanted) == [(False, False)] * 5 + [(True, True)]


async def test_of_clients_opened_at_once_under_one_code_one_stays(database, workspace):
    async def add(name):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.clients.add(client_draft(name=name), now=NOW)

    await asyncio.gather(*(add(f"Name {n}") for n in range(5)), return_exceptions=True)
    assert len(await database.facts.client_names(workspace.id)) == 1


async def test_writers_of_two_processes_wait_for_each_other(database, workspace):
    """Nobody is refused, nothing is lost: BEGIN IMMEDIATE queues writers up on SQLite."""

    async def write(into, key):
        async with into.unit_of_work(workspace.id) as uow:
            settings = await uow.workspaces.get()
            await uow.inbox.first(key, now=NOW)
            await asyncio.sleep(0)
            return settings

    async with another(database) as other:
        await asyncio.gather(*(write((database, other)[n % 2], f"key-{n}") for n in range(20)))
    assert (await counts(database))["inbox"] == 20


async def test_two_couriers_never_share_a_row_nor_a_line(database, workspace):
    promises = [promise(f"{n}", subject=f"s{n % 15}") for n in range(60)]
    await put(database, workspace, *promises)
    order: dict[str, list[int]] = {}

    async def courier(with_database):
        claimed = 0
        while batch := await with_database.queue.claim(
            now=NOW, limit=7, lease_until=NOW + timedelta(minutes=2), skip=()
        ):
            for delivery in batch:
                order.setdefault(delivery.subject, []).append(int(delivery.notice.reason))
                claimed += 1
                await asyncio.sleep(0)
                async with with_database.unit_of_work(workspace.id) as uow:
                    await uow.outbox.sent(delivery.id, None, now=NOW)
        return claimed

    claimed = 0
    async with another(database) as other:
        while len(order) < 15 or sum(map(len, order.values())) < 60:
            claimed += sum(await asyncio.gather(courier(database), courier(other)))
    assert claimed == 60
    assert all(line == sorted(line) for line in order.values())


async def test_promises_put_while_others_are_settled_are_never_stuck(database, workspace):
    """The mark of a waiting row and the end of the row it waits for may cross each other."""
    sent = set()

    async def courier(with_database):
        while len(sent) < 40:
            for delivery in await with_database.queue.claim(
                now=NOW, limit=5, lease_until=NOW + HOUR, skip=()
            ):
                async with with_database.unit_of_work(workspace.id) as uow:
                    await uow.outbox.sent(delivery.id, None, now=NOW)
                sent.add(delivery.id)
            await asyncio.sleep(0)

    async def writer():
        for n in range(40):
            await put(database, workspace, promise(f"{n}", subject="one line"))

    async with another(database) as other, asyncio.timeout(30):
        await asyncio.gather(writer(), courier(database), courier(other))
    assert len(sent) == 40


async def test_deadlocked_transactions_are_stale_not_broken(database, workspace):
    first = await a_client(database, workspace, "A")
    second = await a_client(database, workspace, "B")

    meeting = asyncio.Barrier(1 if database.writes.dialect.name == "sqlite" else 2)

    async def touch(*clients):
        async with database.unit_of_work(workspace.id) as uow:
            for client in clients:
                await uow.tickets.add(ticket_draft(client.id))
                if client is clients[0]:
                    await meeting.wait()

    results = await asyncio.gather(
        touch(first, second), touch(second, first), return_exceptions=True
    )
    assert all(result is None or isinstance(result, StaleVersion) for result in results)


async def test_a_write_on_a_reading_connection_is_refused_on_no_account(database, workspace):
    """AUTOCOMMIT rolls nothing back: only `writes` may be written with."""
    statements = []
    event.listen(
        database.reads.sync_engine,
        "before_cursor_execute",
        lambda *args: statements.append(args[2]),
    )
    client = await a_client(database, workspace)
    ticket = await a_ticket(database, workspace, client)
    async with database.unit_of_work(workspace.id) as uow:
        await everything(uow, client, ticket)
    await database.queue.claim(now=NOW, limit=5, lease_until=NOW + HOUR, skip=())
    written = [s for s in statements if not s.startswith(("SELECT", "PRAGMA"))]
    assert written == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://localhost/x",
        "postgresql+psycopg://localhost/x",
        "mysql+aiomysql://localhost/x",
        "sqlite:///x.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "not a url",
        "",
    ],
)
async def test_only_engines_we_know_are_accepted(url):
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        Database(url)


async def test_an_unknown_client_is_not_on_any_card(database, workspace):
    assert await database.facts.cards(workspace.id, "acme") == []
    assert await database.rebuild_cards(workspace.id) == 0
    assert ClientId(1) not in {name.id for name in await database.facts.client_names(workspace.id)}
