"""The workspace's clock: real time with an offset, which people may move, in steps if apps listen.

A listener is a name that polls. While the clock advances it stops at every instant a live
listener asked for and waits until each has acknowledged; nobody is waited for longer than
`patience`. Refuses to advance backwards.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from simulator.errors import DemoError

LIVE_SECONDS = 10.0
FRIDAY = 5


@dataclass(slots=True)
class Listener:
    """`seen` is on the monotonic clock; `told` is the turn of events it knows of; `lost` once it
    let a step pass unacknowledged.
    """

    seen: float
    told: int = -1
    polling: int = 0
    acked: int = -1
    next_due_at: datetime | None = None
    lost: bool = False

    def alive(self) -> bool:
        recent = self.polling > 0 or time.monotonic() - self.seen < LIVE_SECONDS
        return recent and not self.lost


class Clock:
    """Reads with `now()`; moved by `advance` and `move`, one mover at a time."""

    def __init__(self, start: datetime | None = None, *, patience: float) -> None:
        self._shift = timedelta() if start is None else start - _machine_now()
        self._frozen: datetime | None = None
        self._held = False
        self._moving = asyncio.Lock()
        self._changed = asyncio.Condition()
        self._patience = patience
        self._closed = False
        self._turn = 0  # counts what a listener has to know: steps, moves, running again
        self.step = 0
        self.listeners: dict[str, Listener] = {}

    def now(self) -> datetime:
        return self._frozen if self._frozen is not None else _machine_now() + self._shift

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    @property
    def running(self) -> bool:
        return self._frozen is None

    def reading(self) -> dict[str, Any]:
        return {"now": self.now().isoformat(), "running": self.running, "step": self.step}

    async def poll(self, listener: str, after: int, wait: float) -> dict[str, Any]:
        """A reading as soon as the step is newer than `after`, or after `wait` real seconds.

        Also when the clock was moved or runs again since this listener's last reading, with the
        step as it was: a borrowed clock would stand still otherwise.
        """
        row = self._listener(listener)
        row.polling += 1
        try:
            async with asyncio.timeout(wait), self._changed:
                await self._changed.wait_for(
                    lambda: self.step > after or row.told != self._turn or self._closed
                )
        except TimeoutError:
            pass  # nothing happened: the reading says so
        finally:
            row.polling -= 1
            row.seen = time.monotonic()
            row.told = self._turn
        return self.reading()

    async def ack(self, listener: str, step: int, next_due_at: datetime | None) -> None:
        row = self._listener(listener)
        row.acked = max(row.acked, step)
        row.next_due_at = next_due_at
        async with self._changed:
            self._changed.notify_all()

    async def close(self) -> None:
        """Ends all waiting, for shutdown."""
        self._closed = True
        async with self._changed:
            self._changed.notify_all()

    async def move(self, moment: datetime) -> dict[str, Any]:
        """Moves, forwards or back, without stepping or waiting for anybody."""
        async with self._moving:
            self._stand_at(moment)
            self.step += 1  # what is due by now is looked at, though nobody waits for it
            await self._tell()
        return {"now": self.now().isoformat(), "steps": 0, "late": []}

    async def hold(self, *, held: bool) -> dict[str, Any]:
        """Stops the clock between steps, or lets it run on."""
        async with self._moving:
            now, self._held = self.now(), held
            self._stand_at(now)
            await self._tell()
        return self.reading()

    def _stand_at(self, moment: datetime) -> None:
        self._shift = moment - _machine_now()
        self._frozen = moment if self._held else None

    async def advance(
        self, *, by: timedelta | None = None, to: datetime | None = None
    ) -> dict[str, Any]:
        """Steps up to the instant `to` or over the span `by`; returns when all is done."""
        async with self._moving:
            start = self.now()
            target = to if to is not None else start + (by or timedelta())
            if target < start:
                raise DemoError("in_the_past", f"it is {start.isoformat()} already")
            self._frozen = start
            try:
                return await self._walk(target)
            finally:
                self._stand_at(self._frozen or start)
                await self._tell()

    async def _walk(self, target: datetime) -> dict[str, Any]:
        steps, late = 0, set[str]()
        if any(row.alive() for row in self.listeners.values()):
            late |= await self._take_step(self.now())
            steps += 1
        while self.now() < target:
            late |= await self._take_step(self._next_stop(target))
            steps += 1
        return {"now": self.now().isoformat(), "steps": steps, "late": sorted(late)}

    def _next_stop(self, target: datetime) -> datetime:
        """The first instant a live listener wants; one that is not ahead counts as in a second."""
        now = self.now()
        wanted = [
            row.next_due_at if row.next_due_at > now else now + timedelta(seconds=1)
            for row in self.listeners.values()
            if row.next_due_at is not None and row.alive()
        ]
        return min([target, *wanted])

    async def _take_step(self, moment: datetime) -> set[str]:
        """Jumps, wakes everyone who listens and waits for them; the names that stayed silent."""
        awaited = {name: row for name, row in self.listeners.items() if row.alive()}
        self._frozen = moment
        self.step += 1
        step = self.step
        await self._tell()
        async with self._changed:
            try:
                async with asyncio.timeout(self._patience):
                    await self._changed.wait_for(
                        lambda: self._closed or all(row.acked >= step for row in awaited.values())
                    )
            except TimeoutError:
                pass  # the silent ones are named below
        late = {name for name, row in awaited.items() if row.acked < step}
        for name in late:
            awaited[name].lost = True
        return late

    async def _tell(self) -> None:
        """Whoever polls reads again."""
        self._turn += 1
        async with self._changed:
            self._changed.notify_all()

    def _listener(self, name: str) -> Listener:
        row = self.listeners.setdefault(name, Listener(seen=time.monotonic()))
        row.seen = time.monotonic()
        row.lost = False
        return row


def next_working_day(now: datetime, at: time_of_day, zone: str) -> datetime:
    """The next instant after `now` that is `at` on the zone's wall clock, Monday to Friday."""
    local = now.astimezone(ZoneInfo(zone))
    for ahead in range(8):
        day = (local + timedelta(days=ahead)).date()
        moment = datetime.combine(day, at, tzinfo=ZoneInfo(zone))
        if moment > now and day.isoweekday() <= FRIDAY:
            return moment.astimezone(UTC)
    raise AssertionError("a week has a working day")


def parse_instant(text: str) -> datetime:
    """ISO 8601 with an offset, to UTC. Raises DemoError."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise DemoError("invalid_instant", f"{text!r} is no ISO 8601 instant") from None
    if moment.tzinfo is None:
        raise DemoError("invalid_instant", f"{text!r} lacks an offset")
    return moment.astimezone(UTC)


def _machine_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
