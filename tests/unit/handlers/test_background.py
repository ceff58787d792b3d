"""Work after the ack is bounded, held, and finished before the process ends."""

import asyncio

import pytest

from handlers.background import Background, Busy


async def test_it_takes_no_more_than_it_may() -> None:
    background, go_on = Background(limit=2), asyncio.Event()
    first, second = (background.spawn(go_on.wait()) for _ in range(2))
    with pytest.raises(Busy):
        background.spawn(go_on.wait())
    go_on.set()
    assert await background.drain(5) == 0
    assert first.result()
    assert second.result()
    assert len(background) == 0


async def test_draining_waits_for_what_the_work_itself_started() -> None:
    background, done = Background(), []

    async def inner() -> None:
        done.append("inner")

    async def outer() -> None:
        background.spawn(inner())

    background.spawn(outer())
    assert await background.drain(5) == 0
    assert done == ["inner"]


async def test_what_does_not_end_is_ended_and_counted() -> None:
    background = Background()
    task = background.spawn(asyncio.Event().wait())
    assert not await background.settled(0.01)
    assert not task.done()
    assert await background.drain(0.01) == 1
    assert task.cancelled()


async def test_a_failure_of_one_does_not_hurt_the_others() -> None:
    background, done = Background(), []

    async def fails() -> None:
        raise ZeroDivisionError

    async def works() -> None:
        done.append(1)

    failing = background.spawn(fails())
    background.spawn(works())
    assert await background.drain(5) == 0
    assert done == [1]
    with pytest.raises(ZeroDivisionError):
        failing.result()
