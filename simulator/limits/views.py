"""Modals and the Home tab against Slack's limits.

A field that belongs to the other kind of view, or that Slack itself adds to a view, is refused.
"""

from collections.abc import Iterable

from simulator.limits.blocks import Surface
from simulator.limits.engine import ANYTHING, FLAG, Chars, Check, Choice, Fields
from simulator.limits.layout import Placed, layout_problems, placed_blocks, shape_problems
from simulator.limits.problems import Found, Problem
from simulator.limits.texts import plain

_SHARED: dict[str, Check] = {
    "private_metadata": Chars(3000, least=0),
    "callback_id": Chars(255, least=0),
    "external_id": Chars(255, least=0),
}
# `blocks` is judged apart from the rest, by surface.
_MODAL = Fields(
    {"type": Choice(("modal",)), "title": plain(24), "blocks": ANYTHING},
    {
        **_SHARED,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": FLAG,
        "notify_on_close": FLAG,
    },
)
_HOME = Fields({"type": Choice(("home",)), "blocks": ANYTHING}, _SHARED)


def modal_problems(view: object, at: str = "") -> Found:
    """Everything wrong with a modal."""
    yield from _MODAL.problems(view, at)
    if isinstance(view, dict) and "blocks" in view:
        blocks = placed_blocks(view["blocks"], f"{at}/blocks")
        yield from _view_blocks(view["blocks"], blocks, "modal", at)
        if "submit" not in view and has_input(blocks):
            yield Problem(f"{at}/submit", "is required in a modal with an input block")


def home_problems(view: object) -> Found:
    """Everything wrong with a Home tab."""
    yield from _HOME.problems(view, "")
    if isinstance(view, dict) and "blocks" in view:
        blocks = placed_blocks(view["blocks"], "/blocks")
        yield from _view_blocks(view["blocks"], blocks, "home", "")


def has_input(blocks: Iterable[Placed]) -> bool:
    """Whether any of the blocks is an input block."""
    return any(block.type == "input" for block in blocks)


def _view_blocks(blocks: object, placed: list[Placed], surface: Surface, at: str) -> Found:
    yield from shape_problems(blocks, surface, f"{at}/blocks")
    yield from layout_problems(placed, surface)
