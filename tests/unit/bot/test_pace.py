"""About one message a second for each destination; a short burst goes out at once."""

import asyncio

import pytest

from bot.courier import ChannelPace
from bot.domain.ids import ChannelId

HERE, THERE = ChannelId("C1"), ChannelId("C2")


async def test_a_burst_goes_at_once_and_the_next_one_waits():
    pace = ChannelPace(gap=60, burst=3)
    for _ in range(3):
        await asyncio.wait_for(pace(HERE), 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pace(HERE), 0.02)


async def test_another_destination_does_not_wait():
    pace = ChannelPace(gap=60, burst=1)
    await asyncio.wait_for(pace(HERE), 1)
    await asyncio.wait_for(pace(THERE), 1)


async def test_without_a_gap_nobody_waits():
    pace = ChannelPace(gap=0, burst=1)
    for _ in range(100):
        await asyncio.wait_for(pace(HERE), 1)
