"""The post office: picks the way, records every delivery, repeats events as Slack does."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from simulator.delivery.http import SignedHttp
from simulator.delivery.letters import Answer, Letter, Transport
from simulator.delivery.sockets import Sockets
from simulator.model import Payload

KEPT = 2000


@dataclass(slots=True, kw_only=True)
class Post:
    """`retry_delays` are real seconds before each repetition of an event that was not acked;
    `recorded` is called after every delivery.
    """

    http: SignedHttp
    sockets: Sockets
    now: Callable[[], datetime]
    retry_delays: Sequence[float]
    recorded: Callable[[], None]
    record: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def ask(self, letter: Letter) -> Answer:
        """One delivery and its ack."""
        transport: Transport = self.http if self.http.url is not None else self.sockets
        at, started = self.now(), time.perf_counter()
        answer = await transport.send(letter)
        self.record.append(
            {
                "at": at.isoformat(),
                "kind": letter.kind,
                "name": letter.name,
                "status": answer.status,
                "took_ms": round((time.perf_counter() - started) * 1000, 1),
                "retry": letter.retry,
                "body": letter.payload,
            }
        )
        self.recorded()
        return answer

    def publish(self, name: str, payload: Payload) -> None:
        """An event, in the background, up to three times more when it is not acked."""
        letter = Letter(kind="events_api", name=name, payload=payload)
        task = asyncio.create_task(self._publish(letter))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settled(self) -> None:
        """Returns once no event is on its way, repetitions included."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.sockets.disconnect()
        await self.http.close()

    async def _publish(self, letter: Letter) -> None:
        answer = await self.ask(letter)
        for number, delay in enumerate(self.retry_delays, start=1):
            if answer.ok or answer.no_retry or answer.status == "no_app":
                return
            await asyncio.sleep(delay)
            reason = answer.error or "unknown_error"
            answer = await self.ask(replace(letter, retry=number, retry_reason=reason))
