"""A form somebody submitted, as Slack sends it back: where an error belongs, what was typed."""

from collections.abc import Mapping
from typing import Any

from handlers.blocks import Block, View, section
from handlers.inbound import field_of

_KEPT = (
    "type",
    "callback_id",
    "title",
    "submit",
    "close",
    "private_metadata",
    "notify_on_close",
)


def block_for(view: Mapping[str, Any], field: str | None) -> str | None:
    """The input about that field, else the first input; None when the form has none."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    about = (block_id for block_id in inputs if field is not None and field_of(block_id) == field)
    return next(about, inputs[0] if inputs else None)


def is_topmost(view: Mapping[str, Any]) -> bool:
    """Nothing more fits on top of it: Slack stacks three views."""
    previous, root = view.get("previous_view_id"), view.get("root_view_id")
    return previous is not None and previous != root


def refilled(view: Mapping[str, Any], error: str) -> View:
    """The same form with everything that was typed, and what was wrong with it on top."""
    answers = (view.get("state") or {}).get("values") or {}
    blocks = [_refilled(block, answers.get(block["block_id"], {})) for block in view["blocks"]]
    kept = {key: view[key] for key in _KEPT if view.get(key) is not None}
    return {**kept, "blocks": [section(f":warning: {error}"), *blocks]}


def _refilled(block: Block, answers: Mapping[str, Any]) -> Block:
    element = block.get("element")
    if element is None or element["action_id"] not in answers:
        return block
    answer = answers[element["action_id"]]
    initial = {
        f"initial_{key.removeprefix('selected_').removeprefix('rich_text_')}": given
        for key, given in answer.items()
        if key not in {"type", "files"} and given
    }
    return {**block, "element": {**element, **initial}}
