"""Nothing an app can send makes a check raise, or run without end."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.limits import (
    check_ack,
    check_home,
    check_manifest,
    check_message,
    check_options,
    check_view,
)
from tests.unit.simulator.slack_samples import full_message, full_modal, home, section
from tests.unit.simulator.test_manifest_check import good_manifest

CHECKS: list[Callable[[Any], Any]] = [
    check_message,
    check_view,
    check_home,
    check_options,
    check_manifest,
    lambda answer: check_ack("view_submission", answer, answer),
    lambda answer: check_ack("command", answer),
]
GOOD = [full_message(), full_modal(), home(section()), good_manifest()]

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=3)
    | st.sampled_from(["section", "rich_text", "static_select", "plain_text", "\ud800"])
)
names = st.text(max_size=3) | st.sampled_from(["type", "text", "blocks", "elements", "options"])
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | leaves, inner, max_size=4),
    max_leaves=12,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict | list):
        return [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def replaced(good: Any, path: tuple[Any, ...], item: Any) -> Any:
    if not path:
        return item
    copy = deepcopy(good)
    spot = copy
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = item
    return copy


@given(anything)
@settings(max_examples=200, deadline=None)
def test_arbitrary_values_never_raise(value: Any):
    for check in CHECKS:
        check(value)


@pytest.mark.parametrize("good", GOOD)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_good_payload_with_anything_in_one_place_never_raises(good: Any, data: st.DataObject):
    path = data.draw(st.sampled_from(places(good)))
    value = replaced(good, path, data.draw(anything))
    for check in CHECKS:
        check(value)


def test_circular_bottomless_and_huge_values_end():
    loop: dict[str, Any] = {"type": "container", "text": "x", "event_type": "x"}
    loop |= {"blocks": [loop], "child_blocks": [loop], "event_payload": loop, "metadata": loop}
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    for check in CHECKS:
        assert check(loop)
        assert check({"text": "x", "blocks": deep, "metadata": {"entities": [{"x": deep}]}})
        # Python refuses to write a number of this size out, which is what a reason might try.
        assert check({"text": 10**5000, "type": 10**5000, "blocks": [10**5000]})
