"""Every block an app may send, as one table: its fields, its limits and the surfaces it is for.

Blocks that only Slack writes, or that no surface is documented for, are refused with the reason.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from simulator.limits.elements import ACCESSORY, BUTTON, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT
from simulator.limits.engine import FLAG, Chars, Check, Choice, Fields, Listing, Tagged
from simulator.limits.problems import Found, Problem, below, shown
from simulator.limits.rich_text import RICH_TEXT, RICH_TEXT_VALUE
from simulator.limits.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE, text_count
from simulator.limits.texts import (
    ID,
    IMAGE,
    IMAGE_ELEMENT,
    IMAGE_FIELDS,
    SECURE_URL,
    URL,
    plain,
    words,
)

Surface: TypeAlias = Literal["message", "modal", "home"]

MARKDOWN_MOST = 12_000
_CONTAINER_TITLE_MOST = 150
_ID: dict[str, Check] = {"block_id": ID}
_ICONS = (
    "archive book bookmark bot bug calendar call caret-left caret-right check clipboard code"
    " comment compass copy cube download edit email eye-closed eye-open file flag folder gear"
    " globe heart help image info key lightbulb link map mobile new-window pin plus refine refresh"
    " rocket save screen share sparkle star star-filled tag thumbs-down thumbs-up trash upload"
    " user warning"
)
_SLACK_ICON = Tagged("icon", {"icon": Fields({"name": Choice(tuple(_ICONS.split()))})})


def _collapsing(value: Mapping[str, Any], at: str) -> Found:
    collapsible = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not collapsible:
        yield Problem(below(at, "default_collapsed"), "needs is_collapsible")
    if value.get("has_header_divider") and collapsible:
        yield Problem(below(at, "has_header_divider"), "is not for a collapsible container")


def _short_title(value: Mapping[str, Any], at: str) -> Found:
    count = text_count(value.get("rich_text_title"))
    if count > _CONTAINER_TITLE_MOST:
        reason = f"{count} characters, at most {_CONTAINER_TITLE_MOST} allowed"
        yield Problem(below(at, "rich_text_title"), reason)


def _tasks_differ(value: Mapping[str, Any], at: str) -> Found:
    seen: set[str] = set()
    for index, task in enumerate(value["tasks"]):
        if task["task_id"] in seen:
            here = below(below(at, "tasks"), index)
            yield Problem(below(here, "task_id"), f"{shown(task['task_id'])} names two tasks")
        seen.add(task["task_id"])


_CARD = Fields(
    {},
    {
        **_ID,
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "slack_icon": _SLACK_ICON,
        "title": words(150),
        "subtitle": words(150),
        "body": words(200),
        "subtext": words(200),
        "actions": Listing(BUTTON, 3),
    },
    any_of=("hero_image", "title", "actions", "body"),
    not_with=(("icon", "slack_icon"),),
)
_SOURCE = Tagged("source", {"url": Fields({"url": URL, "text": Chars()})})
_TASK_STATES = ("pending", "in_progress", "complete", "error")
_TASK: dict[str, Check] = {
    "task_id": Chars(),
    "title": Chars(),
    "status": Choice(_TASK_STATES),
}
_TASK_MORE: dict[str, Check] = {
    **_ID,
    "details": RICH_TEXT_VALUE,
    "output": RICH_TEXT_VALUE,
    "sources": Listing(_SOURCE),
}
_TASK_IN_PLAN = Fields(_TASK, {**_TASK_MORE, "type": Choice(("task_card",))})

_SIMPLE = {
    "section": Fields(
        {},
        {
            **_ID,
            "text": words(),
            "fields": Listing(words(2000), 10),
            "accessory": ACCESSORY,
            "expand": FLAG,
        },
        any_of=("text", "fields"),
    ),
    "header": Fields({"text": plain(150)}, _ID),
    "divider": Fields({}, _ID),
    "context": Fields(
        {"elements": Listing(Tagged("element", {**words().kinds, "image": IMAGE}), 10)}, _ID
    ),
    "image": Fields(
        IMAGE.required,
        {**IMAGE_FIELDS, **_ID, "title": plain(2000)},
        one_of=("image_url", "slack_file"),
    ),
    "actions": Fields({"elements": Listing(IN_ACTIONS, 25)}, _ID),
    "input": Fields(
        {"label": plain(2000), "element": IN_INPUT},
        {**_ID, "hint": plain(2000), "optional": FLAG, "dispatch_action": FLAG},
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
    # "Under 200" and "under 50" in Slack's reference, hence one less than the round figures.
    "video": Fields(
        {
            "alt_text": Chars(2000),
            "title": plain(199),
            "thumbnail_url": SECURE_URL,
            "video_url": SECURE_URL,
        },
        {
            **_ID,
            "title_url": Chars(2000, pattern=r"https://\S+", form="not an https URL"),
            "description": plain(200),
            "author_name": Chars(49),
            "provider_name": Chars(50),
            "provider_icon_url": Chars(2000, pattern=r"https?://\S+", form="not a URL"),
        },
    ),
}
_REFUSED = {
    "file": "Slack shows remote files in this block by itself; an app cannot send it",
    "call": "needs the Calls API and its scope calls:write, which is not modelled here",
    "auth_provider": "is documented for no surface yet",
}
_CHILD = Tagged("block in a container", _SIMPLE, _REFUSED)
_CONTAINER = Fields(
    {"child_blocks": Listing(_CHILD, 10)},
    {
        **_ID,
        "title": plain(_CONTAINER_TITLE_MOST),
        "rich_text_title": RICH_TEXT_VALUE,
        "subtitle": words(150),
        "width": Choice(("narrow", "standard", "wide", "full")),
        "icon": IMAGE_ELEMENT,
        "is_collapsible": FLAG,
        "default_collapsed": FLAG,
        "has_header_divider": FLAG,
    },
    any_of=("title", "rich_text_title"),
    rules=(_collapsing, _short_title),
)

BLOCK = Tagged(
    "block",
    {
        **_SIMPLE,
        "markdown": Fields({"text": Chars(MARKDOWN_MOST)}, _ID),
        "data_table": DATA_TABLE,
        "data_visualization": DATA_VISUALIZATION,
        "container": _CONTAINER,
        "card": _CARD,
        "carousel": Fields({"elements": Listing(Tagged("card", {"card": _CARD}), 10)}, _ID),
        "alert": Fields(
            {"text": words(200)},
            {**_ID, "level": Choice(("default", "info", "warning", "error", "success"))},
        ),
        "context_actions": Fields({"elements": Listing(IN_CONTEXT_ACTIONS, 5)}, _ID),
        "task_card": Fields(_TASK, _TASK_MORE),
        "plan": Fields(
            {"title": Chars(), "tasks": Listing(_TASK_IN_PLAN, 50)},
            _ID,
            rules=(_tasks_differ,),
        ),
    },
    _REFUSED,
)

_EVERYWHERE = frozenset(
    {"section", "header", "divider", "context", "image", "actions", "rich_text", "video", "card"}
)
# One source alone allows input in messages and table on Home: the stricter ones win.
ALLOWED: Mapping[Surface, frozenset[str]] = {
    "message": _EVERYWHERE
    | {"markdown", "table", "data_table", "data_visualization", "container", "carousel"}
    | {"context_actions", "task_card", "plan"},
    "modal": _EVERYWHERE | {"input", "alert"},
    "home": _EVERYWHERE | {"input", "data_table", "data_visualization", "container", "carousel"},
}
