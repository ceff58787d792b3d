"""Notices as a kind and JSON facts. A notice of a kind this version does not know is refused."""

from collections.abc import Mapping
from typing import Any, cast, get_args

from bot.domain.notices import Notice
from store import codec

KINDS: Mapping[str, type[Any]] = {cls.__name__: cls for cls in get_args(Notice)}


class UnknownNotice(Exception):
    """Written by another version of the app: it cannot be shown by this one."""


def encode(notice: Notice) -> tuple[str, dict[str, Any]]:
    return type(notice).__name__, codec.encode(notice)


def decode(kind: str, facts: Mapping[str, Any]) -> Notice:
    """The notice that was put. Raises UnknownNotice."""
    if kind not in KINDS:
        raise UnknownNotice(f"There is no notice called {kind}.")
    try:
        return cast("Notice", codec.decode(KINDS[kind], facts))
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownNotice(f"A {kind} of another version: {error!r}") from error
