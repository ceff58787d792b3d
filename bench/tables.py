"""Figures as tables: for a terminal, or as Markdown for the README."""

import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.answers import Figures
from bench.upkeep import Idling, Posting, Snapshot

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def answers(figures: Sequence[Figures]) -> Sheet:
    base = figures[0]
    columns = (
        "command", "database", "clients", "statements",
        "req/s", "of base", "CPU µs", "p50 ms", "p99 ms",
    )  # fmt: skip
    return Sheet(
        "Answers: signed HTTP in, answer out (8 connections; p50 and p99 at 100 requests a second)",
        columns,
        [_answer(one, base) for one in figures],
    )


def _answer(one: Figures, base: Figures) -> list[str]:
    agency = one.agency
    return [
        one.command.name,
        agency.engine if agency else "–",
        f"{agency.clients:,}" if agency else "–",
        "–" if one.statements is None else str(one.statements),
        f"{one.throughput:,.0f}",
        f"{one.ratio(base):.0%}",
        f"{one.cpu_per_request * 1e6:,.0f}",
        f"{one.percentile(0.5) * 1e3:.2f}",
        f"{one.percentile(0.99) * 1e3:.1f}",
    ]


def posting(found: Sequence[Posting]) -> Sheet:
    columns = (
        "database", "slack_sdk rows/s", "courier rows/s", "of slack_sdk",
        "CPU µs a row: slack_sdk", "courier", "of slack_sdk", "100 waiting", "100,000 waiting",
    )  # fmt: skip
    return Sheet(
        "Messages out: 128 channels, no pacing, the same loopback peer",
        columns,
        [
            [
                one.engine,
                f"{1 / one.sdk:,.0f}",
                f"{1 / one.courier:,.0f}",
                f"{one.sdk / one.courier:.0%}",
                f"{one.sdk_cpu * 1e6:,.0f}",
                f"{one.courier_cpu * 1e6:,.0f}",
                f"{one.sdk_cpu / one.courier_cpu:.0%}",
                f"{one.few_cpu * 1e6:,.0f}",
                f"{one.many_cpu * 1e6:,.0f}",
            ]
            for one in found
        ],
    )


def upkeep(made: Snapshot, idle: Idling) -> Sheet:
    return Sheet(
        "The rest, on SQLite",
        ("what", "measured"),
        [
            ["daily snapshot, 10,000 clients, 200,000 tickets", f"{made.seconds:.2f} s"],
            ["memory it grows by", f"{made.grown_bytes / MIB:.0f} MiB"],
            ["`python -m bot all`: start to first answer", f"{idle.first_ack_seconds:.2f} s"],
            ["idle: memory", f"{idle.rss_bytes / MIB:.0f} MiB"],
            ["idle: of one core", f"{idle.cpu:.2%}"],
        ],
    )


def machine(postgres: str) -> str:
    """What it was measured on, in one line."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("slack-bolt", "slack-sdk", "sqlalchemy", "uvicorn")
    )
    return (
        f"{_processor()}, {_cores()} cores, Linux {platform.release().partition('-')[0]}; "
        f"Python {platform.python_version()}, {packages}; "
        f"SQLite {sqlite3.sqlite_version}, {postgres}. "
        "Server on one core, load client and Slack peer on another."
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _cores() -> int:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return sum(line.startswith("processor") for line in lines)


def show(sheet: Sheet, console: Console) -> None:
    table = Table(*sheet.columns, title=sheet.title, title_justify="left")
    for row in sheet.rows:
        table.add_row(*row)
    console.print(table)


def markdown(sheet: Sheet) -> str:
    lines = [sheet.columns, ["---"] * len(sheet.columns), *sheet.rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"**{sheet.title}**\n\n{table}\n"
