"""Optimistic versions: who loses the race reads again and decides again, once."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from bot.domain.errors import StaleVersion

P = ParamSpec("P")
T = TypeVar("T")


def rerun_when_stale(use_case: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Run a use case a second time when somebody wrote the same thing meanwhile.

    A use case is one transaction, so the first run left nothing behind. Losing twice is reported.
    """

    @wraps(use_case)
    async def attempt(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await use_case(*args, **kwargs)
        except StaleVersion:
            return await use_case(*args, **kwargs)

    return attempt
