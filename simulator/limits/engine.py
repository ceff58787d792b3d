"""The interpreter of the limit tables: leaves, lists, objects, and objects told apart by type.

Values may be anything at all. A wrong type becomes a problem, never an exception; how deep a check
goes is set by the table and not by the value, so circular input ends as well.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

from simulator.limits.problems import Found, Problem, below, kind_of, shown


class Check(Protocol):
    """Anything that can say what is wrong with a value found at a pointer."""

    def problems(self, value: object, at: str) -> Found: ...


# A rule reads an object whose fields have all passed, so it may rely on their types.
Rule: TypeAlias = Callable[[Mapping[str, Any], str], Found]


@dataclass(frozen=True)
class Chars:
    """A string of `least` to `most` characters, counted as code points, perhaps of a form."""

    most: int | None = None
    least: int = 1
    pattern: str | None = None
    form: str = "not of the form Slack expects"

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, str):
            yield Problem(at, f"must be a string, not {kind_of(value)}")
        elif not value and self.least:
            yield Problem(at, "must not be empty")
        elif len(value) < self.least:
            yield Problem(at, f"{len(value)} characters, at least {self.least} wanted")
        elif self.most is not None and len(value) > self.most:
            yield Problem(at, f"{len(value)} characters, at most {self.most} allowed")
        elif self.pattern and value and not re.fullmatch(self.pattern, value):
            yield Problem(at, f"{shown(value)} is {self.form}")


@dataclass(frozen=True)
class Choice:
    """One of a few strings."""

    names: tuple[str, ...]

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, str):
            yield Problem(at, f"must be a string, not {kind_of(value)}")
        elif value not in self.names:
            yield Problem(at, f"{shown(value)} is none of {', '.join(self.names)}")


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, bool):
            yield Problem(at, f"must be true or false, not {kind_of(value)}")


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int | None = None

    def problems(self, value: object, at: str) -> Found:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, f"must be a whole number, not {kind_of(value)}")
        elif value < self.least or (self.most is not None and value > self.most):
            bounds = f"from {self.least}" + ("" if self.most is None else f" to {self.most}")
            yield Problem(at, f"must be {bounds}")


@dataclass(frozen=True)
class Number:
    """A finite number, perhaps greater than `above`."""

    above: float | None = None

    def problems(self, value: object, at: str) -> Found:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, f"must be a number, not {kind_of(value)}")
        elif isinstance(value, float) and not math.isfinite(value):
            yield Problem(at, "must be a finite number")
        elif self.above is not None and value <= self.above:
            yield Problem(at, f"must be greater than {self.above}")


@dataclass(frozen=True)
class Null:
    """Null, or what `of` allows: for the few places where Slack reads null as "leave as it is"."""

    of: Check

    def problems(self, value: object, at: str) -> Found:
        if value is not None:
            yield from self.of.problems(value, at)


@dataclass(frozen=True)
class Anything:
    """Whatever it is, Slack does not look at it."""

    def problems(self, _value: object, _at: str) -> Found:
        yield from ()


@dataclass(frozen=True)
class Listing:
    """A list of `least` to `most` items; what lies beyond `most` is not looked at."""

    of: Check
    most: int | None = None
    least: int = 1
    unique: bool = False

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, list):
            yield Problem(at, f"must be a list, not {kind_of(value)}")
            return
        yield from self._sized(value, at)
        yield from self._items(value, at)

    def _sized(self, value: list[Any], at: str) -> Found:
        if len(value) < self.least:
            yield Problem(at, f"{len(value)} items, at least {self.least} wanted")
        if self.most is not None and len(value) > self.most:
            yield Problem(at, f"{len(value)} items, at most {self.most} allowed")

    def _items(self, value: list[Any], at: str) -> Found:
        seen: set[str] = set()
        for index, item in enumerate(value[: self.most]):
            yield from self.of.problems(item, below(at, index))
            if self.unique and isinstance(item, str):
                if item in seen:
                    yield Problem(below(at, index), f"{shown(item)} is listed twice")
                seen.add(item)


@dataclass(frozen=True)
class Entries:
    """An object used as a dictionary: any names, at most `most` of them, all values alike."""

    of: Check
    most: int | None = None

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, dict):
            yield Problem(at, f"must be an object, not {kind_of(value)}")
            return
        if self.most is not None and len(value) > self.most:
            yield Problem(at, f"{len(value)} entries, at most {self.most} allowed")
        for name, item in value.items():
            if isinstance(name, str):
                yield from self.of.problems(item, below(at, name))
            else:
                yield Problem(at, f"every name must be a string, not {kind_of(name)}")


@dataclass(frozen=True)
class Fields:
    """An object with known fields and no others.

    `any_of` and `one_of` name fields of which at least or exactly one must be there; `not_with`
    names pairs that exclude each other. `rules` run only when everything before them has passed.
    """

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    any_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    not_with: tuple[tuple[str, str], ...] = ()
    rules: tuple[Rule, ...] = ()

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, dict):
            yield Problem(at, f"must be an object, not {kind_of(value)}")
            return
        found = [*self._presence(value, at), *self._values(value, at)]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _presence(self, value: dict[Any, Any], at: str) -> Found:
        for name in self.required:
            if name not in value:
                yield Problem(below(at, name), "is required")
        if self.any_of and not any(name in value for name in self.any_of):
            yield Problem(at, f"needs at least one of {', '.join(self.any_of)}")
        if self.one_of and sum(name in value for name in self.one_of) != 1:
            yield Problem(at, f"needs exactly one of {', '.join(self.one_of)}")
        for one, other in self.not_with:
            if one in value and other in value:
                yield Problem(below(at, one), f"cannot be combined with {other}")

    def _values(self, value: dict[Any, Any], at: str) -> Found:
        for name, item in value.items():
            if not isinstance(name, str):
                yield Problem(at, f"every field name must be a string, not {kind_of(name)}")
            elif (check := self.required.get(name) or self.optional.get(name)) is None:
                yield Problem(below(at, name), "is not a field Slack knows here")
            else:
                yield from check.problems(item, below(at, name))


@dataclass(frozen=True)
class Tagged:
    """An object whose `type` says which of several forms it has.

    `refused` gives the reason for types that exist and yet cannot be sent.
    """

    noun: str
    kinds: Mapping[str, Fields]
    refused: Mapping[str, str] = field(default_factory=dict)

    def problems(self, value: object, at: str) -> Found:
        if not isinstance(value, dict):
            yield Problem(at, f"must be an object, not {kind_of(value)}")
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            yield Problem(below(at, "type"), f"every {self.noun} needs a type, a string")
        elif kind in self.refused:
            yield Problem(at, self.refused[kind])
        elif kind not in self.kinds:
            yield Problem(below(at, "type"), f"{shown(kind)} is no {self.noun} Slack takes here")
        else:
            rest = {name: item for name, item in value.items() if name != "type"}
            yield from self.kinds[kind].problems(rest, at)

    def only(self, *names: str) -> "Tagged":
        """The same, narrowed to a few of its types."""
        return Tagged(self.noun, {name: self.kinds[name] for name in names}, self.refused)


def ascending(low: str, high: str) -> Rule:
    """A rule: where both fields are there, the first is not greater than the second."""

    def rule(value: Mapping[str, Any], at: str) -> Found:
        present = [(name, float(value[name])) for name in (low, high) if name in value]
        for (name, lower), (other, upper) in pairwise(present):
            if lower > upper:
                yield Problem(below(at, name), f"is greater than {other}")

    return rule


def together(one: str, other: str) -> Rule:
    """A rule: neither field comes without the other."""

    def rule(value: Mapping[str, Any], at: str) -> Found:
        if (one in value) != (other in value):
            missing = other if one in value else one
            yield Problem(
                below(at, missing), f"is required next to {one if one in value else other}"
            )

    return rule


FLAG = Flag()
ANYTHING = Anything()
