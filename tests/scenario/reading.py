"""Reads what stands in Slack: all the words of a message or view, its buttons, its instants."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

_DATE = re.compile(r"<!date\^(\d+)\^")


def texts(shown: Mapping[str, Any]) -> str:
    """Every word of a message or view, blocks and entered values included."""
    return "\n".join(_words(shown))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key not in {"metadata", "type"}:
                yield from _words(value)
    elif isinstance(node, list):
        for item in node:
            yield from _words(item)


def elements(shown: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Buttons and inputs, in order."""
    for block in shown.get("blocks") or []:
        yield from block.get("elements", []) if block["type"] == "actions" else []
        if "element" in block:
            yield block["element"]


def buttons(shown: Mapping[str, Any]) -> dict[str, str]:
    """What can be pressed: label by action id."""
    return {e["action_id"]: e["text"]["text"] for e in elements(shown) if e["type"] == "button"}


def labelled(view: Mapping[str, Any]) -> dict[str, str]:
    """Block ids of a form by field: `title` for `ticket.title#2`."""
    return {
        block["block_id"].partition("#")[0].rpartition(".")[2]: block["block_id"]
        for block in view["blocks"]
        if block["type"] == "input"
    }


def entered(view: Mapping[str, Any], field: str) -> Any:
    """What stands in a field of a form: text, or the value of the option."""
    [held] = view["state"]["values"][labelled(view)[field]].values()
    found = next((held[key] for key in held if key != "type"), None)
    return found["value"] if isinstance(found, dict) else found


def dues(card: Mapping[str, Any]) -> list[datetime]:
    """First answer and solution of a triage card."""
    line = next(part for part in card["text"].split("\n") if "First answer: " in part)
    return instants(line[line.index("First answer: ") :])


def instants(text: str) -> list[datetime]:
    """Every date in the text, in order."""
    return [datetime.fromtimestamp(int(second), UTC) for second in _DATE.findall(text)]


def posted_at(message: Mapping[str, Any]) -> datetime:
    """To the second: two messages of one instant differ behind the point."""
    return datetime.fromtimestamp(int(message["ts"].partition(".")[0]), UTC)


def delivery(message: Mapping[str, Any]) -> int:
    """The id of the promise that this message keeps."""
    metadata = message["metadata"]
    assert metadata["event_type"] == "clientops_delivery"
    found: int = metadata["event_payload"]["delivery"]
    return found
