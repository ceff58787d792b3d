"""Text for Slack: escaped, cut where people see it, with the few tokens that only we may write.

Text from people is escaped here once, on its way out; stored text never becomes a mention.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.ids import ChannelId, UserId

TEXT_LIMIT = 3000
ELLIPSIS = "…"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HALF = re.compile(r"(?:<[^<>]*|&[a-z]{0,3})$")


def cut(text: str, limit: int = TEXT_LIMIT) -> str:
    """At most `limit` code points, ending in … when something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def escape(text: str, limit: int = TEXT_LIMIT) -> str:
    """Somebody's text as mrkdwn that says just that, at most `limit` long after escaping.

    Cut first, then escaped, so that no escape is cut in half.
    """
    shown = cut(text, limit)
    escaped = shown.translate(_ESCAPES)
    while len(escaped) > limit:
        shown = cut(shown, len(shown) - max(1, (len(escaped) - limit) // 5))
        escaped = shown.translate(_ESCAPES)
    return escaped


def cut_mrkdwn(text: str, limit: int = TEXT_LIMIT) -> str:
    """Ready mrkdwn, cut without leaving half a token or half an escape at the end."""
    if len(text) <= limit:
        return text
    return _HALF.sub("", text[: limit - 1]).rstrip() + ELLIPSIS


def mention(user: UserId) -> str:
    """Notifies them. For people our own records name, never for text somebody typed."""
    return f"<@{user}>"


def channel(channel_id: ChannelId) -> str:
    return f"<#{channel_id}>"


def link(url: str, label: str) -> str:
    """A link; `url` is ours or was checked to be http(s), `label` may be anybody's text."""
    target = url.translate(_ESCAPES).replace("|", "%7C").replace(" ", "%20")
    return f"<{target}|{escape(label, 300).replace('|', '¦')}>"


def date(instant: datetime, zone: str, *, style: str = "{date_short_pretty} at {time}") -> str:
    """The instant in each reader's own zone; where Slack cannot, in `zone` and saying so."""
    return f"<!date^{int(instant.timestamp())}^{style}|{spelled(instant, zone)}>"


def spelled(instant: datetime, zone: str) -> str:
    """The instant in words, such as `Sat 21 Nov 2026, 09:30 GMT`, for plain text.

    English on every machine: strftime would ask the locale, and takes longer.
    """
    local = instant.astimezone(ZoneInfo(zone))
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local.hour:02}:{local.minute:02} {local.tzname()}"
