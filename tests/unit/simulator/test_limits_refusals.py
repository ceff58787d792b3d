"""What Slack refuses, and where the problem points; what nothing may do: raise."""

from typing import Any

import pytest

from simulator.limits import (
    Problem,
    check_ack,
    check_home,
    check_message,
    check_options,
    check_view,
)
from tests.unit.simulator.slack_samples import (
    actions,
    bars,
    button,
    card,
    cell,
    chart,
    confirm,
    container,
    data_table,
    entry,
    full_modal,
    home,
    image,
    message,
    modal,
    mrkdwn,
    options,
    pie,
    plain,
    rich_text,
    section,
    static_select,
    table,
    task,
)

TYPED = {"type": "plain_text_input", "action_id": "a"}
BAD_MESSAGES: list[tuple[str, Any]] = [
    ("", []),
    ("", {}),
    ("", {"text": ""}),
    ("/text", {"text": 5}),
    ("/markdown_text", {"markdown_text": "x", "text": "x"}),
    ("/blocks", {"text": "x", "blocks": '[{"type": "divider"}]'}),
    ("/blocks/0", {"blocks": [None]}),
    ("/blocks/0/type", message({})),
    ("/blocks/0/type", message({"type": "sektion"})),
    ("/blocks/0/colour", message(section(colour="red"))),
    ("/blocks/0", message({"type": "section"})),
    ("/blocks/0/text/text", message(section(""))),
    ("/blocks/0/text/emoji", message(section() | {"text": mrkdwn() | {"emoji": True}})),
    ("/blocks/0/fields", message(section(fields=[]))),
    ("/blocks/0/text/type", message({"type": "header", "text": mrkdwn()})),
    ("/blocks/0/accessory/type", message(section(accessory=TYPED))),
    ("/blocks/0", message(entry())),
    ("/blocks/0", message({"type": "alert", "text": plain()})),
    ("/blocks/0", message({"type": "file", "external_id": "x", "source": "remote"})),
    ("/blocks/0", message(image(slack_file={"id": "F1"}))),
    ("/blocks/0/slack_file", message({"type": "image", "alt_text": "x", "slack_file": {}})),
    ("/blocks/0/elements/0/style", message(actions(button(style="loud")))),
    ("/blocks/0/elements/0/url", message(actions(button(url="example")))),
    (
        "/blocks/0/elements/0/confirm/deny",
        message(
            actions(
                button(confirm={name: item for name, item in confirm().items() if name != "deny"})
            )
        ),
    ),
    ("/blocks/0/elements/1/action_id", message(actions(button(), button()))),
    ("/blocks/1/block_id", message(section(block_id="a"), section(block_id="a"))),
    ("/blocks/0/child_blocks/0/block_id", message(container(section(block_id="a"), block_id="a"))),
    ("/blocks/0/child_blocks/0/type", message(container(container()))),
    ("/blocks/0/default_collapsed", message(container(default_collapsed=True))),
    (
        "/blocks/0/has_header_divider",
        message(container(is_collapsible=True, has_header_divider=True)),
    ),
    ("/blocks/1", message(table(), table())),
    ("/blocks/2", message(pie(), pie(), pie())),
    (
        "/blocks/1",
        message(data_table(2, 1), data_table() | {"rows": [[cell()], [cell("x" * 9998)]]}),
    ),
    ("/blocks/1", message(*[{"type": "markdown", "text": "x" * 6001}] * 2)),
    ("/blocks/4", message(*[section("x" * 2500)] * 5)),
    ("/blocks/0/rows/1", message(data_table() | {"rows": [[cell()] * 2, [cell()]]})),
    ("/blocks/0/rows/0/0", message(data_table() | {"rows": [[rich_text()], [cell()]]})),
    ("/blocks/0/row_header_column_index", message(data_table(row_header_column_index=1))),
    ("/blocks/0/caption", message({"type": "data_table", "rows": [[cell()], [cell()]]})),
    ("/blocks/0/chart/segments/0/value", message(pie(value=0))),
    ("/blocks/0/chart/segments/0/value", message(pie(value=float("nan")))),
    ("/blocks/0/chart/type", message(chart(type="radar"))),
    (
        "/blocks/0/chart/series/1/name",
        message(
            chart(
                type="line",
                series=[bars()["chart"]["series"][0]] * 2,
                axis_config={"categories": ["c0"]},
            )
        ),
    ),
    (
        "/blocks/0/chart/series/0/data",
        message(
            chart(
                type="area", series=bars()["chart"]["series"], axis_config={"categories": ["other"]}
            )
        ),
    ),
    ("/blocks/0/icon", message(card(icon=image(), slack_icon={"type": "icon", "name": "bot"}))),
    ("/blocks/0", message({"type": "card", "subtitle": plain()})),
    ("/blocks/0/status", message({"type": "task_card", **task()})),
    ("/blocks/0/tasks/1/task_id", message({"type": "plan", "title": "x", "tasks": [task()] * 2})),
    ("/attachments/0", {"attachments": [{"color": "#000000"}]}),
    ("/attachments/0/blocks/0", {"attachments": [{"blocks": [entry()]}]}),
    (
        "/attachments/0/blocks/0/block_id",
        message(section(block_id="a"), attachments=[{"blocks": [section(block_id="a")]}]),
    ),
    (
        "/metadata/event_payload",
        message(section(), metadata={"event_type": "a", "event_payload": []}),
    ),
    ("/metadata/event_payload", message(section(), metadata={"event_type": "a"})),
    (
        "/metadata",
        message(section(), metadata={"event_type": "a", "event_payload": {"a": "x" * 8000}}),
    ),
]
BAD_VIEWS: list[tuple[str, Any]] = [
    ("", None),
    ("/type", modal() | {"type": "home"}),
    ("/title", {name: item for name, item in modal().items() if name != "title"}),
    ("/blocks", modal() | {"blocks": []}),
    ("/submit", {name: item for name, item in modal(entry()).items() if name != "submit"}),
    ("/hash", modal(hash="1.2")),
    ("/blocks/0", modal({"type": "markdown", "text": "x"})),
    ("/blocks/0", modal(table())),
    ("/blocks/0/element/type", modal(entry(button()))),
    ("/blocks/0/element", modal(entry({"type": "static_select", "action_id": "a"}))),
    ("/blocks/0/element/initial_option", modal(entry(static_select(initial_option=options(2)[1])))),
    ("/blocks/0/element/min_length", modal(entry(TYPED | {"min_length": 3, "max_length": 2}))),
    (
        "/blocks/0/element/initial_value",
        modal(entry(TYPED | {"initial_value": "xx", "max_length": 1})),
    ),
    (
        "/blocks/0/element/initial_date",
        modal(entry({"type": "datepicker", "initial_date": "2026-02-30"})),
    ),
    (
        "/blocks/0/element/initial_time",
        modal(entry({"type": "timepicker", "initial_time": "24:00"})),
    ),
    ("/blocks/0/element/timezone", modal(entry({"type": "timepicker", "timezone": "Mars/Base"}))),
    (
        "/blocks/0/element/initial_date_time",
        modal(entry({"type": "datetimepicker", "initial_date_time": 10**12})),
    ),
    ("/blocks/0/element/is_decimal_allowed", modal(entry({"type": "number_input"}))),
    (
        "/blocks/0/element/min_value",
        modal(entry({"type": "number_input", "is_decimal_allowed": False, "min_value": "0.5"})),
    ),
    ("/blocks/0/element/filter", modal(entry({"type": "conversations_select", "filter": {}}))),
    (
        "/blocks/0/accessory/response_url_enabled",
        modal(section(accessory={"type": "channels_select", "response_url_enabled": True})),
    ),
    ("/blocks/1/element/focus_on_load", modal(*[entry(TYPED | {"focus_on_load": True})] * 2)),
]
BAD_HOMES: list[tuple[str, Any]] = [
    ("/title", home(title=plain())),
    ("/submit", home(submit=plain())),
    ("/blocks/0", home(table())),
    ("/blocks/0/element", home(entry({"type": "file_input"}))),
    ("/private_metadata", home(private_metadata={})),
]
BAD_OPTIONS: list[tuple[str, Any]] = [
    ("", None),
    ("", {}),
    ("", {"options": [], "option_groups": []}),
    ("/options/0/value", {"options": [{"text": plain()}]}),
    ("/option_groups/0/options", {"option_groups": [{"label": plain(), "options": []}]}),
]
BAD_ACKS: list[tuple[str, Any, str]] = [
    ("view_submission", {"response_action": "close"}, "/response_action"),
    ("view_submission", {"response_action": "update"}, "/view"),
    (
        "view_submission",
        {"response_action": "update", "view": {**modal(), "title": mrkdwn()}},
        "/view/title/type",
    ),
    ("view_submission", {"response_action": "errors", "errors": {}}, "/errors"),
    ("view_submission", {"response_action": "errors", "errors": {"other": "No."}}, "/errors/other"),
    (
        "view_submission",
        {"response_action": "errors", "errors": {"plain_text_input": ""}},
        "/errors/plain_text_input",
    ),
    ("block_actions", {"text": "x"}, ""),
    ("command", {"text": "x", "response_type": "public"}, "/response_type"),
    ("block_suggestion", {}, ""),
]


