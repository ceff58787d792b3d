"""The limits of messages, views and blocks: each figure and what is built with it."""

from collections.abc import Callable
from typing import Any

from simulator.limits import Problem, check_home, check_message, check_view
from tests.unit.simulator.slack_samples import (
    actions,
    bars,
    button,
    card,
    cell,
    container,
    data_table,
    entry,
    feedback_buttons,
    home,
    image,
    message,
    modal,
    mrkdwn,
    pie,
    plain,
    rich_text,
    section,
    table,
    task,
)

Build = Callable[[int], list[Problem]]
Figure = tuple[int, Build, str]


def posted(block: Callable[[int], dict[str, Any]]) -> Build:
    return lambda n: check_message(message(block(n)))


def buttons(n: int) -> list[dict[str, Any]]:
    return [button(str(index)) for index in range(n)]


def video(**more: Any) -> dict[str, Any]:
    url = "https://example.com/v"
    return {
        "type": "video",
        "alt_text": "x",
        "title": plain(),
        "video_url": url,
        "thumbnail_url": url,
        **more,
    }


def rich_list(indent: int) -> dict[str, Any]:
    block = rich_text()
    items = {"type": "rich_text_list", "style": "bullet", "indent": indent}
    block["elements"] = [items | {"elements": block["elements"]}]
    return block


def sections(n: int) -> list[dict[str, Any]]:
    return [section() for _ in range(n)]


def url(n: int) -> str:
    start = "https://example.com/"
    return start + "x" * (n - len(start))


