"""What an app says in a channel: text, blocks, attachments and metadata, against Slack's limits.

Reads only those parts of a call; `channel`, `thread_ts` and their like are not judged here.
"""

import json
from collections.abc import Mapping
from typing import Any

from simulator.limits.blocks import MARKDOWN_MOST
from simulator.limits.engine import (
    ANYTHING,
    FLAG,
    Chars,
    Check,
    Entries,
    Fields,
    Listing,
    Whole,
    together,
)
from simulator.limits.layout import layout_problems, message_sums, placed_blocks, shape_problems
from simulator.limits.problems import Found, Problem, below, kind_of
from simulator.limits.texts import NAME, URL

TEXT_MOST = 40_000
ATTACHMENTS_MOST = 100
# Slack answers metadata_too_large and publishes no figure; a marker should stay far below this.
METADATA_BYTES_MOST = 8_000
_SHOWS = ("text", "blocks", "attachments", "markdown_text", "file_ids")


def _payload_is_small(value: Mapping[str, Any], at: str) -> Found:
    try:
        size = len(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
    except (TypeError, ValueError, RecursionError):
        yield Problem(at, "is not JSON")
        return
    if size > METADATA_BYTES_MOST:
        yield Problem(at, f"{size} bytes, more than {METADATA_BYTES_MOST}")


_OBJECT = Entries(ANYTHING)
_METADATA = Fields(
    {},
    {
        # 50 is what a manifest's metadata_subscriptions can name.
        "event_type": Chars(50, pattern=r"[A-Za-z0-9_.:-]+", form="not alphanumeric"),
        "event_payload": _OBJECT,
        "entities": Listing(_OBJECT),
    },
    any_of=("event_type", "entities"),
    rules=(together("event_type", "event_payload"), _payload_is_small),
)
_LINE = Chars(least=0)
_ATTACHMENT_TEXTS: dict[str, Check] = dict.fromkeys(
    ("fallback", "text", "pretext", "author_name", "author_subname", "title", "callback_id"), _LINE
)
_ATTACHMENT_URLS: dict[str, Check] = dict.fromkeys(
    ("author_link", "author_icon", "title_link", "image_url", "thumb_url", "footer_icon"), URL
)
_ATTACHMENT = Fields(
    {},
    {
        **_ATTACHMENT_TEXTS,
        **_ATTACHMENT_URLS,
        "blocks": ANYTHING,
        "color": Chars(
            7, pattern="good|warning|danger|#?[0-9a-fA-F]{6}", form="not a colour like #36a64f"
        ),
        "fields": Listing(Fields({}, {"title": _LINE, "value": _LINE, "short": FLAG}), least=0),
        "footer": Chars(300),
        "ts": Whole(),
        "mrkdwn_in": Listing(NAME, least=0),
    },
    any_of=("blocks", "text", "fallback", "pretext", "title", "fields", "image_url", "thumb_url"),
)


def message_problems(message: object) -> Found:
    """Everything wrong with a message; null stands for a field left out, as in Slack's clients."""
    if not isinstance(message, dict):
        yield Problem("", f"must be an object, not {kind_of(message)}")
        return
    given = {name: value for name, value in message.items() if value is not None}
    yield from _says_something(given)
    if "text" in given:
        yield from Chars(TEXT_MOST, least=0).problems(given["text"], "/text")
    if "markdown_text" in given:
        yield from _markdown_problems(given)
    # An empty object takes the metadata off a message that is updated.
    if given.get("metadata", {}) != {}:
        yield from _METADATA.problems(given["metadata"], "/metadata")
    yield from _block_problems(given)


def _says_something(given: Mapping[Any, Any]) -> Found:
    if given.get("delete_original") is not True and not any(given.get(name) for name in _SHOWS):
        yield Problem("", f"says nothing: needs one of {', '.join(_SHOWS[:-1])}")


def _markdown_problems(given: Mapping[Any, Any]) -> Found:
    yield from Chars(MARKDOWN_MOST).problems(given["markdown_text"], "/markdown_text")
    for other in ("text", "blocks"):
        if given.get(other):
            yield Problem("/markdown_text", f"cannot be combined with {other}")


def _block_problems(given: Mapping[Any, Any]) -> Found:
    lists: list[tuple[object, str]] = []
    shape: list[Problem] = []
    if "blocks" in given:
        lists.append((given["blocks"], "/blocks"))
    if "attachments" in given:
        attachments = given["attachments"]
        shape += Listing(_ATTACHMENT, ATTACHMENTS_MOST, 0).problems(attachments, "/attachments")
        lists += _attached_blocks(attachments)
    for blocks, at in lists:
        shape += shape_problems(blocks, "message", at, least=0)
    placed = [block for blocks, at in lists for block in placed_blocks(blocks, at)]
    yield from shape
    yield from layout_problems(placed, "message")
    if not shape:
        yield from message_sums(placed)


def _attached_blocks(attachments: object) -> list[tuple[object, str]]:
    if not isinstance(attachments, list):
        return []
    return [
        (attachment["blocks"], below(below("/attachments", index), "blocks"))
        for index, attachment in enumerate(attachments[:ATTACHMENTS_MOST])
        if isinstance(attachment, dict) and "blocks" in attachment
    ]
