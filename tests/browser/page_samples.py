"""Blocks, a form and a Home of every kind Block Kit has, as plain payloads."""

from typing import Any

Block = dict[str, Any]
CLIENTS = ("Acme Industries", "Globex", "Initech", "Umbrella", "Wonka")
MONTHS = ("Jun", "Jul", "Aug", "Sep", "Oct", "Nov")


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, **more: Any) -> Block:
    return {"text": plain(text), "value": value, **more}


def section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, **more: Any) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def chart(title: str, kind: str, **series: list[float]) -> Block:
    rows = [
        {
            "name": name,
            "data": [{"label": month, "value": v} for month, v in zip(MONTHS, vs, strict=True)],
        }
        for name, vs in series.items()
    ]
    axis = {"categories": list(MONTHS), "y_label": "Hours"}
    shape = {"type": kind, "series": rows, "axis_config": axis}
    return {"type": "data_visualization", "title": title, "chart": shape}


def texts() -> list[Block]:
    marks = (
        "*Bold*, _italic_, ~struck~, `code`, <https://example.com|a link>, <@U0ANNA>, <#C0OPS> "
        ":white_check_mark: &lt;b&gt; on <!date^1795000000^{date_short} at {time}|then>\n"
        "&gt; A quote\n```a block\nof code```"
    )
    confirm = {"title": plain("Sure?"), "text": plain("It stays bad."), "confirm": plain("Yes"),
               "deny": plain("No")}  # fmt: skip
    return [
        {"type": "header", "text": plain("Acme Industries :seedling:")},
        section(marks),
        {"type": "section", "fields": [mrkdwn("*Health*\nGreen"), mrkdwn("*Step*\nTraining")]},
        section("With a menu", accessory=overflow()),
        {"type": "divider"},
        {"type": "actions", "block_id": "buttons", "elements": [
            button("Plain", "plain"), button("Good", "good", style="primary"),
            button("Bad", "bad", style="danger", confirm=confirm),
            button("Silent", "never"), button("Site", "site", url="https://example.com")]},
        {"type": "context", "elements": [mrkdwn("Changed *today* by <@U0BEN>"), plain("v2")]},
    ]  # fmt: skip


def menus() -> Block:
    """Everything one can pick from in a message."""
    kinds = (
        {**choices("static_select"), "action_id": "pick"},
        {"type": "users_select", "action_id": "who"},
        {"type": "datepicker", "action_id": "due", "initial_date": "2026-11-24"},
        {**choices("checkboxes"), "action_id": "ticks"},
        {**choices("radio_buttons"), "action_id": "one_of"},
    )
    return {"type": "actions", "block_id": "menus", "elements": [*kinds]}


def overflow() -> Block:
    options = [option("Edit", "edit"), option("Archive", "archive")]
    return {"type": "overflow", "action_id": "menu", "options": options}


def rich() -> Block:
    line = {"type": "rich_text_section", "elements": [
        {"type": "text", "text": "Rich "},
        {"type": "text", "text": "bold", "style": {"bold": True}},
        {"type": "user", "user_id": "U0CARLA"}, {"type": "emoji", "name": "tada"}]}  # fmt: skip
    points = [{"type": "rich_text_section", "elements": [{"type": "text", "text": f"Point {n}"}]}
              for n in (1, 2)]  # fmt: skip
    bullets = {"type": "rich_text_list", "style": "bullet", "elements": points}
    return {"type": "rich_text", "elements": [line, bullets]}


def tables() -> list[Block]:
    head = [{"type": "raw_text", "text": name} for name in ("Client", "Tickets", "Health")]
    rows = [
        [
            {"type": "raw_text", "text": name},
            {"type": "raw_number", "value": 3 * n, "text": str(3 * n)},
            {"type": "raw_text", "text": ":large_green_circle: Good"},
        ]
        for n, name in enumerate((*CLIENTS, "Stark", "Wayne", "Tyrell", "Cyberdyne"), 1)
    ]
    data = {"type": "data_table", "caption": "Open tickets", "page_size": 4, "rows": [head, *rows]}
    return [{"type": "table", "rows": [head, *rows[:2]]}, data]


def charts() -> list[Block]:
    pie = [{"label": name, "value": n} for name, n in (("High", 3), ("Normal", 9), ("Low", 5))]
    return [
        chart("Hours per month", "bar", Acme=[3, 5, 4, 8, 6, 7], Globex=[2, 2, 5, 3, 4, 1]),
        {"type": "data_visualization", "title": "Priority",
         "chart": {"type": "pie", "segments": pie}},
    ]  # fmt: skip


