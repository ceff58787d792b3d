"""What Slack makes of typed text: entities, mention tokens, links. Leaves unknown names alone."""

import html
import re

from simulator.model import Person, Team
from simulator.state import State

BROADCASTS = frozenset({"channel", "everyone", "here"})
# In this order: a token picked from a list, a link, a name.
TOKEN = re.compile(
    r"<(?P<mark>[@#])(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>"
    r"|(?P<link>https?://[^\s<>]+)"
    r"|(?<![\w<])(?P<sign>[@#])(?P<name>[\w.-]*\w)"
)


def as_message(state: State, text: str, team: Team) -> str:
    """Text of a message: `<@U…>`, `<#C…|name>`, `<https://…>`, and `&amp; &lt; &gt;`."""
    return _convert(state, text, team, names=False)


def as_command(state: State, text: str, team: Team) -> str:
    """Text of a slash command with `should_escape`: `<@U…|name>`, `<#C…|name>`, links, entities."""
    return _convert(state, text, team, names=True)


def as_plain(state: State, text: str, team: Team) -> str:
    """Text of a slash command without `should_escape`: as typed, picked names written out."""

    def name(match: re.Match[str]) -> str:
        if match["mark"] == "@" and (person := _person(state, match["id"], team)) is not None:
            return f"@{person.name}"
        channel = state.find_channel(match["id"], team.id) if match["mark"] == "#" else None
        return match.group() if channel is None else f"#{channel.name}"

    return TOKEN.sub(name, text)


def people(state: State, text: str, team: Team) -> list[Person]:
    """Everyone whom a text names, in its order."""
    named = [
        _person(state, match["id"] or match["name"], team)
        for match in TOKEN.finditer(text)
        if (match["mark"] or match["sign"]) == "@"
    ]
    return [person for person in named if person is not None]


def _convert(state: State, text: str, team: Team, *, names: bool) -> str:
    parts, end = [], 0
    for match in TOKEN.finditer(text):
        token = _token(state, match, team, names=names)
        if token is None:
            continue
        parts += [html.escape(text[end : match.start()], quote=False), token]
        end = match.end()
    return "".join([*parts, html.escape(text[end:], quote=False)])


def _token(state: State, match: re.Match[str], team: Team, *, names: bool) -> str | None:
    if match["link"]:
        return f"<{html.escape(match['link'], quote=False)}>"
    mark, word = match["mark"] or match["sign"], match["id"] or match["name"]
    if mark == "@" and word in BROADCASTS:
        return f"<!{word}>"
    if mark == "@":
        person = _person(state, word, team)
        if person is None:
            return None
        return f"<@{person.id}|{person.name}>" if names else f"<@{person.id}>"
    channel = state.find_channel(word, team.id)
    return None if channel is None else f"<#{channel.id}|{channel.name}>"


def _person(state: State, word: str, team: Team) -> Person | None:
    if word in state.people:
        return state.people[word]
    return next((row for row in state.circle(team.id) if row.name == word.lower()), None)
