"""The outbox: every promise leaves once, in order in its line, newest state only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.deliveries import DeliveryState, Lane, Posted
from bot.domain.ids import ChannelId, MessageTs
from store.schema import OutboxRow
from tests.contract.rows import CHANNEL, HOUR, LEASE, NOW, a_workspace, promise, put

POSTED = Posted(channel=CHANNEL, ts=MessageTs("1.5"))


@pytest.fixture
async def workspace(database):
    return await a_workspace(database)


async def claim(database, *, now=NOW, limit=100, skip=()):
    lease = now + timedelta(minutes=2)
    return await database.queue.claim(now=now, limit=limit, lease_until=lease, skip=skip)


async def sent(database, delivery, posted=POSTED, now=NOW):
    async with database.unit_of_work(delivery.workspace_id) as uow:
        await uow.outbox.sent(delivery.id, posted, now=now)


async def states(database):
    async with database.reads.connect() as connection:
        rows = await connection.execute(select(OutboxRow.key, OutboxRow.state))
        return {row.key: row.state for row in rows}


async def test_a_promise_comes_out_as_it_was_put(database, workspace):
    await put(database, workspace, promise(card="c", lane=Lane.ALERT))
    [delivery] = await claim(database)
    assert delivery.notice == promise().notice
    assert (delivery.workspace_id, delivery.team_id) == (workspace.id, workspace.team_id)
    assert (delivery.to, delivery.subject) == (CHANNEL, "subject-of-k1")
    assert (delivery.lane, delivery.card) == (Lane.ALERT, "c")
    assert (delivery.attempts, delivery.created_at) == (1, NOW)
    assert (delivery.edits, delivery.unsure_since) == (None, None)


async def test_a_key_is_queued_once(database, workspace):
    await put(database, workspace, promise(), promise(subject="another"))
    await put(database, workspace, promise())
    assert len(await claim(database)) == 1


async def test_workspaces_may_use_the_same_key(database, workspace):
    await put(database, workspace, promise())
    await put(database, await a_workspace(database, "T2"), promise())
    assert [d.team_id for d in await claim(database)] == ["T1", "T2"]


async def test_a_claimed_row_is_not_handed_out_again_while_its_lease_runs(database, workspace):
    await put(database, workspace, promise())
    assert len(await claim(database)) == 1
    assert await claim(database, now=LEASE - timedelta(microseconds=1)) == []


async def test_an_expired_lease_is_handed_out_with_the_first_unknown_claim(database, workspace):
    await put(database, workspace, promise())
    await claim(database)
    [second] = await claim(database, now=NOW + HOUR)
    [third] = await claim(database, now=NOW + 2 * HOUR)
    assert (second.unsure_since, second.attempts) == (NOW, 2)
    assert (third.unsure_since, third.attempts) == (NOW, 3)


async def test_critical_lanes_go_first_then_whoever_is_due_first(database, workspace):
    await put(
        database,
        workspace,
        promise("digest", lane=Lane.DIGEST),
        promise("card-2", lane=Lane.CARD, not_before=NOW + HOUR),
        promise("card-1", lane=Lane.CARD),
        promise("critical", lane=Lane.CRITICAL, not_before=NOW + HOUR),
    )
    claimed = await claim(database, now=NOW + HOUR)
    subjects = [delivery.subject.removeprefix("subject-of-") for delivery in claimed]
    assert subjects == ["critical", "card-1", "card-2", "digest"]


async def test_a_limit_takes_the_most_urgent(database, workspace):
    await put(database, workspace, promise("a"), promise("b", lane=Lane.CRITICAL), promise("c"))
    assert [d.subject for d in await claim(database, limit=2)] == ["subject-of-b", "subject-of-a"]


async def test_a_line_is_handed_out_one_by_one_in_order(database, workspace):
    line = [promise(key, subject="s", lane=Lane(3 - n)) for n, key in enumerate("abcd")]
    await put(database, workspace, *line)
    seen = []
    while batch := await claim(database):
        [delivery] = batch
        seen.append(delivery.notice.reason)
        await sent(database, delivery)
    assert seen == list("abcd")


async def test_a_failing_row_holds_its_own_line_only(database, workspace):
    await put(database, workspace, promise("a", subject="s"), promise("b", subject="s"))
    await put(database, workspace, promise("c", subject="s", to=ChannelId("C2")), promise("d"))
    first = await claim(database)
    assert [d.notice.reason for d in first] == ["a", "c", "d"]
    for delivery in first[1:]:
        await sent(database, delivery)
    at = NOW + HOUR
    await database.queue.retry(first[0], at=at, reason="slow down", unsure=False)
    assert await claim(database) == []
    [again] = await claim(database, now=at)
    assert (again.notice.reason, again.unsure_since) == ("a", None)


async def test_skipped_destinations_are_left_alone(database, workspace):
    await put(database, workspace, promise("a"), promise("b", to=ChannelId("C2")))
    assert [d.to for d in await claim(database, skip=(CHANNEL,))] == ["C2"]
    assert [d.to for d in await claim(database)] == [CHANNEL]


async def test_not_before_holds_a_row_back(database, workspace):
    await put(database, workspace, promise(not_before=NOW + HOUR))
    assert await claim(database, now=NOW + HOUR - timedelta(microseconds=1)) == []
    assert await database.queue.next_due_at(now=NOW) == NOW + HOUR
    assert len(await claim(database, now=NOW + HOUR)) == 1


async def test_next_due_is_now_when_something_is_overdue_and_never_when_nothing_waits(
    database, workspace
):
    assert await database.queue.next_due_at(now=NOW) is None
    await put(database, workspace, promise())
    assert await database.queue.next_due_at(now=NOW + HOUR) == NOW + HOUR
    [delivery] = await claim(database)
    assert await database.queue.next_due_at(now=NOW) == LEASE
    await sent(database, delivery)
    assert await database.queue.next_due_at(now=NOW) is None


async def test_a_blocked_row_is_not_what_is_due_next(database, workspace):
    await put(database, workspace, promise("a", subject="s"), promise("b", subject="s"))
    [first] = await claim(database)
    await database.queue.retry(first, at=NOW + HOUR, reason="busy", unsure=False)
    assert await claim(database) == []
    assert await database.queue.next_due_at(now=NOW) == NOW + HOUR


async def test_what_is_useless_by_now_is_superseded(database, workspace):
    await put(
        database,
        workspace,
        promise("late", subject="s", useless_after=NOW + HOUR),
        promise("next", subject="s"),
    )
    [delivery] = await claim(database, now=NOW + HOUR)
    assert delivery.notice.reason == "next"
    assert (await states(database))["late"] is DeliveryState.SUPERSEDED


async def test_a_newer_state_of_a_card_replaces_an_unsent_one(database, workspace):
    await put(database, workspace, promise("v1", subject="s", card="c"))
    await put(database, workspace, promise("v2", subject="s", card="c"))
    await put(database, workspace, promise("x", subject="s", card="c", to=ChannelId("C2")))
    assert [d.notice.reason for d in await claim(database)] == ["v2", "x"]
    assert (await states(database))["v1"] is DeliveryState.SUPERSEDED


async def test_a_newer_state_of_a_card_edits_the_post(database, workspace):
    await put(database, workspace, promise("v1", subject="s", card="c"))
    [first] = await claim(database)
    await put(database, workspace, promise("v2", subject="s", card="c"))
    assert await claim(database) == []
    await sent(database, first, Posted(channel=ChannelId("D1"), ts=MessageTs("7.7")))
    [second] = await claim(database)
    assert second.edits == Posted(channel=ChannelId("D1"), ts=MessageTs("7.7"))


async def test_without_a_post_there_is_nothing_to_edit(database, workspace):
    await put(database, workspace, promise("v1", subject="s", card="c"))
    [first] = await claim(database)
    await sent(database, first, None)
    await put(database, workspace, promise("v2", subject="s", card="c"))
    [second] = await claim(database)
    assert second.edits is None


async def test_an_unknown_outcome_is_settled_before_a_newer_state_goes(database, workspace):
    await put(database, workspace, promise("v1", subject="s", card="c"))
    [first] = await claim(database)
    await database.queue.retry(first, at=NOW, reason="connection lost", unsure=True)
    await put(database, workspace, promise("v2", subject="s", card="c"))
    [again] = await claim(database)
    assert (again.notice.reason, again.unsure_since) == ("v1", NOW)


async def test_a_failed_state_gives_way_to_one_put_meanwhile(database, workspace):
    await put(database, workspace, promise("v1", subject="s", card="c"))
    [first] = await claim(database)
    await put(database, workspace, promise("v2", subject="s", card="c"))
    await database.queue.retry(first, at=NOW, reason="busy", unsure=False)
    [second] = await claim(database)
    assert second.notice.reason == "v2"
    assert (await states(database))["v1"] is DeliveryState.SUPERSEDED


async def test_sent_stays_sent(database, workspace):
    await put(database, workspace, promise(card="c"))
    [delivery] = await claim(database)
    await sent(database, delivery)
    await sent(database, delivery, Posted(channel=CHANNEL, ts=MessageTs("9.9")))
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.park(delivery.id, reason="no", now=NOW)
    await put(database, workspace, promise("k2", card="c"))
    [newer] = await claim(database, now=NOW + HOUR)
    assert newer.edits == POSTED


async def test_reports_of_one_transaction_are_written_together_the_first_wins(database, workspace):
    await put(database, workspace, promise("a1", subject="a", card="c"), promise("b1", subject="b"))
    await put(database, workspace, promise("a2", subject="a"), promise("b2", subject="b"))
    first, other = await claim(database)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.sent(first.id, POSTED, now=NOW)
        await uow.outbox.sent(other.id, None, now=NOW)
        await uow.outbox.sent(first.id, Posted(channel=CHANNEL, ts=MessageTs("9.9")), now=NOW)
    freed = await claim(database)
    assert [d.notice.reason for d in freed] == ["a2", "b2"]
    for delivery in freed:
        await sent(database, delivery)
    await put(database, workspace, promise("a3", card="c"))
    [newer] = await claim(database)
    assert newer.edits == POSTED


async def test_whoever_lost_the_lease_changes_nothing(database, workspace):
    await put(database, workspace, promise())
    [slow] = await claim(database)
    [quick] = await claim(database, now=NOW + HOUR)
    await database.queue.retry(slow, at=NOW, reason="late", unsure=False)
    assert await claim(database, now=NOW + HOUR) == []
    await sent(database, quick)
    assert await claim(database, now=NOW + 9 * HOUR) == []


async def test_a_parked_row_waits_for_its_destination_and_lets_the_line_go_on(database, workspace):
    await put(database, workspace, promise("a", subject="s"), promise("b", subject="s"))
    [first] = await claim(database)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.park(first.id, reason="channel_not_found", now=NOW)
    [second] = await claim(database)
    assert second.notice.reason == "b"
    await sent(database, second)
    assert await claim(database, now=NOW + HOUR) == []
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.wake(ChannelId("C-other"))
        await uow.outbox.wake(CHANNEL)
    [woken] = await claim(database)
    assert (woken.id, woken.unsure_since) == (first.id, None)


async def test_a_parked_card_gives_way_to_a_newer_state(database, workspace):
    await put(database, workspace, promise("v1", subject="s", card="c"))
    [first] = await claim(database)
    await put(database, workspace, promise("v2", subject="s", card="c"))
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.park(first.id, reason="is_archived", now=NOW)
    assert (await states(database))["v1"] is DeliveryState.SUPERSEDED
    [second] = await claim(database)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.park(second.id, reason="is_archived", now=NOW)
        assert await uow.outbox.cards("s") == [(CHANNEL, "c")]
    await put(database, workspace, promise("v3", subject="s", card="c"))
    assert (await states(database))["v2"] is DeliveryState.SUPERSEDED


async def test_cards_are_those_sent_or_still_to_be_sent(database, workspace):
    await put(
        database,
        workspace,
        promise("1", subject="s", card="c"),
        promise("2", subject="s", card="c", to=ChannelId("U2")),
        promise("3", subject="s"),
        promise("4", subject="other", card="d"),
    )
    for delivery in await claim(database, limit=1):
        await sent(database, delivery)
    async with database.unit_of_work(workspace.id) as uow:
        assert await uow.outbox.cards("s") == [(CHANNEL, "c"), ("U2", "c")]
        await uow.outbox.withdraw("s", now=NOW)
        assert await uow.outbox.cards("s") == [(CHANNEL, "c")]


async def test_withdrawing_leaves_what_is_on_its_way(database, workspace):
    await put(database, workspace, promise("a", subject="s"), promise("b", subject="s"))
    [flying] = await claim(database)
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.withdraw("s", now=NOW)
    await sent(database, flying)
    assert await states(database) == {"a": DeliveryState.SENT, "b": DeliveryState.SUPERSEDED}


async def test_a_notice_of_another_version_is_parked_and_blocks_nobody(database, workspace):
    await put(database, workspace, promise("old"), promise("fine"))
    async with database.writes.begin() as connection:
        await connection.execute(
            text("UPDATE outbox SET kind = 'Extinct' WHERE workspace_id > 0 AND key = 'old'")
        )
    [delivery] = await claim(database)
    assert delivery.notice.reason == "fine"
    assert (await states(database))["old"] is DeliveryState.PARKED


async def test_the_courier_is_woken_after_the_commit_and_only_then(database, workspace):
    woken = []
    database.on_queued(lambda: woken.append("queued"))
    database.on_timed(lambda: woken.append("timed"))
    async with database.unit_of_work(workspace.id) as uow:
        await uow.outbox.put(promise(), now=NOW)
        assert woken == []
    assert woken == ["queued"]
    await put(database, workspace, promise())

    async def break_off():
        async with database.unit_of_work(workspace.id) as uow:
            await uow.outbox.put(promise("k2"), now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    assert woken == ["queued"]


async def test_one_line_of_many_is_marked_once_and_then_costs_nothing(database, workspace):
    await put(database, workspace, *(promise(f"{n:03}", subject="s") for n in range(300)))
    await put(database, workspace, promise("other", to=ChannelId("C2")))
    claimed = await claim(database, limit=5)
    assert [d.notice.reason for d in claimed] == ["000", "other"]
    assert await claim(database, limit=5) == []
    async with database.reads.connect() as connection:
        unmarked = select(OutboxRow.id).where(
            OutboxRow.waits_for.is_(None), OutboxRow.settled_at.is_(None)
        )
        assert len((await connection.execute(unmarked)).all()) == 2
    await sent(database, claimed[0])
    assert [d.notice.reason for d in await claim(database)] == ["001"]


async def test_a_promise_keeps_its_lane_when_given_back(database, workspace):
    await put(database, workspace, promise(lane=Lane.ALERT))
    [delivery] = await claim(database)
    await database.queue.retry(delivery, at=NOW, reason="", unsure=False)
    [again] = await claim(database)
    assert again == replace(delivery, attempts=2)
