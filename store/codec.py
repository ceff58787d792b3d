"""Frozen dataclasses as JSON facts and back, by their type hints. Refuses types it does not know.

Hints are read once for each type. Facts written before a field was added take its default; facts
of a field that is gone are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from store.types import cleaned

T = TypeVar("T")
Convert = Callable[[Any], Any]


def encode(value: Any) -> Any:
    """The facts of a dataclass: a dictionary of what JSON knows."""
    hint: Any = type(value)
    return encoder(hint)(value)


def decode(cls: type[T], facts: Any) -> T:
    """The object those facts were made of. Raises KeyError, TypeError or ValueError otherwise."""
    hint: Any = cls
    return cast("T", decoder(hint)(facts))


@cache
def encoder(hint: Any) -> Convert:
    """How values of that type are written."""
    return _converter(hint, encoder, _WRITERS, _dataclass_writer, lambda value: value.value)


@cache
def decoder(hint: Any) -> Convert:
    """How facts become values of that type."""
    return _converter(hint, decoder, _READERS, _dataclass_reader, None)


def _converter(
    hint: Any,
    of: Callable[[Any], Convert],
    scalars: Mapping[Any, Convert],
    of_dataclass: Callable[[Any], Convert],
    of_enum: Convert | None,
) -> Convert:
    if hint in scalars:
        return scalars[hint]
    if isinstance(hint, NewType):
        return of(hint.__supertype__)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return of_enum or hint
    if is_dataclass(hint):
        return of_dataclass(hint)
    return _compound(hint, of)


def _compound(hint: Any, of: Callable[[Any], Convert]) -> Convert:
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _optional(args, of)
    if origin is frozenset or (origin is tuple and args[1:] == (...,)):
        return _series(of(args[0]), origin, writing=of is encoder)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = map(of, args)
        return lambda items: {key(k): value(v) for k, v in items.items()}
    raise TypeError(f"{hint!r} has no form in JSON.")


def _optional(args: tuple[Any, ...], of: Callable[[Any], Convert]) -> Convert:
    """`X | None`, and unions of names for the same type, such as two kinds of id."""
    present = {_plain(arg): arg for arg in args if arg is not NoneType}
    if len(present) != 1:
        raise TypeError(f"Nothing in JSON tells {' from '.join(map(repr, args))}.")
    convert = of(*present.values())
    return lambda value: None if value is None else convert(value)


def _plain(hint: Any) -> Any:
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint


def _series(convert: Convert, origin: type, *, writing: bool) -> Convert:
    if writing and origin is frozenset:
        return lambda values: sorted(map(convert, values))
    made = list if writing else origin
    return lambda values: made(map(convert, values))


def _dataclass_writer(cls: Any) -> Convert:
    hints = get_type_hints(cls)
    written = [(field.name, encoder(hints[field.name])) for field in fields(cls)]
    return lambda value: {name: write(getattr(value, name)) for name, write in written}


def _dataclass_reader(cls: Any) -> Convert:
    hints = get_type_hints(cls)
    read = [(field.name, decoder(hints[field.name]), _required(field)) for field in fields(cls)]

    def revive(facts: Mapping[str, Any]) -> Any:
        present = {
            name: convert(facts[name]) for name, convert, needed in read if needed or name in facts
        }
        return cls(**present)

    return revive


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _write_instant(at: datetime) -> str:
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset: it is no instant.")
    return at.astimezone(UTC).isoformat()


def _same(value: Any) -> Any:
    return value


_MICROSECOND = timedelta(microseconds=1)

_WRITERS: Mapping[Any, Convert] = {
    str: cleaned,
    int: _same,
    bool: _same,
    float: _same,
    datetime: _write_instant,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: lambda span: span // _MICROSECOND,
}
_READERS: Mapping[Any, Convert] = {
    str: _same,
    int: _same,
    bool: _same,
    float: _same,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    timedelta: lambda micros: micros * _MICROSECOND,
}
