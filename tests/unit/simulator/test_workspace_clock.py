"""The clock moves in steps, and waits for those who listen."""

import asyncio
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

import pytest

from simulator.clock import Clock, next_working_day
from simulator.errors import DemoError
from simulator.server import serve
from tests.unit.simulator.harness import HASTY, MANIFEST, Demo

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Worker:
    """A listener with work due at known instants; notes when it was done."""

    def __init__(self, clock: Clock, name: str, due: list[datetime]) -> None:
        self.clock = clock
        self.name = name
        self.due = due
        self.done: list[datetime] = []

    async def run(self) -> None:
        step = -1
        while True:
            reading = await self.clock.poll(self.name, step, 5)
            step, now = reading["step"], datetime.fromisoformat(reading["now"])
            self.done += [row for row in self.due if row <= now]
            self.due = [row for row in self.due if row > now]
            await self.clock.ack(self.name, step, min(self.due, default=None))


async def advancing(clock: Clock, *workers: Worker, by: timedelta) -> dict:
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    await asyncio.sleep(0)
    try:
        return await asyncio.wait_for(clock.advance(by=by), 3)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_without_listeners_it_jumps() -> None:
    clock = Clock(MONDAY, patience=0.2)
    moved = await clock.advance(by=timedelta(days=30))
    assert moved["late"] == []
    assert clock.now() - MONDAY < timedelta(days=30, seconds=1)
    assert clock.now() >= MONDAY + timedelta(days=30)
    assert clock.running


async def test_it_stops_at_everything_that_is_due_on_the_way() -> None:
    clock = Clock(MONDAY, patience=1)
    due = [MONDAY + HOUR * number for number in (1, 2, 5)]
    one = Worker(clock, "one", due[:2])
    other = Worker(clock, "other", due[1:])
    moved = await advancing(clock, one, other, by=3 * HOUR)
    assert one.done == due[:2]
    assert other.done == due[1:2]
    assert moved["late"] == []
    assert moved["steps"] == 4  # at once, two instants, the end


async def test_work_that_is_due_at_the_end_is_done() -> None:
    clock = Clock(MONDAY, patience=1)
    worker = Worker(clock, "w", [])
    tasks = asyncio.create_task(worker.run())
    await asyncio.sleep(0)
    end = clock.now() + HOUR
    worker.due = [end]
    await clock.advance(to=end)
    tasks.cancel()
    assert worker.done == [end]


async def test_an_instant_that_is_past_counts_as_in_a_second() -> None:
    clock = Clock(MONDAY, patience=1)
    acks = []

    async def impatient() -> None:
        step = -1
        while True:
            reading = await clock.poll("w", step, 5)
            step = reading["step"]
            acks.append(reading["now"])
            await clock.ack("w", step, MONDAY)

    task = asyncio.create_task(impatient())
    await asyncio.sleep(0)
    await clock.advance(by=timedelta(seconds=3))
    task.cancel()
    assert len(acks) == 4 + 1  # the first reading, at once, and every second


async def test_who_stays_silent_is_named_and_not_waited_for_again() -> None:
    clock = Clock(MONDAY, patience=0.1)
    await clock.poll("silent", -1, 0)
    moved = await clock.advance(by=HOUR)
    assert moved["late"] == ["silent"]
    assert (await clock.advance(by=HOUR))["late"] == []
    await clock.poll("silent", -1, 0)
    assert (await clock.advance(by=HOUR))["late"] == ["silent"]


async def test_a_listener_learns_that_the_clock_runs_again_or_was_set() -> None:
    clock = Clock(MONDAY, patience=1)
    await clock.poll("w", -1, 0)
    advance = asyncio.create_task(clock.advance(by=HOUR))
    for _ in range(2):
        reading = await clock.poll("w", clock.step, 1)
        assert not reading["running"]
        await clock.ack("w", reading["step"], None)
    await advance
    again = await clock.poll("w", reading["step"], 60)
    assert (again["step"], again["running"]) == (reading["step"], True)
    await clock.move(MONDAY)
    moved = await clock.poll("w", reading["step"], 60)
    assert datetime.fromisoformat(moved["now"]) < MONDAY + HOUR


