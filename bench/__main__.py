"""`python -m bench`: every figure of the README in one run. Judges nothing: it exits 0."""

import asyncio
import os
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from sqlalchemy import URL

from bench import agency, answers, databases, peers, tables, upkeep
from bench.answers import Agency, Rounds
from bench.servers import Cores

FEW, MANY = 10, 10_000
_NUMBERS = count(1)


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Base and product by turns, so often.")] = 7,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Two rounds.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="For the README.")] = False,
) -> None:
    """Measure the product against a do-nothing Bolt app and against slack_sdk."""
    if not sys.platform.startswith("linux"):
        raise typer.BadParameter("It pins processes and reads /proc: run it on Linux.")
    cores = Cores.choose()
    with tempfile.TemporaryDirectory() as directory, databases.postgres() as server:
        os.sched_setaffinity(0, {cores.client})
        run = _Run(server, Path(directory), cores, 2 if quick else rounds, quick=quick)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            sheets, facts = runner.run(run.measure())
    if markdown:
        sys.stdout.write("\n".join([*map(tables.markdown, sheets), f"{facts}\n"]))
        return
    console = Console()
    for sheet in sheets:
        tables.show(sheet, console)
    console.print(facts)


class _Run:
    def __init__(
        self, server: URL, directory: Path, cores: Cores, rounds: int, *, quick: bool
    ) -> None:
        self._server = server
        self._directory = directory
        self._cores = cores
        self._rounds = rounds
        self._quick = quick

    async def measure(self) -> tuple[list[tables.Sheet], str]:
        async with peers.slack(core=self._cores.client, directory=self._directory) as api_url:
            agencies = [
                Agency(engine, clients, await self._filled(engine, clients, tickets_each=3))
                for engine in ("SQLite", "PostgreSQL")
                for clients in (FEW, MANY)
            ]
            sheets = [
                await self._answers(agencies, api_url),
                await self._posting(api_url),
                await self._upkeep(api_url),
            ]
        return sheets, tables.machine(await databases.postgres_version(self._server))

    async def _answers(self, agencies: list[Agency], api_url: str) -> tables.Sheet:
        _say(f"Answers, {self._rounds} rounds …")
        figures = await answers.measure(
            agencies,
            rounds=Rounds(self._rounds, paced=40 if self._quick else answers.PER_SECOND),
            api_url=api_url,
            cores=self._cores,
            directory=self._directory,
        )
        await answers.count_statements(figures, api_url=api_url)
        return tables.answers(figures)

    async def _posting(self, api_url: str) -> tables.Sheet:
        _say("Messages out …")
        found = []
        for engine in ("SQLite", "PostgreSQL"):
            empty, full = [await self._filled(engine, FEW, tickets_each=0) for _ in range(2)]
            found.append(
                await upkeep.posting(
                    engine, empty, full, api_url=api_url, rounds=self._rounds, cores=self._cores
                )
            )
        return tables.posting(found)

    async def _upkeep(self, api_url: str) -> tables.Sheet:
        _say("Snapshot, start, idle …")
        url = await self._filled("SQLite", MANY, tickets_each=20, days=90)
        made = await upkeep.snapshot(url, rounds=self._rounds, cores=self._cores)
        idle = await upkeep.idling(
            url,
            api_url=api_url,
            seconds=3 if self._quick else 10,
            cores=self._cores,
            directory=self._directory,
        )
        return tables.upkeep(made, idle)

    async def _filled(self, engine: str, clients: int, *, tickets_each: int, days: int = 10) -> str:
        _say(f"{engine}: {clients:,} clients, {clients * tickets_each:,} tickets …")
        name = f"bench{next(_NUMBERS)}"
        if engine == "SQLite":
            url = await databases.make_sqlite(self._directory / f"{name}.db")
        else:
            url = await databases.make_postgres(self._server, name)
        await agency.fill(url, clients=clients, tickets_each=tickets_each, days=days)
        return url


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    typer.run(main)
