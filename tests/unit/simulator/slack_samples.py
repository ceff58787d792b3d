"""Good Slack payloads, small and whole, for the tests of the limits to bend."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: str = "x") -> Json:
    return {"text": plain(text), "value": value}


def options(count: int) -> list[Json]:
    return [option(str(index)) for index in range(count)]


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str = "a", **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def entry(element: Json | None = None, **more: Any) -> Json:
    element = element or {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain(), "element": element, **more}


def static_select(count: int = 1, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "a", "options": options(count), **more}


def image(**more: Any) -> Json:
    return {"type": "image", "alt_text": "x", "image_url": "https://example.com/i.png", **more}


def rich_text(text: str = "x") -> Json:
    part = {"type": "text", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [part]}]}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 1, columns: int = 1, text: str = "x") -> Json:
    return {"type": "table", "rows": [[cell(text)] * columns for _ in range(rows)]}


def data_table(rows: int = 2, columns: int = 1, **more: Any) -> Json:
    grid = table(rows, columns)["rows"]
    return {"type": "data_table", "caption": "x", "rows": grid, **more}


def chart(**spec: Any) -> Json:
    return {"type": "data_visualization", "title": "x", "chart": spec}


def pie(segments: int = 1, label: str = "x", value: float = 1) -> Json:
    return chart(type="pie", segments=[{"label": label, "value": value}] * segments)


def bars(series: int = 1, categories: int = 1, name: str = "s") -> Json:
    labels = [f"c{index}" for index in range(categories)]
    data = [{"label": label, "value": -1.5} for label in labels]
    named = [{"name": f"{name}{index}", "data": data} for index in range(series)]
    return chart(type="bar", series=named, axis_config={"categories": labels})


def container(*children: Json, **more: Any) -> Json:
    blocks = list(children) or [section()]
    return {"type": "container", "title": plain(), "child_blocks": blocks, **more}


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain(), **more}


def task(task_id: str = "t", **more: Any) -> Json:
    return {"task_id": task_id, "title": "x", "status": "pending", **more}


def feedback_buttons() -> Json:
    side = {"text": plain(), "value": "v"}
    return {"type": "feedback_buttons", "positive_button": side, "negative_button": side}


def message(*blocks: Json, **more: Any) -> Json:
    return {"text": "x", "blocks": list(blocks), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(),
        "submit": plain(),
        "blocks": list(blocks) or [section()],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def confirm(**more: Any) -> Json:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}


def full_message() -> Json:
    """Every block a message can carry."""
    return message(
        section(fields=[mrkdwn()], accessory=button(confirm=confirm(style="danger"), value="v")),
        {"type": "header", "text": plain()},
        {"type": "divider", "block_id": "line"},
        {"type": "context", "elements": [mrkdwn(), image()]},
        image(title=plain()),
        actions(button("a"), button("b", style="primary"), static_select(2) | {"action_id": "c"}),
        rich_text(),
        {"type": "markdown", "text": "# x"},
        table(2, 3),
        data_table(3, 2, page_size=5),
        pie(),
        bars(2, 3),
        container(section(block_id="inside"), actions(button())),
        card(actions=[button()]),
        {
            "type": "carousel",
            "elements": [card(), card(slack_icon={"type": "icon", "name": "bot"})],
        },
        {"type": "context_actions", "elements": [feedback_buttons()]},
        {"type": "task_card", **task(status="complete", details=rich_text())},
        {"type": "plan", "title": "x", "tasks": [task("1"), task("2")]},
        attachments=[{"color": "#36a64f", "fallback": "x", "blocks": [section()]}],
        metadata={"event_type": "digest_posted", "event_payload": {"id": 1, "tags": ["a"]}},
    )


def full_modal() -> Json:
    """Every element an input block can carry, and the blocks that are for modals."""
    choices = options(2)
    placeholder = {"placeholder": plain()}
    elements: list[Json] = [
        {"type": "plain_text_input", "initial_value": "xx", "min_length": 1, "max_length": 3},
        {"type": "email_text_input", **placeholder},
        {"type": "url_text_input", "focus_on_load": True},
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "-1", "max_value": "9"},
        {"type": "rich_text_input", "initial_value": rich_text(), "min_lines": 1, "max_lines": 9},
        {"type": "file_input", "filetypes": ["pdf"], "max_files": 3},
        {"type": "static_select", "options": choices, "initial_option": choices[1]},
        {"type": "multi_static_select", "option_groups": [{"label": plain(), "options": choices}]},
        {"type": "external_select", "min_query_length": 0, "initial_option": choices[0]},
        {"type": "multi_external_select", "initial_options": choices, "max_selected_items": 2},
        {"type": "users_select", "initial_user": "U1"},
        {"type": "multi_users_select", "initial_users": ["U1", "U2"]},
        {"type": "channels_select", "response_url_enabled": True},
        {"type": "multi_channels_select", "initial_channels": ["C1"]},
        {"type": "conversations_select", "filter": {"include": ["im", "private"]}},
        {"type": "multi_conversations_select", "default_to_current_conversation": True},
        {"type": "checkboxes", "options": choices, "initial_options": choices[:1]},
        {"type": "radio_buttons", "options": choices, "initial_option": choices[0]},
        {"type": "datepicker", "initial_date": "2026-02-28"},
        {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin"},
        {"type": "datetimepicker", "initial_date_time": 1_700_000_000},
    ]
    inputs = [entry(element, block_id=element["type"]) for element in elements]
    alert = {"type": "alert", "text": mrkdwn(), "level": "warning"}
    return modal(alert, *inputs, private_metadata="{}", callback_id="c", notify_on_close=True)
