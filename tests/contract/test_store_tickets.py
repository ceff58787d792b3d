"""Tickets, episodes, timers, slots, keys, audit: kept whole, made once, never overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.alerts import EpisodeState, StepKind
from bot.domain.ascents import Ascent, Told
from bot.domain.errors import NotFound, StaleVersion
from bot.domain.ids import ChannelId, ClientId, EpisodeId, MessageTs, TicketId, UserId
from bot.domain.tickets import Intake, Priority, Source, TicketStatus
from bot.domain.timers import TimerKind
from tests.contract.rows import (
    HOUR,
    NOW,
    a_client,
    a_ladder,
    a_ticket,
    a_workspace,
    episode_draft,
    ticket_draft,
)

SOURCE = Source(channel=ChannelId("C1"), ts=MessageTs("1.000001"), author=UserId("U7"))


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


@pytest.fixture
async def client(database, workspace):
    return await a_client(database, workspace)


@pytest.fixture
async def ticket(database, workspace, client):
    return await a_ticket(database, workspace, client)


async def test_a_ticket_comes_back_as_it_was_put(database, workspace, client):
    draft = ticket_draft(
        client.id,
        description="see *here* <!channel> \U0001f525",
        priority=Priority.CRITICAL,
        category="it",
        intake=Intake.WHATSAPP,
        status=TicketStatus.IN_REVIEW,
        requester=UserId("UR"),
        assignee=UserId("UA"),
        source=SOURCE,
        submission="form-1",
        responded_at=NOW + HOUR,
        responded_by=UserId("UB"),
        closed_at=NOW + 2 * HOUR,
        resolution="done",
        external_id="x1",
    )
    async with database.unit_of_work(workspace.id) as uow:
        added = await uow.tickets.add(draft)
    assert all(getattr(added, name) == getattr(draft, name) for name in draft.__dataclass_fields__)
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.tickets.get(added.id) == added
        assert await uow.tickets.by_key("acme-1") == added
        assert await uow.tickets.by_source(replace(SOURCE, author=None)) == added
        assert await uow.tickets.by_submission("form-1") == added
        assert await uow.tickets.by_submission("form-2") is None


async def test_keys_count_up_per_client_and_keep_the_code_they_were_born_with(
    database, workspace, client
):
    await a_ticket(database, workspace, client)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.clients.save(replace(client, code="NEXT"))
    other = await a_client(database, workspace, "OTHER")
    keys = [
        (await a_ticket(database, workspace, client)).key,
        (await a_ticket(database, workspace, other)).key,
    ]
    assert keys == ["NEXT-2", "OTHER-1"]
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.tickets.by_key("ACME-1") is not None


async def test_one_message_makes_one_ticket(database, workspace, client):
    await a_ticket(database, workspace, client, source=SOURCE)
    with pytest.raises(StaleVersion):
        await a_ticket(database, workspace, client, source=SOURCE)
    assert (await a_ticket(database, workspace, client)).key == "ACME-2"


async def test_the_second_of_two_ticket_edits_is_told(database, workspace, ticket):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.tickets.save(ticket.taken(UserId("U1")))
    with pytest.raises(StaleVersion):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.tickets.save(ticket.taken(UserId("U2")))
    async with database.unit_of_work(workspace.id) as uow:
        saved = await uow.tickets.get(ticket.id)
    assert (saved.assignee, saved.version) == ("U1", 2)


async def test_what_is_not_here_is_not_found(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        with pytest.raises(NotFound):
            await uow.tickets.get(TicketId(10**9))
        with pytest.raises(NotFound):
            await uow.tickets.add(ticket_draft(ClientId(10**9)))
        with pytest.raises(NotFound):
            await uow.episodes.get(EpisodeId(10**9))
        with pytest.raises(NotFound):
            await uow.people.get(UserId("UNOBODY"))


async def test_an_episode_comes_back_as_it_was_put(database, workspace, ticket):
    ascent = Ascent(
        level=2,
        told=(Told(level=1, people=("U1", "U2")),),
        people=("U3",),
        since=NOW,
        used=timedelta(minutes=5, microseconds=1),
    )
    draft = episode_draft(ticket, ladder=a_ladder(), ascent=ascent, unreachable=(UserId("U9"),))
    async with database.unit_of_work(workspace.id) as uow:
        added = await uow.episodes.add(draft)
        assert added is not None
        assert await uow.episodes.get(added.id) == added
        assert await uow.episodes.running(ticket_id=ticket.id) == [added]
        await uow.episodes.save(added.happened(StepKind.TOLD, NOW, level=1, people=(UserId("U1"),)))
    async with database.unit_of_work(workspace.id) as uow:
        told = await uow.episodes.get(added.id)
    assert (told.told, told.version) == (("U1",), 2)
    with pytest.raises(StaleVersion):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.episodes.save(added)


async def test_one_episode_runs_for_a_condition_and_a_subject(database, workspace, ticket):
    async with database.unit_of_work(workspace.id) as uow:
        first = await uow.episodes.add(episode_draft(ticket))
        assert first is not None
        assert await uow.episodes.add(episode_draft(ticket)) is None
        assert await uow.episodes.add(episode_draft(ticket, subject="another")) is not None
        await uow.episodes.save(first.closed(NOW, "answered"))
        assert (await uow.episodes.get(first.id)).state is EpisodeState.CLOSED
        again = await uow.episodes.add(episode_draft(ticket))
    assert again is not None
    assert again.id != first.id


async def test_a_timer_is_one_row_that_moves(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.timers.set(TimerKind.TICKET_BREACH, "1:response", due_at=NOW + HOUR)
        await uow.timers.set(TimerKind.TICKET_BREACH, "1:response", due_at=NOW)
        await uow.timers.set(TimerKind.TICKET_WARNING, "1:response", due_at=NOW - HOUR)
        await uow.timers.set(TimerKind.EPISODE_STEP, "1", due_at=NOW + HOUR)
        await uow.timers.set(TimerKind.EPISODE_STEP, "2", due_at=NOW - HOUR)
        await uow.timers.cancel(TimerKind.EPISODE_STEP, "2")
    due = await database.due_timers.due(now=NOW, limit=10)
    assert [timer.kind for timer in due] == [TimerKind.TICKET_WARNING, TimerKind.TICKET_BREACH]
    assert await database.due_timers.due(now=NOW, limit=1) == due[:1]
    assert await database.due_timers.next_due_at() == NOW - HOUR


async def test_a_timer_is_taken_once_and_not_when_it_moved(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.timers.set(TimerKind.EPISODE_STEP, "1", due_at=NOW)
        await uow.timers.set(TimerKind.EPISODE_STEP, "2", due_at=NOW)
    one, two = await database.due_timers.due(now=NOW, limit=10)
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.timers.take(one)
        assert not await uow.timers.take(one)
        await uow.timers.set(TimerKind.EPISODE_STEP, "2", due_at=NOW + HOUR)
        assert not await uow.timers.take(two)
    assert await database.due_timers.next_due_at() == NOW + HOUR


async def test_no_timer_is_due_when_there_is_none(database):
    assert await database.due_timers.next_due_at() is None


async def test_a_slot_is_taken_once(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.slots.take("digest", "2026-03-02", now=NOW)
        assert not await uow.slots.take("digest", "2026-03-02", now=NOW)
        assert await uow.slots.take("digest", "2026-03-03", now=NOW)
        assert await uow.slots.take("other", "2026-03-02", now=NOW)


async def test_a_key_is_first_once_and_again_when_its_effect_was_taken_back(database, workspace):
    async def break_off():
        async with database.unit_of_work(workspace.id) as uow:
            assert await uow.inbox.first("Ev1", now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.inbox.first("Ev1", now=NOW)
    async with database.unit_of_work(workspace.id) as uow:
        assert not await uow.inbox.first("Ev1", now=NOW)


async def test_settings_are_not_overwritten_by_a_stale_copy(database, workspace):
    async with database.unit_of_work(workspace.id) as uow:
        await uow.workspaces.save(replace(workspace, zone="Asia/Tokyo"))
        assert await uow.workspaces.get() == replace(workspace, zone="Asia/Tokyo", version=2)
    with pytest.raises(StaleVersion):
        async with database.unit_of_work(workspace.id) as uow:
            await uow.workspaces.save(replace(workspace, zone="Asia/Seoul"))
