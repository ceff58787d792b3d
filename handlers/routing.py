"""From a typed command to its row. What leads to no row becomes help, never an action."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from handlers import helping
from handlers.blocks import Message
from handlers.grammar import Line
from handlers.table import Command, Slash

EVERYTHING = "clientops"
"""`/clientops <noun> …` accepts what every other command does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """`command` with its slash, in any prefix (`/co-client`); `text` with Slack's escapes."""

    command: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The row to run. `root` is how the person reaches it; `verb` is empty for a default row."""

    slash: Slash
    command: Command
    root: str
    verb: str
    line: Line

    @property
    def typed(self) -> str:
        """What to type to run this row, up to its arguments."""
        return f"{self.root} {self.verb}".rstrip()


Slashes: TypeAlias = Mapping[str, Slash]


def route(slashes: Slashes, typed: Typed) -> Route | Message:
    """The row that was meant, or help."""
    noun = _noun(typed.command, slashes)
    if noun in slashes:
        return _within(slashes[noun], typed.command, Line(typed.text))
    help_page = helping.overview(typed.command, slashes.values())
    found = Line(typed.text).head()
    if found is None or found[0].text.lower() == "help":
        return help_page
    word, line = found
    name = word.text.lower().removeprefix("/")
    if name in slashes:
        return _within(slashes[name], f"{typed.command} {name}", line)
    near = get_close_matches(name, slashes, n=2)
    again = [helping.again(typed.command, noun, line.raw) for noun in near]
    return helping.unknown(word.text, again, help_page)


def repeated(route: Route, reference: str) -> str:
    """The same command's text with its first argument (or all of it) replaced."""
    quoted = f'"{reference}"' if " " in reference else reference
    found = route.line.head()
    rest = "" if route.command.takes_all or found is None else found[1].raw
    return " ".join(part for part in (route.verb, quoted, rest) if part)


def _within(slash: Slash, root: str, line: Line) -> Route | Message:
    found = line.head()
    if found is None:
        if slash.default is not None and slash.default_when_bare:
            return Route(slash=slash, command=slash.default, root=root, verb="", line=line)
        return helping.about(root, slash)
    word, rest = found
    verb = word.text.lower()
    if verb == "help":
        return helping.about(root, slash)
    command = slash.find(verb)
    if command is not None:
        return Route(slash=slash, command=command, root=root, verb=verb, line=rest)
    if slash.default is not None:
        return Route(slash=slash, command=slash.default, root=root, verb="", line=line)
    again = [helping.again(root, near, rest.raw) for near in close_verbs(slash, verb)]
    return helping.unknown(word.text, again, helping.about(root, slash))


def close_verbs(slash: Slash, word: str) -> list[str]:
    """Verbs that are nearly that word."""
    verbs = [verb for row in slash.commands for verb in (row.verb, *row.aliases)]
    return get_close_matches(word.lower(), verbs, n=2)


def reread(again: helping.Again) -> Typed:
    """The command that a "did you mean" button stands for."""
    command, _, noun = again.root.partition(" ")
    return Typed(command=command, text=f"{noun} {again.text}".strip())


def _noun(typed: str, slashes: Slashes) -> str:
    """`/client`, `/co-client` and `client` are all `client`."""
    name = typed.removeprefix("/").lower()
    if name in slashes:
        return name
    known = (*slashes, EVERYTHING)
    matches = [noun for noun in known if name == noun or name.endswith((f"-{noun}", f"_{noun}"))]
    return max(matches, key=len, default=name)