async def test_advances_wait_for_each_other() -> None:
    clock = Clock(MONDAY, patience=0.1)
    await asyncio.gather(clock.advance(by=HOUR), clock.advance(by=HOUR))
    assert clock.now() >= MONDAY + 2 * HOUR


async def test_it_moves_back_only_when_set() -> None:
    clock = Clock(MONDAY, patience=0.1)
    with pytest.raises(DemoError):
        await clock.advance(to=MONDAY - HOUR)
    await clock.move(MONDAY - HOUR)
    assert clock.now() < MONDAY


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02T05:00:00+00:00", "2026-03-02T07:00:00+00:00"),  # Monday before eight
        ("2026-03-02T07:00:00+00:00", "2026-03-03T07:00:00+00:00"),  # exactly then: the next one
        ("2026-03-06T12:00:00+00:00", "2026-03-09T07:00:00+00:00"),  # Friday to Monday
        ("2026-03-27T12:00:00+00:00", "2026-03-30T06:00:00+00:00"),  # over the change to summer
    ],
)
def test_the_next_working_day(now: str, expected: str) -> None:
    moment = next_working_day(datetime.fromisoformat(now), time_of_day(8), "Europe/Berlin")
    assert moment == datetime.fromisoformat(expected)


async def test_the_control_moves_it_and_messages_are_stamped_by_it(session) -> None:
    async with serve(manifest=MANIFEST, now=MONDAY, pace=HASTY) as ws:
        demo = Demo(ws, session)
        moved = await demo.post("clock", to_next="08:00")
        assert moved["now"].startswith("2026-03-03T07:00:00")
        sent = await demo.act("U0ANNA", "C0OPS", "good morning")
        stamp = datetime.fromtimestamp(float(sent["ts"]), UTC)
        assert stamp - datetime.fromisoformat(moved["now"]) < timedelta(seconds=2)
        assert (await demo.post("clock", advance_seconds=60))["steps"] == 1
        assert (await demo.post("clock", to="yesterday"))["error"] == "invalid_instant"
        assert (await demo.post("clock", to="2026-03-02T09:00:00Z"))["error"] == "in_the_past"


async def test_a_listener_polls_over_http(session) -> None:
    async with serve(manifest=MANIFEST, now=MONDAY, pace=HASTY) as ws:
        demo = Demo(ws, session)
        first = await demo.get("clock", listener="app", after="-1", wait="1")
        waiting = asyncio.create_task(
            demo.get("clock", listener="app", after=str(first["step"]), wait="5")
        )
        advance = asyncio.create_task(demo.post("clock", advance_seconds=60))
        reading = await waiting
        assert (reading["step"], reading["running"]) == (1, False)
        later = (MONDAY + timedelta(days=1)).isoformat()
        await demo.post("clock/ack", listener="app", step=1, next_due_at=later)
        reading = await demo.get("clock", listener="app", after="1", wait="5")
        await demo.post("clock/ack", listener="app", step=reading["step"], next_due_at=None)
        assert await advance == {
            "now": (await advance)["now"],
            "steps": 2,
            "late": [],
        }


async def test_a_held_clock_stands_still_and_still_advances() -> None:
    clock = Clock(MONDAY, patience=1)
    await clock.poll("w", -1, 0)
    await clock.hold(held=True)
    told = await clock.poll("w", clock.step, 60)
    assert not told["running"]
    stood = clock.now()
    worker = Worker(clock, "w", [stood + HOUR])
    await advancing(clock, worker, by=HOUR)
    assert worker.done == [stood + HOUR]
    assert clock.now() == stood + HOUR
    await clock.hold(held=False)
    assert clock.running
