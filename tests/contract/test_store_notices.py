"""Every notice survives the outbox: written as JSON and read back, it is the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import ClientCard
from bot.domain.deliveries import Posted
from bot.domain.ids import ChannelId, Destination
from bot.domain.notices import DeliveryParked
from bot.domain.people import Role
from store import codec, notices

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


@pytest.mark.parametrize(
    "kind", [*notices.KINDS.values(), ClientCard], ids=lambda cls: cls.__name__
)
@given(data=st.data())
def test_what_is_written_is_read_back(kind, data):
    thing = data.draw(st.from_type(kind))
    written = json.loads(json.dumps(codec.encode(thing)))
    assert codec.decode(kind, written) == thing


def test_a_notice_is_known_by_its_kind():
    notice = DeliveryParked(destination=ChannelId("C1"), reason="gone", what="digest")
    kind, facts = notices.encode(notice)
    assert kind == "DeliveryParked"
    assert notices.decode(kind, facts) == notice


@pytest.mark.parametrize(
    ("kind", "facts"),
    [("Extinct", {}), ("DeliveryParked", {}), ("TicketTriage", {"ticket": 3, "names": {}})],
)
def test_a_notice_of_another_version_is_unknown(kind, facts):
    with pytest.raises(notices.UnknownNotice):
        notices.decode(kind, facts)


class Level(IntEnum):
    LOW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    day: date
    at: datetime
    wall: time
    span: timedelta
    level: Level
    roles: frozenset[Role]
    names: Mapping[Role, tuple[Posted, ...]]
    to: Destination | None
    share: float
    sure: bool
    added_later: int = 7
    made_later: Mapping[str, str] = field(default_factory=dict)


WHOLE = Everything(
    day=date(2026, 3, 2),
    at=datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC),
    wall=time(8, 30),
    span=timedelta(days=-1, microseconds=3),
    level=Level.LOW,
    roles=frozenset({Role.VIEWER, Role.ADMIN}),
    names={Role.ADMIN: (Posted(channel=ChannelId("C"), ts="1.2"),)},
    to=None,
    share=0.5,
    sure=True,
)


def test_every_type_has_a_form():
    written = json.loads(json.dumps(codec.encode(WHOLE)))
    assert codec.decode(Everything, written) == WHOLE
    assert written["roles"] == ["admin", "viewer"]


def test_facts_of_an_older_and_a_newer_version_are_read():
    written = codec.encode(WHOLE)
    del written["added_later"], written["made_later"]
    assert codec.decode(Everything, {**written, "gone_by_now": 1}) == WHOLE


def test_an_instant_in_another_zone_is_the_same_instant():
    elsewhere = WHOLE.at.astimezone(tz=None)
    written = codec.encoder(datetime)(elsewhere)
    assert written == "2026-03-02T09:00:00.000001+00:00"


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        codec.encoder(datetime)(datetime(2026, 3, 2))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize("hint", [int | str, set[int], tuple[int, str], Any, object, list[int]])
def test_a_type_without_a_form_is_refused(hint):
    with pytest.raises(TypeError):
        codec.encoder(hint)
