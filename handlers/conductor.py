"""Leads one request: starts its work, waits a little for the reply, acks, lets the rest go on."""

import asyncio
import time

import structlog

from bot.telemetry import Metrics
from handlers import acks
from handlers.acks import Ack
from handlers.afterwards import Afterwards
from handlers.background import Background, Busy
from handlers.blocks import Message
from handlers.boundary import BUSY, Boundary
from handlers.turns import PATIENCE, Failed, Kind, Outcome, Patience, Pending, Rejected, Turn

log = structlog.get_logger(__name__)
_NAMES = ("later", "failed", "refused", "done")


class Conductor:
    def __init__(
        self,
        *,
        boundary: Boundary,
        afterwards: Afterwards,
        background: Background,
        metrics: Metrics,
        patience: Patience = PATIENCE,
    ) -> None:
        self._boundary = boundary
        self._afterwards = afterwards
        self._background = background
        self._seconds = {kind: metrics.ack_seconds.labels(kind) for kind in Kind}
        self._inbound = {
            (kind, name): metrics.inbound.labels(kind, name) for kind in Kind for name in _NAMES
        }
        self._patience = patience

    async def answer(self, turn: Turn) -> Ack:
        """The ack, within the patience of its kind. Never raises for what a row does."""
        started = time.perf_counter()
        loop = asyncio.get_running_loop()
        pending = Pending(loop.create_future())
        try:
            self._background.spawn(self._work(turn, pending))
        except Busy:
            log.warning("request.turned_away", kind=turn.kind, under_way=len(self._background))
            pending.offer(Failed(Message(BUSY), bug=turn.kind is Kind.EVENT))
        patience = self._patience[turn.kind].total_seconds()
        impatient = loop.call_later(patience, pending.offer, None)
        outcome = await pending.answer
        impatient.cancel()
        self._count(turn, outcome, time.perf_counter() - started)
        if outcome is None:
            return acks.without_reply(turn, pending)
        return acks.ack(turn, outcome, pending)

    async def _work(self, turn: Turn, pending: Pending) -> None:
        origin = turn.origin
        structlog.contextvars.bind_contextvars(
            request=origin.key, team=origin.team, actor=origin.user
        )
        outcome = await self._boundary.run(turn.kind, lambda: turn.work(pending))
        late = not pending.offer(outcome)
        await self._boundary.run(
            turn.kind, lambda: self._afterwards.finish(turn, outcome, pending, late=late)
        )

    def _count(self, turn: Turn, outcome: Outcome | None, seconds: float) -> None:
        self._seconds[turn.kind].observe(seconds)
        self._inbound[turn.kind, _name(outcome)].inc()


def _name(outcome: Outcome | None) -> str:
    match outcome:
        case None:
            return "later"
        case Failed(bug=True):
            return "failed"
        case Failed() | Rejected():
            return "refused"
        case _:
            return "done"
