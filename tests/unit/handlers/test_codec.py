"""State in buttons and views: typed, versioned, and honest when it cannot be read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UserError
from bot.domain.ids import TicketId, UserId
from handlers.codec import BUTTON_LIMIT, METADATA_LIMIT, decode, encode


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    ticket: TicketId
    by: UserId | None = None
    colour: Colour = Colour.RED
    at: datetime | None = None
    on: date | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    VERSION: ClassVar[int] = 2
    ticket: TicketId


CARDS = st.builds(
    Card,
    ticket=st.integers().map(TicketId),
    by=st.none() | st.text(max_size=20).map(UserId),
    colour=st.sampled_from(Colour),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    on=st.none() | st.dates(),
    tags=st.lists(st.text(max_size=10), max_size=5).map(tuple),
)


@given(CARDS)
def test_what_goes_out_comes_back(card: Card) -> None:
    assert decode(Card, encode(card)) == card


def test_it_is_short() -> None:
    assert encode(Renewed(ticket=TicketId(12))) == '["Renewed",2,{"ticket":12}]'


def test_another_version_is_named_as_too_old() -> None:
    with pytest.raises(UserError, match="older version"):
        decode(Renewed, '["Renewed",1,{"ticket":12}]')


@given(st.text())
def test_any_damage_is_a_clear_message(text: str) -> None:
    with pytest.raises(UserError, match="older version"):
        decode(Card, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '["Card"]',
        '["Card",1,{}]',
        '["Card",1,{"ticket":"12"}]',
        '["Card",1,{"ticket":12,"colour":"green"}]',
        '["Renewed",2,{"ticket":12}]',
        "[" * 100_000,
    ],
)
def test_wrong_shapes_are_a_clear_message(text: str) -> None:
    with pytest.raises(UserError, match="older version"):
        decode(Card, text)


def test_what_slack_cannot_carry_is_refused_when_it_is_made() -> None:
    long = Card(ticket=TicketId(1), tags=("x" * BUTTON_LIMIT,))
    with pytest.raises(ValueError, match="Slack carries 2000"):
        encode(long)
    assert len(encode(long, limit=METADATA_LIMIT)) > BUTTON_LIMIT
