"""What people type, read from the left: leading words and `key=value`, the rest as typed.

Never refuses prose: an apostrophe is a letter, and so is a quote that nobody closed.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self, TypeAlias

from bot.domain.errors import UsageError
from bot.domain.ids import ChannelId, UserId

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_SLACK = r"<(?P<sign>[@#!]?)(?P<body>[^<>|]+)(?:\|(?P<label>[^<>]*))?>"
_ONE = re.compile(_SLACK)
_SPECIAL = re.compile(rf"{_SLACK}|{'|'.join(_ENTITIES)}")
_QUOTED = r"\"[^\"]*\"|[“”„][^“”„]*[“”]|«[^«»]*»"
_KEY = r"[A-Za-z][A-Za-z_]{0,30}="
_WORD = re.compile(rf"\s*(?P<key>{_KEY})?(?P<value>(?:{_QUOTED})(?=\s|$)|(?:<[^<>]*>|\S)*)")
_LAST = re.compile(rf"(?:^|\s)(?P<key>{_KEY})(?P<value>(?:{_QUOTED})|[^\s\"“”„«»]+)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRef:
    """Somebody picked from Slack's own list, such as `@anna`."""

    user_id: UserId
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRef:
    channel_id: ChannelId
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`url` is a web or mail address, `label` what was typed for it."""

    url: str
    label: str = ""


Ref: TypeAlias = UserRef | ChannelRef | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word or quoted group: its plain text, and what it points to if Slack says so."""

    text: str
    ref: Ref | None = None

    @property
    def user(self) -> UserId | None:
        return self.ref.user_id if isinstance(self.ref, UserRef) else None

    @property
    def channel(self) -> ChannelId | None:
        return self.ref.channel_id if isinstance(self.ref, ChannelRef) else None


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line, taken apart from the left: each step gives a word and the line after it.

    `raw` is Slack's text with its escapes (`should_escape: true`); `text` is the same as typed.
    """

    raw: str

    @property
    def text(self) -> str:
        return plain(self.raw).strip()

    @property
    def is_empty(self) -> bool:
        return not self.raw.strip()

    def head(self) -> tuple[Word, Self] | None:
        """The first word and the line after it; None when nothing is left."""
        if self.is_empty:
            return None
        match = _WORD.match(self.raw)
        assert match is not None, "a line with text has a first word"  # noqa: S101  # for mypy
        return _word(match.group().strip()), type(self)(self.raw[match.end() :].lstrip())

    def take(self, what: str) -> tuple[Word, Self]:
        """The first word and the line after it. Raises UsageError naming `what` is missing."""
        found = self.head()
        if found is None:
            raise UsageError(f"{what} is missing.")
        return found

    def options(self, *keys: str) -> tuple[Mapping[str, Word], Self]:
        """The `key=value` of these keys, in any case, that stand before or after the prose.

        The same in the middle of the prose, unknown keys, and a key's second time stay prose.
        """
        found: dict[str, Word] = {}
        raw = self.raw.strip()
        while (match := _WORD.match(raw)) and _is_new(match, keys, found):
            found[_key(match)] = _word(match["value"])
            raw = raw[match.end() :].lstrip()
        while (match := _LAST.search(raw)) and _is_new(match, keys, found):
            found[_key(match)] = _word(match["value"])
            raw = raw[: match.start()].rstrip()
        return found, type(self)(raw)


def plain(raw: str) -> str:
    """Slack's text as the person typed it: mentions by name, escapes undone exactly once."""
    return _SPECIAL.sub(_spelled, raw)


def _key(match: re.Match[str]) -> str:
    return match["key"].removesuffix("=").lower()


def _is_new(match: re.Match[str], keys: Collection[str], found: Collection[str]) -> bool:
    if not match["key"] or not match["value"]:
        return False
    return _key(match) in keys and _key(match) not in found


def _word(raw: str) -> Word:
    if re.fullmatch(_QUOTED, raw):
        return Word(text=plain(raw[1:-1]).strip())
    match = _ONE.fullmatch(raw)
    return Word(text=plain(raw), ref=_ref(match) if match else None)


def _ref(match: re.Match[str]) -> Ref | None:
    body, label = match["body"], _unescape(match["label"] or "")
    if match["sign"] == "@":
        return UserRef(user_id=UserId(body), label=label)
    if match["sign"] == "#":
        return ChannelRef(channel_id=ChannelId(body), label=label)
    return Link(url=_unescape(body), label=label) if not match["sign"] else None


def _spelled(match: re.Match[str]) -> str:
    if match["body"] is None:
        return _ENTITIES[match.group()]
    sign, body, label = match["sign"], _unescape(match["body"]), _unescape(match["label"] or "")
    if sign in {"@", "#"}:
        return f"{sign}{label or body}"
    if sign == "!":
        return label or f"@{body}"
    if not label or body.rstrip("/").endswith(label.rstrip("/")):
        return label or body
    return f"{label} ({body})"


def _unescape(text: str) -> str:
    return re.sub("|".join(_ENTITIES), lambda match: _ENTITIES[match.group()], text)
