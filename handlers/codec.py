"""State that travels through Slack in button values and `private_metadata`: typed and versioned.

Ids only, never authority: who presses is checked again, whatever the value says.
"""

import json
from dataclasses import Field
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.domain.errors import UserError

BUTTON_LIMIT = 2000
METADATA_LIMIT = 3000
OPTION_LIMIT = 150

TOO_OLD = (
    "That message is from an older version of ClientOps and its buttons no longer work. "
    "Ask for a fresh one with the command that made it, for example `/clientops help`."
)


class State(Protocol):
    """Any dataclass. A class whose fields change meaning sets `VERSION: ClassVar[int]` higher."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


S = TypeVar("S", bound=State)


def encode(state: State, *, limit: int = BUTTON_LIMIT) -> str:
    """The state as text. ValueError when it is longer than Slack carries: store it instead."""
    cls = type(state)
    fields = _adapter(cls).dump_json(state).decode()
    text = f'["{cls.__name__}",{_version(cls)},{fields}]'
    if len(text) > limit:
        raise ValueError(f"{cls.__name__} takes {len(text)} characters, Slack carries {limit}.")
    return text


def decode(cls: type[S], text: str) -> S:
    """The state again. Raises UserError when it is damaged or from another version."""
    try:
        name, version, fields = json.loads(text)
        if (name, version) != (cls.__name__, _version(cls)):
            raise UserError(TOO_OLD)
        state: S = _adapter(cls).validate_json(json.dumps(fields), strict=True)
    except (ValueError, TypeError, RecursionError, ValidationError):
        raise UserError(TOO_OLD) from None
    return state


def _version(cls: type[State]) -> int:
    return int(getattr(cls, "VERSION", 1))


@cache
def _adapter(cls: type[S]) -> TypeAdapter[S]:
    return TypeAdapter(cls)
