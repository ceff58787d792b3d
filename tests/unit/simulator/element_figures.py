"""The limits of elements, options and confirm dialogs: each figure and what is built with it."""

from collections.abc import Callable
from typing import Any

from simulator.limits import check_options, check_view
from tests.unit.simulator.block_figures import Build, Figure, posted, url
from tests.unit.simulator.slack_samples import (
    actions,
    button,
    confirm,
    entry,
    modal,
    option,
    options,
    plain,
    static_select,
)


def workflow_button(n: int) -> dict[str, Any]:
    workflow = {"trigger": {"url": "https://slack.com/shortcuts/x"}}
    return {
        "type": "workflow_button",
        "text": plain("x" * n),
        "action_id": "a",
        "workflow": workflow,
    }


def icon_button(n: int) -> dict[str, Any]:
    users = [f"U{index}" for index in range(n)]
    return {
        "type": "icon_button",
        "icon": "trash",
        "text": plain(),
        "visible_to_user_ids": users,
    }


def group(n: int) -> dict[str, Any]:
    return {"label": plain(), "options": options(n)}


def asked(element: Callable[[int], dict[str, Any]]) -> Build:
    return lambda n: check_view(modal(entry(element(n))))


def typed(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "a", **more}


# As in block_figures.
ELEMENT_FIGURES: dict[str, Figure] = {
    "button text": (75, posted(lambda n: actions(button(text=plain("x" * n)))), "BUTTON_TEXT"),
    "button value": (2000, posted(lambda n: actions(button(value="x" * n))), "BUTTON_VALUE"),
    "button url": (3000, posted(lambda n: actions(button(url=url(n)))), "BUTTON_URL"),
    "button label": (
        75,
        posted(lambda n: actions(button(accessibility_label="x" * n))),
        "BUTTON_ACCESSIBILITY_LABEL",
    ),
    "agent prompt": (
        4000,
        posted(lambda n: actions(button(agent_prompt="x" * n))),
        "BUTTON_AGENT_PROMPT",
    ),
    "confirm title": (
        100,
        posted(lambda n: actions(button(confirm=confirm(title=plain("x" * n))))),
        "CONFIRMATION_TITLE",
    ),
    "confirm text": (
        300,
        posted(lambda n: actions(button(confirm=confirm(text=plain("x" * n))))),
        "CONFIRMATION_TEXT",
    ),
    "confirm button": (
        30,
        posted(lambda n: actions(button(confirm=confirm(confirm=plain("x" * n))))),
        "CONFIRMATION_CONFIRM",
    ),
    "workflow button": (75, posted(lambda n: actions(workflow_button(n))), "WORKFLOW_BUTTON_TEXT"),
    "icon button users": (
        10,
        posted(lambda n: {"type": "context_actions", "elements": [icon_button(n)]}),
        "ICON_BUTTON_VISIBLE_TO_USER_IDS",
    ),
    "select options": (100, asked(static_select), "SELECT_OPTIONS"),
    "option groups": (
        100,
        asked(lambda n: typed("static_select", option_groups=[group(1)] * n)),
        "SELECT_OPTION_GROUPS",
    ),
    "options in a group": (
        100,
        asked(lambda n: typed("static_select", option_groups=[group(n)])),
        "OPTION_GROUP_OPTIONS",
    ),
    "option text": (
        75,
        asked(lambda n: static_select(options=[option(text="x" * n)])),
        "OPTION_TEXT",
    ),
    "option value": (
        150,
        asked(lambda n: static_select(options=[option("x" * n)])),
        "OPTION_VALUE",
    ),
    "placeholder": (
        150,
        asked(lambda n: static_select(placeholder=plain("x" * n))),
        "SELECT_PLACEHOLDER",
    ),
    "overflow": (
        5,
        posted(lambda n: actions(typed("overflow", options=options(n)))),
        "OVERFLOW_OPTIONS",
    ),
    "checkboxes": (
        10,
        asked(lambda n: typed("checkboxes", options=options(n))),
        "CHECKBOXES_OPTIONS",
    ),
    "radio buttons": (
        10,
        asked(lambda n: typed("radio_buttons", options=options(n))),
        "RADIO_BUTTONS_OPTIONS",
    ),
    "max_length": (
        3000,
        asked(lambda n: typed("plain_text_input", max_length=n)),
        "PLAIN_TEXT_INPUT_MAX_LENGTH",
    ),
    "max_files": (10, asked(lambda n: typed("file_input", max_files=n)), "FILE_INPUT_MAX_FILES"),
    "lines": (
        100,
        asked(lambda n: typed("rich_text_input", max_lines=n)),
        "RICH_TEXT_INPUT_MAX_LINES",
    ),
    "answered options": (100, lambda n: check_options({"options": options(n)}), "SELECT_OPTIONS"),
}
