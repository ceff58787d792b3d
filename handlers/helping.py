"""Help, usage and "did you mean", read off the rows; a suggestion is a button that runs it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.blocks import Block, Message, actions, context, header, section
from handlers.codec import BUTTON_LIMIT, encode
from handlers.elements import button
from handlers.mrkdwn import cut, escape
from handlers.table import Command, Slash

RUN_AGAIN = "command.run"
"""Action id of the buttons that run a suggested command."""

_WHERE = (
    "Commands work in channels and direct messages, not in threads: there, use a message's "
    "shortcuts (⋯) or mention @ClientOps."
)
_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A command to run when its button is pressed: `root` as typed, `text` with Slack's escapes."""

    root: str
    text: str


def again(root: str, verb: str, rest: str) -> Again:
    return Again(root=root, text=f"{verb} {rest}".strip())


def overview(root: str, slashes: Iterable[Slash]) -> Message:
    """What `/clientops` shows: every noun."""
    lines = [f"`{root} {row.root}` {row.summary}" for row in slashes]
    tail = f"`{root} NOUN help` shows what a noun can do."
    return _page("ClientOps", lines, tail)


def about(root: str, slash: Slash) -> Message:
    """Every verb of a noun with an example."""
    rows = slash.commands if slash.default is None else (slash.default, *slash.commands)
    examples = [f"`{root} {example}`" for row in rows for example in row.examples[:1]]
    tail = f"For example: {', '.join(examples)}" if examples else ""
    return _page(slash.summary, [_usage_line(root, row) for row in rows], tail)


def unknown(word: str, suggestions: Sequence[Again], help_page: Message) -> Message:
    """There is no such word: the near ones as buttons, then the help."""
    said = f"“{escape(cut(word, 60))}” is no command here."
    if not suggestions:
        return Message(f"{said}\n{help_page.text}", (section(said), *help_page.blocks))
    listed = " or ".join(f"`{_shown(item)}`" for item in suggestions)
    text = f"{said} Did you mean {listed}?"
    return Message(f"{text}\n{help_page.text}", (section(text), *offers(suggestions)))


def misused(root: str, command: Command, error: str) -> Message:
    """What is wrong with the line, and how it is meant."""
    lines = [error, f"Usage: {_usage(root, command)}"]
    if command.examples:
        lines.append(f"For example: `{root} {command.examples[0]}`")
    return Message("\n".join(lines))


def offers(suggestions: Sequence[Again]) -> tuple[Block, ...]:
    """Buttons that run the suggestions; one too long to carry is left to be typed."""
    buttons = [
        button(_shown(item), f"{RUN_AGAIN}:{number}", encode(item))
        for number, item in enumerate(suggestions[:_SUGGESTIONS])
        if len(item.root) + len(item.text) < BUTTON_LIMIT // 2
    ]
    return (actions(*buttons),) if buttons else ()


def _usage(root: str, row: Command) -> str:
    return f"`{' '.join(part for part in (root, row.verb, row.usage) if part)}`"


def _usage_line(root: str, row: Command) -> str:
    return f"{_usage(root, row)} {row.summary}"


def _shown(item: Again) -> str:
    return cut(f"{item.root} {item.text}".replace("`", "'"), 75)


def _page(title: str, lines: Sequence[str], tail: str) -> Message:
    body = "\n".join(lines)
    text = "\n".join(part for part in (f"*{title}*", body, tail, _WHERE) if part)
    blocks = (header(title), section(body), *((section(tail),) if tail else ()), context(_WHERE))
    return Message(text, blocks)
