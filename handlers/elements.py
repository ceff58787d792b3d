"""Block Kit's interactive elements within Slack's limits, as the dictionaries Slack takes.

An `action_id` is `topic.verb` and names the row that is run; an input that nobody listens to keeps
the default.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from bot.domain.ids import ChannelId, UserId
from handlers.mrkdwn import cut

Element: TypeAlias = dict[str, Any]
Option: TypeAlias = dict[str, Any]

SILENT = "value"
OPTIONS = 100
_CHOICES = 10
_BUTTON_VALUE, _OPTION_VALUE = 2000, 150


def plain(text: str, limit: int) -> dict[str, Any]:
    """A `plain_text` object: nothing in it is markup, whoever wrote it."""
    return {"type": "plain_text", "text": cut(text, limit) or " ", "emoji": False}


def button(  # Block Kit's own fields
    text: str,
    action_id: str,
    value: str = "",
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: Element | None = None,
    url: str | None = None,
    label: str | None = None,
) -> Element:
    """`value` is an encoded state; `label` is what a screen reader says instead of `text`."""
    _limit("button value", value, _BUTTON_VALUE)
    element = {"type": "button", "text": plain(text, 75), "action_id": action_id}
    return _with(
        element,
        value=value or None,
        style=style,
        confirm=confirm,
        url=url,
        accessibility_label=cut(label, 75) if label else None,
    )


def confirm(title: str, text: str, *, yes: str, no: str = "Cancel") -> Element:
    """Asks before a button acts."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(text: str, value: str, description: str = "") -> Option:
    _limit("option value", value, _OPTION_VALUE)
    given = plain(description, 75) if description else None
    return _with({"text": plain(text, 75), "value": value}, description=given)


def text_input(
    *,
    action_id: str = SILENT,
    initial: str = "",
    multiline: bool = False,
    placeholder: str = "",
    longest: int | None = None,
) -> Element:
    """A text field. `longest` (3,000 at most) is held by Slack itself."""
    element = {"type": "plain_text_input", "action_id": action_id, "multiline": multiline}
    return _with(
        element,
        initial_value=cut(initial, min(longest or 3000, 3000)) or None,
        placeholder=_placeholder(placeholder),
        max_length=longest,
    )


def select(
    options: Sequence[Option],
    *,
    action_id: str = SILENT,
    initial: str | None = None,
    placeholder: str = "",
) -> Element:
    """A menu of 1 to 100 options; `initial` is an option's value."""
    _count("options", options, OPTIONS)
    element = {"type": "static_select", "action_id": action_id, "options": list(options)}
    return _with(
        element, initial_option=_by_value(options, initial), placeholder=_placeholder(placeholder)
    )


def external_select(
    action_id: str, *, initial: Option | None = None, placeholder: str = "", from_letters: int = 0
) -> Element:
    """A menu whose options the row of that action id finds while the person types."""
    element = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": from_letters,
    }
    return _with(element, initial_option=initial, placeholder=_placeholder(placeholder))


def user_select(
    *, action_id: str = SILENT, initial: UserId | None = None, placeholder: str = ""
) -> Element:
    return _with(
        {"type": "users_select", "action_id": action_id},
        initial_user=initial,
        placeholder=_placeholder(placeholder),
    )


def users_select(
    *, action_id: str = SILENT, initial: Iterable[UserId] = (), placeholder: str = ""
) -> Element:
    return _with(
        {"type": "multi_users_select", "action_id": action_id},
        initial_users=list(initial) or None,
        placeholder=_placeholder(placeholder),
    )


def channel_select(
    *, action_id: str = SILENT, initial: ChannelId | None = None, placeholder: str = ""
) -> Element:
    """Public and private channels, no direct messages."""
    return _with(
        {
            "type": "conversations_select",
            "action_id": action_id,
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        },
        initial_conversation=initial,
        placeholder=_placeholder(placeholder),
    )


def radio(
    options: Sequence[Option], *, action_id: str = SILENT, initial: str | None = None
) -> Element:
    """1 to 10 options; `initial` is an option's value."""
    _count("radio options", options, _CHOICES)
    element = {"type": "radio_buttons", "action_id": action_id, "options": list(options)}
    return _with(element, initial_option=_by_value(options, initial))


def checkboxes(
    options: Sequence[Option], *, action_id: str = SILENT, initial: Iterable[str] = ()
) -> Element:
    """1 to 10 options; `initial` are values of options."""
    _count("checkboxes", options, _CHOICES)
    chosen = set(initial)
    ticked = [item for item in options if item["value"] in chosen]
    element = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    return _with(element, initial_options=ticked or None)


def overflow(options: Sequence[Option], *, action_id: str) -> Element:
    """The ⋯ menu; 1 to 5 options."""
    _count("overflow", options, 5)
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def _by_value(options: Sequence[Option], value: str | None) -> Option | None:
    if value is None:
        return None
    return next((item for item in options if item["value"] == value), None)


def _placeholder(text: str) -> dict[str, Any] | None:
    return plain(text, 150) if text else None


def _limit(what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise ValueError(f"{what}: {len(text)} characters, Slack takes {limit}.")


def _count(what: str, items: Sequence[object], limit: int) -> None:
    if not 1 <= len(items) <= limit:
        raise ValueError(f"{what}: {len(items)} given, Slack takes 1 to {limit}.")


def _with(element: Element, **optional: Any) -> Element:
    present: Mapping[str, Any] = {key: item for key, item in optional.items() if item is not None}
    return {**element, **present}