def pointers(problems: list[Problem]) -> list[str]:
    return [problem.pointer for problem in problems]


@pytest.mark.parametrize(("pointer", "given"), BAD_MESSAGES)
def test_a_bad_message_is_refused_at_one_place(pointer: str, given: Any):
    assert pointers(check_message(given)) == [pointer]


@pytest.mark.parametrize(("pointer", "given"), BAD_VIEWS)
def test_a_bad_modal_is_refused_at_one_place(pointer: str, given: Any):
    assert pointers(check_view(given)) == [pointer]


@pytest.mark.parametrize(("pointer", "given"), BAD_HOMES)
def test_a_bad_home_is_refused_at_one_place(pointer: str, given: Any):
    assert pointers(check_home(given)) == [pointer]


@pytest.mark.parametrize(("pointer", "given"), BAD_OPTIONS)
def test_bad_options_are_refused_at_one_place(pointer: str, given: Any):
    assert pointers(check_options(given)) == [pointer]


@pytest.mark.parametrize(("kind", "answer", "pointer"), BAD_ACKS)
def test_a_bad_acknowledgement_is_refused_at_one_place(kind, answer: Any, pointer: str):
    assert pointers(check_ack(kind, answer, full_modal())) == [pointer]


def test_a_problem_reads_as_pointer_and_reason():
    assert str(Problem("/blocks/3/text/text", "must not be empty")) == (
        "/blocks/3/text/text: must not be empty"
    )
    [problem] = check_message(message(section(**{"a/b~c": 1})))
    assert problem.pointer == "/blocks/0/a~1b~0c"
