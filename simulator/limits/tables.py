"""Tables and charts: `table`, `data_table` and `data_visualization`.

Sources disagree on the two newer ones; these are the smaller figures: 101 rows, 10,000 characters,
6 segments or series.
"""

from collections.abc import Mapping
from typing import Any

from simulator.limits.engine import (
    FLAG,
    Chars,
    Choice,
    Fields,
    Listing,
    Null,
    Number,
    Tagged,
    Whole,
)
from simulator.limits.problems import Found, Problem, below, shown
from simulator.limits.rich_text import RICH_TEXT
from simulator.limits.texts import ID

CELL_TEXT_MOST = 10_000
_CELL = Tagged(
    "cell",
    {
        "raw_text": Fields({"text": Chars()}),
        "raw_number": Fields({"value": Number(), "text": Chars()}),
        "rich_text": RICH_TEXT,
    },
)
_ROW = Listing(_CELL, 20)
_COLUMN = Fields({}, {"align": Choice(("left", "center", "right")), "is_wrapped": FLAG})


def text_count(value: object) -> int:
    """Characters in every `text` of a value that has already passed its check."""
    if isinstance(value, list):
        return sum(text_count(item) for item in value)
    if not isinstance(value, dict):
        return 0
    return sum(
        len(item) if name == "text" and isinstance(item, str) else text_count(item)
        for name, item in value.items()
    )


def _cells_fit(value: Mapping[str, Any], at: str) -> Found:
    count = text_count(value["rows"])
    if count > CELL_TEXT_MOST:
        yield Problem(
            below(at, "rows"), f"{count} characters in all cells, at most {CELL_TEXT_MOST} allowed"
        )


def _columns_agree(value: Mapping[str, Any], at: str) -> Found:
    rows = value["rows"]
    width = len(rows[0])
    for index, row in enumerate(rows):
        if len(row) != width:
            yield Problem(
                below(below(at, "rows"), index), f"{len(row)} cells, the header has {width}"
            )
    for index, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield Problem(
                below(below(below(at, "rows"), 0), index), "a header cell cannot be rich text"
            )
    if value.get("row_header_column_index", 0) >= width:
        yield Problem(below(at, "row_header_column_index"), f"there are only {width} columns")


TABLE = Fields(
    {"rows": Listing(_ROW, 100)},
    {"block_id": ID, "column_settings": Listing(Null(_COLUMN), 20)},
    rules=(_cells_fit,),
)
DATA_TABLE = Fields(
    {"rows": Listing(_ROW, 101, 2), "caption": Chars()},
    {"block_id": ID, "page_size": Whole(1, 100), "row_header_column_index": Whole(0)},
    rules=(_cells_fit, _columns_agree),
)

_LABEL = Chars(20)
_AXIS = Fields(
    {"categories": Listing(_LABEL, 20, unique=True)}, {"x_label": Chars(50), "y_label": Chars(50)}
)
_POINT = Fields({"label": _LABEL, "value": Number()})
_SERIES = Fields({"name": _LABEL, "data": Listing(_POINT, 20)})


def _series_match(value: Mapping[str, Any], at: str) -> Found:
    """Every series has its own name and exactly one point for each category."""
    categories = sorted(value["axis_config"]["categories"])
    names: set[str] = set()
    for index, series in enumerate(value["series"]):
        here = below(below(at, "series"), index)
        if series["name"] in names:
            yield Problem(below(here, "name"), f"{shown(series['name'])} names two series")
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != categories:
            yield Problem(below(here, "data"), "needs exactly one point for each category")


_AXIS_CHART = Fields({"series": Listing(_SERIES, 6), "axis_config": _AXIS}, rules=(_series_match,))
_SEGMENT = Fields({"label": _LABEL, "value": Number(above=0)})
_CHART = Tagged(
    "chart",
    {
        "pie": Fields({"segments": Listing(_SEGMENT, 6)}),
        "bar": _AXIS_CHART,
        "line": _AXIS_CHART,
        "area": _AXIS_CHART,
    },
)
DATA_VISUALIZATION = Fields({"title": Chars(50), "chart": _CHART}, {"block_id": ID})
