"""What no block can know alone: surfaces, ids that repeat, and the sums over a message or a view.

Walks what an app sent before it is known to be well formed, so it looks at types before it reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.limits.blocks import ALLOWED, BLOCK, MARKDOWN_MOST, Surface
from simulator.limits.engine import Listing
from simulator.limits.problems import Found, Problem, below, shown
from simulator.limits.tables import CELL_TEXT_MOST, text_count

MOST: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
CHARTS_MOST = 2
# Slack publishes no sum for a message's blocks and yet answers msg_blocks_too_long. Measured in
# public (bolt-js #2509, metabase #79908): 13,202 characters, of which each block takes about 125.
MESSAGE_TEXT_MOST = 13_000
BLOCK_COST = 125
_SURFACES: dict[Surface, str] = {"message": "messages", "modal": "modals", "home": "the Home tab"}


@dataclass(frozen=True)
class Placed:
    """An object somewhere in what was sent, and the pointer to it."""

    value: dict[Any, Any]
    at: str

    @property
    def type(self) -> object:
        return self.value.get("type")


def _objects(values: object, at: str) -> Iterator[Placed]:
    if isinstance(values, list):
        for index, value in enumerate(values):
            if isinstance(value, dict):
                yield Placed(value, below(at, index))


def placed_blocks(blocks: object, at: str) -> list[Placed]:
    """Blocks with what containers and carousels hold, in reading order."""
    found: list[Placed] = []
    for block in _objects(blocks, at):
        found.append(block)
        if block.type == "container":
            found += _objects(block.value.get("child_blocks"), below(block.at, "child_blocks"))
        elif block.type == "carousel":
            found += _objects(block.value.get("elements"), below(block.at, "elements"))
    return found


def _elements(block: Placed) -> Iterator[Placed]:
    for name in ("element", "accessory"):
        if isinstance(value := block.value.get(name), dict):
            yield Placed(value, below(block.at, name))
    if block.type in ("actions", "context_actions"):
        yield from _objects(block.value.get("elements"), below(block.at, "elements"))
    if block.type == "card":
        yield from _objects(block.value.get("actions"), below(block.at, "actions"))


def shape_problems(blocks: object, surface: Surface, at: str = "/blocks", least: int = 1) -> Found:
    """What is wrong with a list of blocks one by one, without regard to their neighbours."""
    yield from Listing(BLOCK, MOST[surface], least).problems(blocks, at)


def layout_problems(blocks: Sequence[Placed], surface: Surface) -> Found:
    """What is wrong with blocks in their place: surface, ids, and elements for views only."""
    for block in blocks:
        yield from _surface_problems(block, surface)
    yield from _repeated_block_ids(blocks)
    yield from _repeated_action_ids(blocks)
    yield from _focus_problems(blocks)


def _surface_problems(block: Placed, surface: Surface) -> Found:
    kind = block.type
    if isinstance(kind, str) and kind in BLOCK.kinds and kind not in ALLOWED[surface]:
        yield Problem(block.at, f"{kind} blocks are not for {_SURFACES[surface]}")
    if kind == "task_card" and block.value.get("status") == "pending":
        yield Problem(below(block.at, "status"), "only a task inside a plan can be pending")
    for element in _elements(block):
        if element.type == "file_input" and surface != "modal":
            yield Problem(element.at, "file_input is for modals only: it needs a submit button")
        in_modal_input = surface == "modal" and kind == "input"
        if element.value.get("response_url_enabled") is True and not in_modal_input:
            where = below(element.at, "response_url_enabled")
            yield Problem(where, "works in an input block of a modal only")


def _repeated_block_ids(blocks: Sequence[Placed]) -> Found:
    seen: set[str] = set()
    for block in blocks:
        block_id = block.value.get("block_id")
        if isinstance(block_id, str):
            if block_id in seen:
                yield Problem(below(block.at, "block_id"), f"{shown(block_id)} is used twice")
            seen.add(block_id)


def _repeated_action_ids(blocks: Sequence[Placed]) -> Found:
    """Slack tells elements apart by block_id and action_id; without a block_id, by the block."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        block_id = block.value.get("block_id")
        home = block_id if isinstance(block_id, str) else block.at
        for element in _elements(block):
            action_id = element.value.get("action_id")
            if not isinstance(action_id, str):
                continue
            if (home, action_id) in seen:
                reason = f"{shown(action_id)} is used twice in block {shown(home)}"
                yield Problem(below(element.at, "action_id"), reason)
            seen.add((home, action_id))


def _focus_problems(blocks: Sequence[Placed]) -> Found:
    focused = [
        element
        for block in blocks
        for element in _elements(block)
        if element.value.get("focus_on_load") is True
    ]
    for element in focused[1:]:
        yield Problem(below(element.at, "focus_on_load"), "another element has the focus already")


def message_sums(blocks: Sequence[Placed]) -> Found:
    """The sums Slack keeps over a whole message, for blocks that have passed one by one."""
    tables = [block for block in blocks if block.type == "table"]
    charts = [block for block in blocks if block.type == "data_visualization"]
    grids = [block for block in blocks if block.type == "data_table"]
    markdown = [block for block in blocks if block.type == "markdown"]
    for table in tables[1:]:
        yield Problem(table.at, "a message can have one table only")
    for chart in charts[CHARTS_MOST:]:
        yield Problem(chart.at, f"a message can have {CHARTS_MOST} charts at most")
    yield from _over(markdown, MARKDOWN_MOST, "markdown")
    yield from _over(grids, CELL_TEXT_MOST, "data_table")
    yield from _crowded(blocks)


def _over(blocks: Sequence[Placed], most: int, noun: str) -> Found:
    count = text_count([block.value for block in blocks])
    if count > most:
        yield Problem(blocks[-1].at, f"{count} characters in all {noun} blocks, at most {most}")


def _crowded(blocks: Sequence[Placed]) -> Found:
    texts = [block for block in blocks if block.type not in ("container", "carousel")]
    prose = [block.value for block in texts if block.type not in ("table", "data_table")]
    weight = text_count(prose) + BLOCK_COST * len(texts)
    if weight > MESSAGE_TEXT_MOST:
        yield Problem(
            texts[-1].at,
            f"the blocks together weigh {weight} (characters, and {BLOCK_COST} for each block):"
            f" Slack answers msg_blocks_too_long somewhere above {MESSAGE_TEXT_MOST}",
        )
