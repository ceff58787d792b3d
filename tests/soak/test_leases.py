"""Two processes and a slow Slack: a lease that ends under way must not make two of anything."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.courier import LEASE
from bot.domain.tickets import Priority
from bot.services.tickets import ClientRef, OpenTicket
from tests.scenario.office import CARLA, Office, open_office
from tests.scenario.reading import delivery
from tests.scenario.running import running

CALL_SECONDS = 0.5


async def test_what_is_still_waiting_when_its_lease_ends_is_sent_once(database_url) -> None:
    """The first of a line takes so long that the others' lease is over before their turn.

    Not about the call that is under way: Slack's answer is awaited for less than a lease.
    """
    async with open_office(database_url) as office:
        await office.client()
        other = await running(office.ws, office.settings, listener="two")
        try:
            await promise(office, 3)
            await office.fails("chat.postMessage", "slow", seconds=CALL_SECONDS)
            first = asyncio.create_task(office.app.when_idle())
            await until_called(office)
            later = office.now() + LEASE + timedelta(seconds=1)
            await office.ws.clock.move(later)
            await until_read(later, office.app.clock, other.app.clock)
            await other.app.when_idle()
            await first
            await office.advance(2 * LEASE)
        finally:
            await other.close()
        times = Counter(delivery(card) for card in await office.cards())
        _under_way, *waiting = sorted(times)
        assert [times[number] for number in waiting] == [1, 1]


async def promise(office: Office, count: int) -> None:
    """So many cards for the alert channel, not sent yet."""
    app = office.app
    by = await app.database.facts.asker(office.ours.team_id, CARLA)
    assert by is not None
    client = await app.services.tickets.find_client(office.workspace_id, ClientRef(code="ACME"))
    assert client is not None
    for number in range(count):
        request = OpenTicket(
            by=by, client_id=client.id, title=f"Printer {number}", priority=Priority.LOW,
            key=f"k{number}",
        )  # fmt: skip
        await app.services.tickets.open(request)


async def until_called(office: Office) -> None:
    """The slow call is under way: its fault is used up."""
    async with asyncio.timeout(5):
        while True:
            if not office.ws.faults.rows:
                return
            await asyncio.sleep(0.005)


async def until_read(at, *clocks) -> None:
    """Both processes know that it is that late."""
    async with asyncio.timeout(5):
        while True:
            if all(clock.now() >= at for clock in clocks):
                return
            await asyncio.sleep(0.005)
