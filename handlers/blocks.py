"""Block Kit within Slack's limits: texts are cut where people see it, wrong counts are refused.

Every mrkdwn text is verbatim: nothing in it becomes a link or a mention that we did not write.
Elements (buttons, inputs, pickers) are in `handlers.elements`, texts in `handlers.mrkdwn`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from handlers.elements import Element, plain
from handlers.mrkdwn import TEXT_LIMIT, cut_mrkdwn

Block: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
_TITLE = 24
_FIELDS, _FIELD_TEXT = 10, 2000
_CONTEXT, _ACTIONS = 10, 25


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is mrkdwn and carries every essential fact: it is what screen readers read.

    Without `blocks` the text is shown as one section. A reply is for the asker alone unless
    `public`; `replaces` puts it in the place of the message whose button was pressed.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    public: bool = False
    replaces: bool = False

    def arguments(self) -> dict[str, Any]:
        """`text` and `blocks` as Slack's methods, acks and response URLs take them."""
        blocks = self.blocks or tuple(section(part) for part in _parts(self.text))
        return {
            "text": cut_mrkdwn(self.text, TEXT_LIMIT),
            "blocks": fitting(blocks, MESSAGE_BLOCKS),
        }


def section(text: str, *, accessory: Element | None = None, block_id: str | None = None) -> Block:
    return _with({"type": "section", "text": mrkdwn(text)}, accessory=accessory, block_id=block_id)


def fields(*texts: str, accessory: Element | None = None) -> Block:
    """Two columns; 1 to 10 texts."""
    _count("fields", texts, _FIELDS)
    block = {"type": "section", "fields": [mrkdwn(text, _FIELD_TEXT) for text in texts]}
    return _with(block, accessory=accessory)


def context(*texts: str) -> Block:
    """Small grey text; 1 to 10 texts."""
    _count("context", texts, _CONTEXT)
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element, block_id: str | None = None) -> Block:
    """A row of buttons and pickers; 1 to 25."""
    _count("actions", elements, _ACTIONS)
    return _with({"type": "actions", "elements": list(elements)}, block_id=block_id)


def field(  # Block Kit's own fields
    block_id: str,
    label: str,
    element: Element,
    *,
    optional: bool = False,
    hint: str = "",
    dispatches: bool = False,
) -> Block:
    """An input of a modal. `block_id` is `topic.field`: answers and errors find it by the field.

    `dispatches` sends a press for each change, for the row with the element's action id.
    """
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if dispatches:
        block["dispatch_action"] = True
    return _with(block, hint=plain(hint, 2000) if hint else None)


def modal(  # Block Kit's own fields
    callback_id: str,
    title: str,
    blocks: Iterable[Block],
    *,
    submit: str | None = None,
    close: str = "Cancel",
    state: str = "",
    tells_closing: bool = False,
) -> View:
    """A modal; `state` is an encoded value of at most 3,000 characters (`private_metadata`).

    `tells_closing` makes Slack report when it is closed without a submit.
    """
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, _TITLE),
        "close": plain(close, _TITLE),
        "blocks": fitting(blocks, VIEW_BLOCKS),
        "private_metadata": state,
        "notify_on_close": tells_closing,
    }
    return _with(view, submit=plain(submit, _TITLE) if submit else None)


def loading(title: str, *, callback_id: str = "view.loading", state: str = "") -> View:
    """The light view that opens at once, before anything was read."""
    return modal(callback_id, title, [section("One moment …")], close="Close", state=state)


def told(title: str, message: Message) -> View:
    """A modal that only says something."""
    return modal("view.told", title, message.arguments()["blocks"], close="Close")


def home(blocks: Iterable[Block], *, state: str = "") -> View:
    return {
        "type": "home",
        "callback_id": "home.view",
        "blocks": fitting(blocks, VIEW_BLOCKS),
        "private_metadata": state,
    }


def mrkdwn(text: str, limit: int = TEXT_LIMIT) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": cut_mrkdwn(text, limit) or " ", "verbatim": True}


def fitting(blocks: Iterable[Block], limit: int) -> list[Block]:
    """The blocks, or as many as fit and a line that says how many are missing."""
    every = list(blocks)
    if len(every) <= limit:
        return every
    missing = len(every) - limit + 1
    return [*every[: limit - 1], context(f"{missing} more parts do not fit here.")]


def _parts(text: str) -> Sequence[str]:
    """A long text as sections: by lines, each within a section's limit."""
    parts = [""]
    for line in text.splitlines(keepends=True):
        if len(parts[-1]) + len(line) > TEXT_LIMIT and parts[-1]:
            parts.append("")
        parts[-1] += line
    return parts


def _count(what: str, items: Sequence[object], limit: int) -> None:
    if not 1 <= len(items) <= limit:
        raise ValueError(f"{what}: {len(items)} given, Slack takes 1 to {limit}.")


def _with(block: Block, **optional: Any) -> Block:
    return block | {key: value for key, value in optional.items() if value is not None}
