"""Between a send and its mark (reliability, Delivery 3): settled by kind, so people see it once.

A process that cannot mark anything stands for one that was killed there, again and again.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.courier import LEASE
from bot.domain.deliveries import DeliveryState
from bot.domain.errors import StaleVersion
from store.schema import OutboxRow
from tests.scenario.office import ALERTS, ANNA, BEN, CARLA, DANA, OPS, Office, berlin, open_office
from tests.scenario.reading import buttons, delivery
from tests.soak.books import Rows

BREACH = timedelta(hours=4)


@pytest.fixture
async def office(database_url) -> AsyncIterator[Office]:
    async with open_office(database_url) as office:
        await office.client()
        yield office


def forgets(office: Office) -> None:
    """From now on this process sends, and dies before it can say so."""
    courier = office.app.courier

    async def dies() -> None:
        courier._outcomes.clear()

    courier._record = dies  # type: ignore[method-assign]  # what a kill does to it


async def restart(office: Office) -> None:
    """A process of ours again; what the dead one had claimed is taken over as its lease ends."""
    await office.close_app()
    await office.open_app()
    await office.advance(LEASE)


async def outbox(office: Office) -> Rows:
    async with office.app.database.reads.connect() as connection:
        query = select(OutboxRow.__table__).order_by(OutboxRow.id)
        return (await connection.execute(query)).all()


async def settled(office: Office) -> bool:
    return {row.state for row in await outbox(office)} <= {
        DeliveryState.SENT,
        DeliveryState.SUPERSEDED,
    }


async def test_a_post_to_a_channel_is_found_and_marked(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams")
    [row] = await outbox(office)
    assert row.state == DeliveryState.SENDING
    [card] = await office.cards()
    await restart(office)
    assert await office.cards() == [card]
    [row] = await outbox(office)
    assert (row.state, row.posted_ts, row.id) == (DeliveryState.SENT, card["ts"], delivery(card))


async def test_a_post_that_never_left_is_sent(office: Office) -> None:
    await office.post("act", **{"as": CARLA}, channel=OPS, text="/ticket acme Printer jams")
    view = await _filled(office)
    await office.post("submit", **{"as": CARLA}, view_id=view["id"], values={})
    now = office.now()
    [claimed] = await office.app.database.queue.claim(
        now=now, limit=10, lease_until=now + LEASE, skip=()
    )
    assert await office.cards() == []
    await restart(office)
    assert [delivery(card) for card in await office.cards()] == [claimed.id]
    assert await settled(office)


async def test_nobody_takes_over_while_the_lease_runs(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams")
    await office.close_app()
    await office.open_app()
    await office.advance(LEASE - timedelta(seconds=1))
    [row] = await outbox(office)
    assert (row.state, row.attempts) == (DeliveryState.SENDING, 1)
    await office.advance(timedelta(seconds=1))
    assert await settled(office)


async def test_dying_there_twice_is_the_same(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams")
    await office.close_app()
    await office.open_app()
    forgets(office)
    await office.advance(3 * LEASE)
    await restart(office)
    assert len(await office.cards()) == 1
    assert await settled(office)


async def test_a_direct_message_is_found_in_the_dm(office: Office) -> None:
    await office.log(CARLA, "acme All is down priority=critical")
    await office.advance(BREACH - timedelta(minutes=1))
    forgets(office)
    await office.advance(timedelta(minutes=1))
    [told] = await office.dms(ANNA, "is unanswered")
    await restart(office)
    [still] = await office.dms(ANNA, "is unanswered")
    assert (still["ts"], delivery(still)) == (told["ts"], delivery(told))
    assert await settled(office)


async def test_the_time_of_a_level_runs_once_its_message_is_found(office: Office) -> None:
    await office.log(CARLA, "acme All is down priority=critical")
    await office.advance(BREACH - timedelta(minutes=1))
    forgets(office)
    await office.advance(timedelta(minutes=1))
    await restart(office)
    await office.advance(timedelta(hours=6) - timedelta(seconds=1))
    assert await office.dms(DANA, "is unanswered") == []
    await office.advance(timedelta(seconds=1))
    assert len(await office.dms(DANA, "is unanswered")) == 1


async def test_an_edit_is_made_again(office: Office) -> None:
    await office.log(CARLA, "acme Printer jams")
    [card] = await office.cards()
    forgets(office)
    await office.press(BEN, card, "ticket.take", ALERTS)
    await restart(office)
    [card] = await office.cards()
    assert "Assignee: Ben Okafor" in card["text"]
    assert "ticket.take" not in buttons(card)
    assert await settled(office)


async def test_an_edit_waits_for_the_doubtful_post_and_finds_it(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams")
    [first] = await office.cards()
    await office.press(BEN, first, "ticket.take", ALERTS)
    assert "nobody yet" in (await office.cards())[0]["text"]
    await restart(office)
    [card] = await office.cards()
    assert card["ts"] == first["ts"]
    assert "Assignee: Ben Okafor" in card["text"]
    assert [row.posted_ts for row in await outbox(office)] == [first["ts"]] * 2


async def test_a_doubtful_row_holds_up_nobody_else(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams")
    await office.close_app()
    await office.open_app()
    await office.log(CARLA, "acme Router is silent")
    assert len(await office.cards()) == 2
    states = [row.state for row in await outbox(office)]
    assert states == [DeliveryState.SENDING, DeliveryState.SENT]


async def test_a_digest_is_posted_once(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 25, 7, 59)) as office:
        await office.client()
        forgets(office)
        await office.advance(timedelta(minutes=1))
        assert len(await office.sees(DANA, OPS)) == 1
        await restart(office)
        assert len(await office.sees(DANA, OPS)) == 1
        assert await settled(office)


@pytest.mark.parametrize("mode", ["reset_after", "reset_before"])
async def test_an_answer_that_was_lost_makes_no_second_post(office: Office, mode: str) -> None:
    await office.fails("chat.postMessage", mode)
    await office.log(CARLA, "acme Printer jams")
    await office.advance(timedelta(minutes=1))
    assert len(await office.cards()) == 1
    assert await settled(office)


async def test_an_answer_lost_in_a_dm_makes_no_second_post(office: Office) -> None:
    await office.log(CARLA, "acme All is down priority=critical")
    await office.fails("chat.postMessage", "reset_after", channel=ANNA)
    await office.advance(BREACH + timedelta(minutes=1))
    assert len(await office.dms(ANNA, "is unanswered")) == 1
    assert await settled(office)


async def test_an_answer_to_somebody_waiting_is_never_said_again(office: Office) -> None:
    await office.log(CARLA, "acme All is down priority=critical")
    await office.advance(BREACH)
    [alert] = await office.alerts("is unanswered")
    await office.fails("response_url", "reset_after")
    await office.press(DANA, alert, "client.show", ALERTS)
    await office.advance(timedelta(hours=1))
    assert len(await office.whispers(DANA, ALERTS)) == 1


async def test_unreadable_history_parks_what_can_wait(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams priority=low")
    await office.fails("conversations.history", "error", error="missing_scope", times=None)
    await restart(office)
    await office.advance(timedelta(minutes=30))
    assert len(await office.cards()) == 1
    assert (await outbox(office))[0].state == DeliveryState.PARKED


async def test_unreadable_history_posts_what_is_critical_again_and_says_so(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme All is down priority=critical")
    await office.fails("conversations.history", "error", error="missing_scope", times=None)
    await restart(office)
    first, again = await office.cards()
    assert "possibly repeated" not in first["text"].lower()
    assert "possibly repeated" in again["text"].lower()
    assert await settled(office)


async def test_a_doubtful_post_that_was_parked_is_looked_for_when_woken(office: Office) -> None:
    forgets(office)
    await office.log(CARLA, "acme Printer jams")
    await office.post(
        "channel", **{"as": DANA}, do="kick", channel=ALERTS, user=office.ws.team.bot.id
    )
    await restart(office)
    assert (await outbox(office))[0].state == DeliveryState.PARKED
    await office.post(
        "channel", **{"as": DANA}, do="invite", channel=ALERTS, user=office.ws.team.bot.id
    )
    await office.settle()
    assert (await outbox(office))[0].state == DeliveryState.SENT
    assert len(await office.cards()) == 1
    assert office.refusals() <= {"not_in_channel"}


async def test_a_race_lost_while_marking_is_run_again(office: Office) -> None:
    receipts = office.app.courier._receipts
    report, races = receipts.delivered, iter([True])

    async def delivered(*call: Any) -> None:
        if next(races, False):
            raise StaleVersion("Somebody acknowledged at the same moment.")
        await report(*call)

    receipts.delivered = delivered  # type: ignore[method-assign, assignment]  # a race at will
    await office.log(CARLA, "acme Printer jams")
    assert len(await office.cards()) == 1
    assert await settled(office)


async def _filled(office: Office) -> dict[str, Any]:
    """The intake form once it is filled in."""
    await office.app.slack.background.settled(5)
    return await office.modal(CARLA)
