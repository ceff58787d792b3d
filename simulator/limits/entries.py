"""Elements people type into or drop files on; all of them live in input blocks only.

Slack checks what is typed on the device alone: the app has to check again.
"""

import re
from collections.abc import Mapping
from typing import Any

from simulator.limits.engine import (
    FLAG,
    Chars,
    Check,
    Fields,
    Listing,
    Whole,
    ascending,
)
from simulator.limits.problems import Found, Problem, below
from simulator.limits.rich_text import RICH_TEXT_VALUE
from simulator.limits.texts import DISPATCH_CONFIG, ID, NAME, PLACEHOLDER, TEXT_MOST

_TYPED: dict[str, Check] = {
    "action_id": ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": FLAG,
    "dispatch_action_config": DISPATCH_CONFIG,
}
_FIRST: dict[str, Check] = {"initial_value": Chars(least=0)}
_NUMERAL = Chars(pattern=r"[+-]?[0-9]+(\.[0-9]+)?", form="not a number written as text")
_LINES = Whole(1, 100)


def _first_text_fits(value: Mapping[str, Any], at: str) -> Found:
    most = value.get("max_length", TEXT_MOST)
    if len(value.get("initial_value", "")) > most:
        yield Problem(below(at, "initial_value"), f"is longer than max_length, {most}")


def _whole_numbers(value: Mapping[str, Any], at: str) -> Found:
    if value["is_decimal_allowed"]:
        return
    for name in ("initial_value", "min_value", "max_value"):
        if re.search(r"\.", value.get(name, "")):
            yield Problem(below(at, name), "has decimals where is_decimal_allowed is false")


ENTRIES = {
    "plain_text_input": Fields(
        {},
        {
            **_TYPED,
            **_FIRST,
            "multiline": FLAG,
            "min_length": Whole(0, 3000),
            "max_length": Whole(1, 3000),
        },
        rules=(ascending("min_length", "max_length"), _first_text_fits),
    ),
    "email_text_input": Fields({}, {**_TYPED, **_FIRST}),
    "url_text_input": Fields({}, {**_TYPED, **_FIRST}),
    "number_input": Fields(
        {"is_decimal_allowed": FLAG},
        {**_TYPED, "initial_value": _NUMERAL, "min_value": _NUMERAL, "max_value": _NUMERAL},
        rules=(
            ascending("min_value", "max_value"),
            ascending("min_value", "initial_value"),
            ascending("initial_value", "max_value"),
            _whole_numbers,
        ),
    ),
    "rich_text_input": Fields(
        {},
        {**_TYPED, "initial_value": RICH_TEXT_VALUE, "min_lines": _LINES, "max_lines": _LINES},
        rules=(ascending("min_lines", "max_lines"),),
    ),
    "file_input": Fields(
        {}, {"action_id": ID, "filetypes": Listing(NAME), "max_files": Whole(1, 10)}
    ),
}
