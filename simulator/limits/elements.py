"""Block elements that act or choose: buttons, menus and pickers, and where each may stand.

What people type into is in `entries`; the lists at the end say which block takes which element.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from simulator.limits.engine import FLAG, Chars, Check, Choice, Fields, Listing, Rule, Tagged, Whole
from simulator.limits.entries import ENTRIES
from simulator.limits.problems import Found, Problem, below, shown
from simulator.limits.texts import (
    ACCESSIBILITY_LABEL,
    CONFIRM,
    CONVERSATION_FILTER,
    ID,
    IMAGE,
    NAME,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    RICH_OPTION,
    URL,
    WORKFLOW,
    plain,
)

_STYLE = Choice(("primary", "danger"))
_USERS = Listing(NAME, 10)
_ACTS: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM}
_CHOOSES: dict[str, Check] = {**_ACTS, "focus_on_load": FLAG, "placeholder": PLACEHOLDER}
_SEVERAL: dict[str, Check] = {**_CHOOSES, "max_selected_items": Whole(1)}


def _offered(value: Mapping[str, Any]) -> list[object]:
    groups = value.get("option_groups", [])
    return [*value.get("options", []), *(item for group in groups for item in group["options"])]


def _initial_is_offered(value: Mapping[str, Any], at: str) -> Found:
    """Slack refuses a first choice that is not, to the letter, one of the options."""
    offered = _offered(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Problem(below(at, "initial_option"), "is not one of the options")
    for index, option in enumerate(value.get("initial_options", [])):
        if option not in offered:
            yield Problem(below(below(at, "initial_options"), index), "is not one of the options")


def _real_date(value: Mapping[str, Any], at: str) -> Found:
    given = value.get("initial_date")
    if given is None:
        return
    try:
        date.fromisoformat(given)
    except ValueError:
        yield Problem(below(at, "initial_date"), f"{shown(given)} is no day of the calendar")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(value: Mapping[str, Any], at: str) -> Found:
    zone = value.get("timezone")
    if zone is not None and zone not in _zones():
        yield Problem(below(at, "timezone"), f"{shown(zone)} is no IANA time zone")


def _menu(one: Mapping[str, Check], *rules: Rule) -> Fields:
    return Fields({}, {**_CHOOSES, **one}, rules=rules)


def _static(initial: Mapping[str, Check], shared: Mapping[str, Check]) -> Fields:
    lists = {"options": Listing(OPTION, 100), "option_groups": Listing(OPTION_GROUP, 100)}
    return Fields(
        {}, {**shared, **lists, **initial}, one_of=tuple(lists), rules=(_initial_is_offered,)
    )


_QUERY: dict[str, Check] = {"min_query_length": Whole(0)}
_RESPONDS: dict[str, Check] = {"response_url_enabled": FLAG}
_CONVERSATION: dict[str, Check] = {
    "default_to_current_conversation": FLAG,
    "filter": CONVERSATION_FILTER,
}
_FEEDBACK = Fields(
    {"text": plain(75), "value": Chars(2000)}, {"accessibility_label": ACCESSIBILITY_LABEL}
)

ACTING = {
    "button": Fields(
        {"text": plain(75)},
        {
            **_ACTS,
            "url": URL,
            "value": Chars(2000),
            "style": _STYLE,
            "accessibility_label": ACCESSIBILITY_LABEL,
            "agent_prompt": Chars(4000),
            "agent_prompt_display": Chars(),
            "visible_to_user_ids": _USERS,
        },
    ),
    "workflow_button": Fields(
        {"text": plain(75), "workflow": WORKFLOW, "action_id": ID},
        {"style": _STYLE, "accessibility_label": ACCESSIBILITY_LABEL},
    ),
    "overflow": Fields({"options": Listing(OVERFLOW_OPTION, 5)}, _ACTS),
    "feedback_buttons": Fields(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ID}
    ),
    "icon_button": Fields(
        {"icon": Choice(("trash",)), "text": plain(75)},
        {
            **_ACTS,
            "value": Chars(2000),
            "accessibility_label": ACCESSIBILITY_LABEL,
            "visible_to_user_ids": _USERS,
        },
    ),
}
MENUS = {
    "static_select": _static({"initial_option": OPTION}, _CHOOSES),
    "external_select": _menu({**_QUERY, "initial_option": OPTION}),
    "users_select": _menu({"initial_user": NAME}),
    "channels_select": _menu({**_RESPONDS, "initial_channel": NAME}),
    "conversations_select": _menu({**_RESPONDS, **_CONVERSATION, "initial_conversation": NAME}),
    "multi_static_select": _static({"initial_options": Listing(OPTION, 100)}, _SEVERAL),
    "multi_external_select": _menu({**_SEVERAL, **_QUERY, "initial_options": Listing(OPTION, 100)}),
    "multi_users_select": _menu({**_SEVERAL, "initial_users": Listing(NAME)}),
    "multi_channels_select": _menu({**_SEVERAL, "initial_channels": Listing(NAME)}),
    "multi_conversations_select": _menu(
        {**_SEVERAL, **_CONVERSATION, "initial_conversations": Listing(NAME)}
    ),
}
PICKERS = {
    "checkboxes": Fields(
        {"options": Listing(RICH_OPTION, 10)},
        {**_ACTS, "focus_on_load": FLAG, "initial_options": Listing(RICH_OPTION, 10)},
        rules=(_initial_is_offered,),
    ),
    "radio_buttons": Fields(
        {"options": Listing(RICH_OPTION, 10)},
        {**_ACTS, "focus_on_load": FLAG, "initial_option": RICH_OPTION},
        rules=(_initial_is_offered,),
    ),
    "datepicker": _menu(
        {"initial_date": Chars(10, pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", form="not YYYY-MM-DD")},
        _real_date,
    ),
    "timepicker": _menu(
        {
            "initial_time": Chars(5, pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]", form="not HH:mm"),
            "timezone": NAME,
        },
        _known_zone,
    ),
    "datetimepicker": Fields(
        {},
        {**_ACTS, "focus_on_load": FLAG, "initial_date_time": Whole(10**9, 10**10 - 1)},
    ),
}

_CHOOSING = {**MENUS, **PICKERS}
ELEMENTS = Tagged("element", {**ACTING, **_CHOOSING, **ENTRIES, "image": IMAGE})

_IN_SECTION_AND_ACTIONS = ("button", "workflow_button", "overflow", *MENUS)
_PICKED = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
ACCESSORY = ELEMENTS.only("image", *_IN_SECTION_AND_ACTIONS, *_PICKED)
IN_ACTIONS = ELEMENTS.only(*_IN_SECTION_AND_ACTIONS, *_PICKED, "datetimepicker")
IN_INPUT = ELEMENTS.only(*_CHOOSING, *ENTRIES)
IN_CONTEXT_ACTIONS = ELEMENTS.only("feedback_buttons", "icon_button")
BUTTON = ELEMENTS.only("button")
