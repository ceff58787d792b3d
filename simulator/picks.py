"""What a person typed or picked, in the form Slack gives it: actions, state, and the complaints
Slack's client has before anything is sent.
"""

import re
from collections.abc import Callable
from typing import Any

from simulator import blocks as kit
from simulator.errors import DemoError
from simulator.model import OpenView, Payload
from simulator.payloads import file_object
from simulator.workspace import Workspace

Offered = dict[str, list[Payload]]
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
REQUIRED = "Please complete this required field."


def action(
    ws: Workspace, placed: kit.Placed, value: Any, offered: Offered | None = None
) -> Payload:
    """One entry of `actions` in a block_actions payload."""
    block, element = placed
    kind = element["type"]
    made: Payload = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"{ws.now().timestamp():.6f}",
    }
    if kind == "overflow":
        return made | {"selected_option": _option(element, value, offered)}
    shape = kit.STATEFUL.get(kind)
    if shape is not None:
        return made | {shape.key: expand(ws, element, value, offered)}
    made |= {key: element[key] for key in ("text", "value", "url", "style") if key in element}
    return made if value is None else made | {"value": str(value)}


def expand(ws: Workspace, element: Payload, value: Any, offered: Offered | None = None) -> Any:
    """A plain value to what this element holds: an option for its value, a number as text …"""
    many = kit.STATEFUL[element["type"]].empty is not None
    if value is None or value == "":
        return [] if many else None
    if not many:
        return _single(element, value, offered)
    rows = value if isinstance(value, list) else [value]
    if element["type"] == "file_input":
        return [_file(ws, row) for row in rows]
    if kit.STATEFUL[element["type"]].key == "selected_options":
        return [_option(element, row, offered) for row in rows]
    return rows


def _single(element: Payload, value: Any, offered: Offered | None) -> Any:
    if kit.STATEFUL[element["type"]].key == "selected_option":
        return _option(element, value, offered)
    if element["type"] == "datetimepicker":
        return int(value)
    if element["type"] == "rich_text_input":
        return value if isinstance(value, dict) else _rich_text(str(value))
    return str(value)


def filled(ws: Workspace, shown: OpenView, given: Payload) -> Payload:
    """The view's state with `given` put in, by block id: Slack's own state, a plain value, or
    plain values by action id. Raises DemoError for blocks that are not there.
    """
    values: Payload = {block: dict(row) for block, row in shown.body["state"]["values"].items()}
    places: dict[str, list[kit.Placed]] = {}
    for placed in kit.elements(shown.body["blocks"]):
        if placed.element["type"] in kit.STATEFUL:
            places.setdefault(placed.block["block_id"], []).append(placed)
    for block_id, value in given.items():
        if block_id not in places:
            raise DemoError("block_not_found", f"the view has no input in a block {block_id!r}")
        for placed in places[block_id]:
            action_id, element = placed.element["action_id"], placed.element
            found, entered = _given(element, value)
            if not found:
                continue
            values[block_id][action_id] = _held(ws, element, entered, shown.suggested)
    return values


def _given(element: Payload, value: Any) -> tuple[bool, Any]:
    """What was given for one element of a block, and whether anything was."""
    if not isinstance(value, dict) or _is_entry(element, value):
        return True, value
    return element["action_id"] in value, value.get(element["action_id"])


def _is_entry(element: Payload, value: Payload) -> bool:
    """Whether a mapping is itself state, an option or rich text, not values by action id."""
    text = value.get("text")
    option = isinstance(text, dict) and text.get("type") in {"plain_text", "mrkdwn"}
    return option or value.get("type") in {element["type"], "rich_text"}


def _held(ws: Workspace, element: Payload, entered: Any, offered: Offered) -> Payload:
    shape = kit.STATEFUL[element["type"]]
    if isinstance(entered, dict) and entered.get("type") == element["type"]:
        return entered
    return {"type": element["type"], shape.key: expand(ws, element, entered, offered)}


def complaints(shown: OpenView) -> dict[str, str]:
    """What Slack's client says, by block id, instead of sending the form."""
    found = {}
    values = shown.body["state"]["values"]
    for block in shown.body["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        shape = kit.STATEFUL[element["type"]]
        held = values[block["block_id"]][element["action_id"]].get(shape.key)
        if held in (None, "", []):
            text = None if block.get("optional") else REQUIRED
        else:
            check = CHECKS.get(element["type"])
            text = check(element, held) if check else None
        if text is not None:
            found[block["block_id"]] = text
    return found


def _length(element: Payload, held: str) -> str | None:
    low, high = element.get("min_length", 0), element.get("max_length", 3000)
    if len(held) < low:
        return f"Must be at least {low} characters."
    return f"Must be less than {high + 1} characters." if len(held) > high else None


def _number(element: Payload, held: str) -> str | None:
    try:
        number = float(held) if element.get("is_decimal_allowed") else int(held)
    except ValueError:
        return "Must be a number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < float(low):
        return f"Must be at least {low}."
    return f"Must be at most {high}." if high is not None and number > float(high) else None


def _email(_element: Payload, held: str) -> str | None:
    return None if EMAIL.fullmatch(held) else "Must be a valid email address."


def _url(_element: Payload, held: str) -> str | None:
    return None if re.match(r"[a-z][a-z0-9+.-]*:", held) else "Must be a valid URL."


CHECKS: dict[str, Callable[[Payload, Any], str | None]] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}


def _option(element: Payload, value: Any, offered: Offered | None) -> Payload:
    """The whole option: given whole, among the element's own, among those offered last."""
    if isinstance(value, dict):
        return value
    rows = list(element.get("options") or [])
    for group in element.get("option_groups") or ():
        rows += group["options"]
    rows += (offered or {}).get(element["action_id"], [])
    for key in ("initial_option", "initial_options"):
        known = element.get(key) or []
        rows += known if isinstance(known, list) else [known]
    for row in rows:
        if row.get("value") == str(value) or row["text"]["text"] == str(value):
            return {key: row[key] for key in ("text", "value", "description") if key in row}
    if element["type"] in {"external_select", "multi_external_select"}:
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    raise DemoError("option_not_found", f"{value!r} is no option of {element['action_id']}")


def _file(ws: Workspace, value: Any) -> Payload:
    if isinstance(value, dict):
        return value
    file = ws.state.files.get(str(value))
    if file is None:
        raise DemoError("file_not_found", f"no file {value!r} was uploaded")
    return file_object(ws, file)


def _rich_text(text: str) -> Payload:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [line]}
