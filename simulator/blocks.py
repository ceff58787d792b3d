"""Block Kit as the workspace has to know it: ids it fills in, what elements hold, what is typed."""

import copy
import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

from simulator.model import Payload


class Shape(NamedTuple):
    """How an element's pick is written in state and actions, and where its first value stands."""

    key: str
    initial: str
    empty: Any = None


STATEFUL: dict[str, Shape] = {
    "plain_text_input": Shape("value", "initial_value"),
    "email_text_input": Shape("value", "initial_value"),
    "url_text_input": Shape("value", "initial_value"),
    "number_input": Shape("value", "initial_value"),
    "rich_text_input": Shape("rich_text_value", "initial_value"),
    "static_select": Shape("selected_option", "initial_option"),
    "external_select": Shape("selected_option", "initial_option"),
    "radio_buttons": Shape("selected_option", "initial_option"),
    "checkboxes": Shape("selected_options", "initial_options", ()),
    "multi_static_select": Shape("selected_options", "initial_options", ()),
    "multi_external_select": Shape("selected_options", "initial_options", ()),
    "users_select": Shape("selected_user", "initial_user"),
    "multi_users_select": Shape("selected_users", "initial_users", ()),
    "channels_select": Shape("selected_channel", "initial_channel"),
    "multi_channels_select": Shape("selected_channels", "initial_channels", ()),
    "conversations_select": Shape("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Shape("selected_conversations", "initial_conversations", ()),
    "datepicker": Shape("selected_date", "initial_date"),
    "timepicker": Shape("selected_time", "initial_time"),
    "datetimepicker": Shape("selected_date_time", "initial_date_time"),
    "file_input": Shape("files", "initial_files", ()),
}


class Placed(NamedTuple):
    block: Payload
    element: Payload


def with_ids(blocks: list[Payload]) -> list[Payload]:
    """A copy in which every block and interactive element has its id, as Slack fills them in."""
    filled = copy.deepcopy(blocks)
    for block in filled:
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
    for placed in elements(filled):
        if not placed.element.get("action_id"):
            placed.element["action_id"] = secrets.token_urlsafe(4)
    return filled


def elements(blocks: list[Payload]) -> Iterator[Placed]:
    """Every element that can be pressed, picked or typed in, with the block that carries it."""
    for block in blocks:
        if isinstance(block.get("element"), dict):
            yield Placed(block, block["element"])
        if isinstance(block.get("accessory"), dict):
            yield Placed(block, block["accessory"])
        if block.get("type") in {"actions", "context_actions"}:
            yield from (Placed(block, row) for row in block.get("elements") or ())
        if block.get("type") == "card":
            yield from (Placed(block, row) for row in block.get("actions") or ())
        for child in ("child_blocks", "blocks", "cards"):
            if isinstance(block.get(child), list):
                yield from elements(block[child])


def find(blocks: list[Payload], action_id: str, block_id: str | None = None) -> Placed | None:
    for placed in elements(blocks):
        if block_id not in {None, placed.block.get("block_id")}:
            continue
        if placed.element.get("action_id") == action_id:
            return placed
    return None


def initial_state(blocks: list[Payload], kept: Payload | None = None) -> Payload:
    """State by block id and action id: what was entered before where both ids (and the type)
    are still there, else what the blocks start with.
    """
    values: Payload = {}
    for block, element in elements(blocks):
        shape = STATEFUL.get(element.get("type", ""))
        if shape is None:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        before = (kept or {}).get(block_id, {}).get(action_id)
        if before is None or before.get("type") != element["type"]:
            first = element.get(shape.initial)
            empty = list(shape.empty) if shape.empty is not None else None
            before = {"type": element["type"], shape.key: empty if first is None else first}
        values.setdefault(block_id, {})[action_id] = before
    return values
