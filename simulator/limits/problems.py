"""What is wrong and where: one frozen value, and the JSON pointers that say where.

Refuses nothing and never shows a whole value: what an app sent may be large or private.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Problem:
    """One reason Slack would refuse something, at a JSON pointer like `/blocks/3/text/text`."""

    pointer: str
    reason: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.reason}"


Found: TypeAlias = Iterator[Problem]

_NAMES: dict[type, str] = {
    bool: "a boolean",
    dict: "an object",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "a string",
    type(None): "null",
}
_SHOWN = 40


def below(pointer: str, key: str | int) -> str:
    """The pointer one step further down, its key escaped as RFC 6901 wants it."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def kind_of(value: object) -> str:
    """JSON's own name for what a value is; whatever JSON has no name for is named as such."""
    return _NAMES.get(type(value), "something JSON does not know")


def shown(text: str) -> str:
    """A string in quotes, cut so that a reason stays one line."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