def more_charts() -> list[Block]:
    return [
        chart("Response time", "line", Acme=[3, 5, 4, 8, 6, 7], Globex=[2, 2, 5, 3, 4, 1]),
        chart("Open tickets", "area", Open=[8, 7, 9, 5, 4, 2], Blocked=[2, 1, 3, 2, 1, 0]),
    ]


def frames() -> list[Block]:
    cards = [
        {"type": "card", "title": mrkdwn(f"*{name}*"), "subtitle": mrkdwn("On track"),
         "body": mrkdwn("Next: kick-off call"), "actions": [button("Open", f"open_{n}")]}
        for n, name in enumerate(CLIENTS[:3])
    ]  # fmt: skip
    inside = [section("Everything *inside* a frame."), {"type": "divider"}]
    return [
        {"type": "container", "title": plain("Escalations"), "subtitle": plain("2 open"),
         "is_collapsible": True, "child_blocks": inside},
        {**cards[0], "block_id": "one_card"},
        {"type": "carousel", "elements": cards},
    ]  # fmt: skip


def gallery_blocks() -> list[Block]:
    words = "# Plan\n1. **Start**\n2. _Train_\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n- [x] done"
    return [
        *texts(),
        menus(),
        rich(),
        {"type": "markdown", "text": words},
        *tables(),
        *charts(),
        *frames(),
    ]


def entry(label: str, name: str, element: Block, **more: Any) -> Block:
    held = {**element, "action_id": name}
    return {"type": "input", "block_id": name, "label": plain(label), "element": held, **more}


def choices(kind: str) -> Block:
    rows = [option("High", "high", description=plain("Within a day")), option("Low", "low")]
    return {"type": kind, "options": rows}


def text_inputs() -> list[Block]:
    return [
        entry("Title", "title", {"type": "plain_text_input", "max_length": 60},
              hint=plain("A few words")),
        entry("Story", "story", {"type": "plain_text_input", "multiline": True}, optional=True),
        entry("E-mail", "email", {"type": "email_text_input"}, optional=True),
        entry("Page", "url", {"type": "url_text_input"}, optional=True),
        entry("Hours", "number", {"type": "number_input", "is_decimal_allowed": True},
              optional=True),
        entry("Notes", "rich", {"type": "rich_text_input"}, optional=True),
    ]  # fmt: skip


def pick_inputs() -> list[Block]:
    remote = {"type": "external_select", "min_query_length": 1, "placeholder": plain("Client")}
    return [
        entry("Client", "client", remote),
        entry("Also", "clients", {**remote, "type": "multi_external_select"}, optional=True),
        entry("Priority", "priority", choices("static_select")),
        entry("Tags", "tags", choices("multi_static_select"), optional=True),
        entry("Owner", "owner", {"type": "users_select"}, optional=True),
        entry("Team", "team", {"type": "multi_users_select"}, optional=True),
        entry("Where", "where", {"type": "conversations_select"}, optional=True),
        entry("Channel", "channel", {"type": "channels_select"}, optional=True),
        entry("Checks", "checks", choices("checkboxes"), optional=True),
        entry("Kind", "kind", choices("radio_buttons"), optional=True),
    ]


def moment_inputs() -> list[Block]:
    return [
        entry("Day", "day", {"type": "datepicker"}, optional=True),
        entry("Time", "time", {"type": "timepicker"}, optional=True),
        entry("Moment", "moment", {"type": "datetimepicker"}, optional=True),
        entry("Files", "files", {"type": "file_input", "max_files": 2}, optional=True),
    ]


def form_view(note: str = "Everything *here* is a sample.") -> Block:
    onward = {
        "type": "actions",
        "block_id": "onward",
        "elements": [button("Go on", "go_on"), button("Refresh", "refresh")],
    }
    alert = {"type": "alert", "level": "info", "text": mrkdwn(note)}
    blocks = [alert, *text_inputs(), *pick_inputs(), *moment_inputs(), onward]
    return {"type": "modal", "callback_id": "form", "title": plain("Every input"),
            "submit": plain("Save"), "close": plain("Cancel"), "blocks": blocks}  # fmt: skip


def second_view() -> Block:
    blocks = [entry("Reason", "reason", {"type": "plain_text_input"})]
    return {"type": "modal", "callback_id": "second", "title": plain("One more thing"),
            "submit": plain("Done"), "blocks": blocks}  # fmt: skip


def home_view(count: int) -> Block:
    more = button("Once more", "count", value=str(count + 1), style="primary")
    blocks = [
        {"type": "header", "text": plain("Your desk")},
        section(f"Pressed *{count}* times", block_id="pressed"),
        {"type": "actions", "elements": [more]},
        *more_charts(),
        *tables()[1:],
    ]
    return {"type": "home", "blocks": blocks}


def loading_view() -> Block:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Every input"),
        "blocks": [section(":hourglass_flowing_sand: One moment …")],
    }
