"""Failures a test asked for: the next calls of a Web API method go wrong in a chosen way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from simulator.errors import ApiError, DemoError, HangUp

T = TypeVar("T")

MODES = frozenset(
    {"error", "http", "ratelimited", "reset_before", "reset_after", "slow"},
)


@dataclass(slots=True, kw_only=True)
class Fault:
    """`times` calls are left to spoil; None spoils all. `channel` narrows to one channel."""

    method: str
    mode: str
    times: int | None = 1
    error: str = "internal_error"
    status: int = 500
    retry_after: int = 1
    seconds: float = 5.0
    channel: str | None = None


@dataclass(slots=True)
class Faults:
    rows: list[Fault] = field(default_factory=list)

    def set(self, request: dict[str, Any]) -> None:
        """One more fault from a control call; an empty request clears all. Raises DemoError."""
        if not request:
            self.rows.clear()
            return
        if request.get("mode") not in MODES or "method" not in request:
            raise DemoError("invalid_fault", f"method, and mode one of {', '.join(sorted(MODES))}")
        try:
            self.rows.append(Fault(**request))
        except TypeError as error:
            raise DemoError("invalid_fault", str(error)) from None

    def take(self, method: str, channel: object = None) -> Fault | None:
        """The fault that this call meets, counted off."""
        for fault in self.rows:
            if fault.method not in {method, "*"} or fault.channel not in {None, channel}:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.rows.remove(fault)
            return fault
        return None


async def meeting(
    faults: Faults, method: str, run: Callable[[], Awaitable[T]], *, channel: object = None
) -> T:
    """What `run` gives, unless a fault is in its way. Raises ApiError or HangUp for the fault."""
    fault = faults.take(method, channel)
    if fault is None:
        return await run()
    refused = refusal(fault)
    if refused is not None:
        raise refused
    if fault.mode == "reset_before":
        raise HangUp
    if fault.mode == "slow":
        await asyncio.sleep(fault.seconds)
        return await run()
    await run()
    raise HangUp


def refusal(fault: Fault) -> ApiError | None:
    """The answer of a fault that answers at all, before the call happens."""
    if fault.mode == "error":
        return ApiError(fault.error)
    if fault.mode == "http":
        return ApiError(fault.error, status=fault.status)
    if fault.mode == "ratelimited":
        headers = {"Retry-After": str(fault.retry_after)}
        return ApiError("ratelimited", status=429, headers=headers)
    return None