# figure, what is built with it, and slackblocks' name for the figure where it has one
BLOCK_FIGURES: dict[str, Figure] = {
    "message text": (40_000, lambda n: check_message({"text": "x" * n}), ""),
    "markdown_text": (12_000, lambda n: check_message({"markdown_text": "x" * n}), "MARKDOWN_TEXT"),
    "message blocks": (50, lambda n: check_message(message(*sections(n))), "MESSAGE_BLOCKS"),
    "attachments": (
        100,
        lambda n: check_message({"attachments": [{"text": "x"}] * n}),
        "MESSAGE_ATTACHMENTS",
    ),
    "event_type": (
        50,
        lambda n: check_message(
            message(section(), metadata={"event_type": "x" * n, "event_payload": {}})
        ),
        "",
    ),
    "modal blocks": (100, lambda n: check_view(modal(*sections(n))), "VIEW_BLOCKS"),
    "home blocks": (100, lambda n: check_home(home(*sections(n))), "VIEW_BLOCKS"),
    "modal title": (24, lambda n: check_view(modal(title=plain("x" * n))), "VIEW_TITLE"),
    "modal submit": (24, lambda n: check_view(modal(submit=plain("x" * n))), "VIEW_SUBMIT"),
    "modal close": (24, lambda n: check_view(modal(close=plain("x" * n))), "VIEW_CLOSE"),
    "private_metadata": (
        3000,
        lambda n: check_view(modal(private_metadata="x" * n)),
        "VIEW_PRIVATE_METADATA",
    ),
    "callback_id": (255, lambda n: check_home(home(callback_id="x" * n)), "VIEW_CALLBACK_ID"),
    "external_id": (255, lambda n: check_view(modal(external_id="x" * n)), "VIEW_EXTERNAL_ID"),
    "block_id": (255, posted(lambda n: section(block_id="x" * n)), "BLOCK_ID"),
    "action_id": (255, posted(lambda n: actions(button("x" * n))), "ACTION_ID"),
    "section text": (3000, posted(lambda n: section("x" * n)), "SECTION_TEXT"),
    "section fields": (10, posted(lambda n: section(fields=[mrkdwn()] * n)), "SECTION_FIELDS"),
    "section field": (
        2000,
        posted(lambda n: section(fields=[mrkdwn("x" * n)])),
        "SECTION_FIELDS_ITEM",
    ),
    "header": (150, posted(lambda n: {"type": "header", "text": plain("x" * n)}), "HEADER_TEXT"),
    "context": (
        10,
        posted(lambda n: {"type": "context", "elements": [mrkdwn()] * n}),
        "CONTEXT_ELEMENTS",
    ),
    "image url": (3000, posted(lambda n: image(image_url=url(n))), "IMAGE_IMAGE_URL"),
    "image alt": (2000, posted(lambda n: image(alt_text="x" * n)), "IMAGE_ALT_TEXT"),
    "image title": (2000, posted(lambda n: image(title=plain("x" * n))), "IMAGE_TITLE"),
    "actions": (25, posted(lambda n: actions(*buttons(n))), "ACTIONS_ELEMENTS"),
    "input label": (
        2000,
        lambda n: check_view(modal(entry() | {"label": plain("x" * n)})),
        "INPUT_LABEL",
    ),
    "input hint": (2000, lambda n: check_view(modal(entry(hint=plain("x" * n)))), "INPUT_HINT"),
    "list indent": (8, posted(rich_list), "RICH_TEXT_LIST_INDENT"),
    "video title": (199, posted(lambda n: video(title=plain("x" * n))), "VIDEO_TITLE"),
    "video author": (49, posted(lambda n: video(author_name="x" * n)), "VIDEO_AUTHOR_NAME"),
    "table rows": (100, posted(table), "TABLE_ROWS"),
    "table columns": (20, posted(lambda n: table(1, n)), "TABLE_COLUMNS"),
    "table text": (10_000, posted(lambda n: table(text="x" * n)), ""),
    "column settings": (
        20,
        posted(lambda n: table() | {"column_settings": [None] * n}),
        "TABLE_COLUMN_SETTINGS",
    ),
    "data_table rows": (101, posted(data_table), "DATA_TABLE_ROWS"),
    "data_table columns": (20, posted(lambda n: data_table(2, n)), "DATA_TABLE_COLUMNS"),
    "data_table page": (100, posted(lambda n: data_table(page_size=n)), "DATA_TABLE_PAGE_SIZE"),
    "data_table text": (
        10_000,
        posted(lambda n: data_table() | {"rows": [[cell()], [cell("x" * (n - 1))]]}),
        "DATA_TABLE_CONTENT",
    ),
    "chart title": (
        50,
        posted(lambda n: pie() | {"title": "x" * n}),
        "DATA_VISUALIZATION_TITLE",
    ),
    "pie segments": (6, posted(pie), "DATA_VISUALIZATION_SEGMENTS"),
    "segment label": (
        20,
        posted(lambda n: pie(label="x" * n)),
        "DATA_VISUALIZATION_SEGMENT_LABEL",
    ),
    "series": (6, posted(bars), "DATA_VISUALIZATION_SERIES"),
    "series name": (
        20,
        posted(lambda n: bars(name="x" * (n - 1))),
        "DATA_VISUALIZATION_SERIES_NAME",
    ),
    "categories": (20, posted(lambda n: bars(1, n)), "DATA_VISUALIZATION_CATEGORIES"),
    "container children": (
        10,
        posted(lambda n: container(*sections(n))),
        "CONTAINER_CHILD_BLOCKS",
    ),
    "container title": (
        150,
        posted(lambda n: container(title=plain("x" * n))),
        "CONTAINER_TITLE",
    ),
    "container rich title": (
        150,
        posted(lambda n: container(rich_text_title=rich_text("x" * n))),
        "",
    ),
    "card title": (150, posted(lambda n: card(title=plain("x" * n))), "CARD_TITLE"),
    "card body": (200, posted(lambda n: card(body=mrkdwn("x" * n))), "CARD_BODY"),
    "card subtext": (200, posted(lambda n: card(subtext=plain("x" * n))), "CARD_SUBTEXT"),
    "card buttons": (3, posted(lambda n: card(actions=buttons(n))), "CARD_ACTIONS"),
    "carousel": (
        10,
        posted(lambda n: {"type": "carousel", "elements": [card()] * n}),
        "CAROUSEL_ELEMENTS",
    ),
    "alert": (
        200,
        lambda n: check_view(modal({"type": "alert", "text": plain("x" * n)})),
        "ALERT_TEXT",
    ),
    "context_actions": (
        5,
        posted(lambda n: {"type": "context_actions", "elements": [feedback_buttons()] * n}),
        "CONTEXT_ACTIONS_ELEMENTS",
    ),
    "plan tasks": (
        50,
        posted(lambda n: {"type": "plan", "title": "x", "tasks": [task(str(i)) for i in range(n)]}),
        "PLAN_TASKS",
    ),
}
