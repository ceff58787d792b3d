"""The rows an import left out, written where somebody can mend them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from bot.services.clients import RowProblem

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_refused(path: Path, problems: Sequence[RowProblem]) -> None:
    """CSV of place and reason; nothing in it is read as a formula by a spreadsheet."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("place", "reason"))
        writer.writerows((_inert(p.place), _inert(p.reason)) for p in problems)


def by_line(problems: Sequence[RowProblem]) -> Sequence[RowProblem]:
    """In the order in which they stand in the file."""
    return sorted(problems, key=lambda problem: int(problem.place.rsplit(":", 1)[-1]))


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
