"""The rich_text block: sections, lists, quotes and code, and the parts they are made of.

There is no documented overall size; the count of a message's text covers it.
"""

from simulator.limits.engine import FLAG, Chars, Choice, Fields, Listing, Tagged, Whole
from simulator.limits.texts import ID, NAME, URL

_STYLE_NAMES = ("bold", "italic", "strike", "underline", "code")
_MENTION_STYLE_NAMES = ("bold", "italic", "strike", "highlight", "client_highlight", "unlink")
_STYLE = {"style": Fields({}, dict.fromkeys(_STYLE_NAMES, FLAG))}
_MENTION_STYLE = {"style": Fields({}, dict.fromkeys(_MENTION_STYLE_NAMES, FLAG))}
_BORDER = {"border": Whole(0, 1)}

PART = Tagged(
    "rich text element",
    {
        "text": Fields({"text": Chars()}, _STYLE),
        "link": Fields({"url": URL}, {"text": Chars(), "unsafe": FLAG, **_STYLE}),
        "user": Fields({"user_id": NAME}, _MENTION_STYLE),
        "channel": Fields({"channel_id": NAME}, _MENTION_STYLE),
        "usergroup": Fields({"usergroup_id": NAME}, _MENTION_STYLE),
        "team": Fields({"team_id": NAME}, _MENTION_STYLE),
        "emoji": Fields(
            {"name": NAME},
            {"skin_tone": Whole(1, 6), "unicode": NAME, **_STYLE},
        ),
        "date": Fields(
            {"timestamp": Whole(), "format": NAME},
            {"url": URL, "fallback": Chars(), **_STYLE},
        ),
        "broadcast": Fields({"range": Choice(("here", "channel", "everyone"))}, _STYLE),
        "color": Fields(
            {"value": Chars(pattern="#[0-9a-fA-F]{6}", form="not a colour like #F405B3")}, _STYLE
        ),
    },
)
_PARTS = Listing(PART)
_SECTION = Fields({"elements": _PARTS})
_LIST = Fields(
    {
        "style": Choice(("bullet", "ordered")),
        "elements": Listing(Tagged("list item", {"rich_text_section": _SECTION})),
    },
    {"indent": Whole(0, 8), "offset": Whole(0), **_BORDER},
)
PARAGRAPH = Tagged(
    "rich text object",
    {
        "rich_text_section": _SECTION,
        "rich_text_list": _LIST,
        "rich_text_preformatted": Fields({"elements": Listing(PART.only("text", "link"))}, _BORDER),
        "rich_text_quote": Fields({"elements": _PARTS}, _BORDER),
    },
)
RICH_TEXT = Fields({"elements": Listing(PARAGRAPH)}, {"block_id": ID})
# As a value inside something else: a table cell, the first text of an input, a task's details.
RICH_TEXT_VALUE = Tagged("rich text", {"rich_text": RICH_TEXT})
