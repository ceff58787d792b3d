"""Told to stop, a process finishes what it has begun: the next one finds nothing half done."""

import asyncio

from bot.domain.deliveries import DeliveryState
from tests.soak.books import Rows, read_books
from tests.soak.season import Season, season


async def test_a_stopped_process_leaves_nothing_in_doubt(database_url, tmp_path) -> None:
    async with season(database_url, 1, tmp_path) as one:
        one.ws.faults.set({"method": "chat.postMessage", "mode": "slow", "seconds": 0.3})
        await one.people.log_by_command()
        await _until(one, DeliveryState.SENDING)
        assert await one.process.stop() == 0
        assert [row.state for row in await _outbox(one)] == [DeliveryState.SENT]


async def _until(one: Season, state: DeliveryState) -> None:
    async with asyncio.timeout(5):
        while True:
            if state in {row.state for row in await _outbox(one)}:
                return
            await asyncio.sleep(0.005)


async def _outbox(one: Season) -> Rows:
    return (await read_books(one.database)).outbox
