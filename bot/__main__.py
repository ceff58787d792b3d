"""The command line: `python -m bot …`, also installed as `clientops`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import TypeAdapter

from bot import processes
from bot.app import build_services, open_database, policy_of
from bot.clocks import SystemClock
from bot.demo import launch
from bot.domain.errors import ConfigError, DeskError, UserError
from bot.domain.reports import DailySnapshot
from bot.domain.workspaces import Workspace
from bot.imports.clients import ClientFile, read_clients
from bot.imports.refused import by_line, write_refused
from bot.services.clients import Imported, RowProblem
from bot.settings import Role, Settings
from handlers.manifest import HttpUrls, manifest_text
from store import migrate as migrations
from store.database import Database

app = typer.Typer(
    help="ClientOps: the chat-ops desk of a service agency, living in Slack.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
T = TypeVar("T")
WorkspaceOption = Annotated[
    str | None, typer.Option("--workspace", help="Slack team id; needed when there are several.")
]


@app.command()
def web() -> None:
    """Answer Slack: commands, buttons, forms, events."""
    processes.run(Settings.read().check(Role.WEB), Role.WEB)


@app.command()
def worker() -> None:
    """Carry out what was promised: messages, due times, reports."""
    processes.run(Settings.read().check(Role.WORKER), Role.WORKER)


@app.command("all")
def everything() -> None:
    """Both in one process."""
    processes.run(Settings.read().check(Role.ALL), Role.ALL)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page listens, on 127.0.0.1.")] = 8800,
    days: Annotated[int, typer.Option(help="How many days of history to make.")] = 90,
) -> None:
    """The product on your desk: a local workspace, an agency with history, the app."""
    launch.run(port=port, days=days)


@app.command()
def migrate(
    to: Annotated[
        str | None, typer.Option(help="Go down to that revision: what it did not have is lost.")
    ] = None,
) -> None:
    """Bring the database's schema to this version, or down to an older one."""
    settings = Settings.read()
    if to is None:
        asyncio.run(migrations.upgrade(settings.database_url))
        typer.echo("The schema is up to date.")
    else:
        asyncio.run(migrations.downgrade(settings.database_url, to))
        typer.echo(f"The schema is at {to}.")


@app.command()
def check() -> None:
    """Look at the environment and report every problem together."""
    Settings.read().check(Role.ALL)
    typer.echo("The environment is fine.")


@app.command()
def manifest(
    *,
    prefix: Annotated[str, typer.Option(help="Put before each command, such as co-.")] = "",
    only: Annotated[str, typer.Option(help="Only these commands, such as clientops,ticket.")] = "",
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode.")] = False,
    url: Annotated[str | None, typer.Option(help="For HTTP: the public URL of the app.")] = None,
) -> None:
    """Write Slack's app manifest, made from the tables of commands and events."""
    if socket and url:
        raise typer.BadParameter("--socket and --url exclude each other.")
    chosen = tuple(name.strip() for name in only.split(",") if name.strip())
    urls = HttpUrls(url) if url else None
    typer.echo(manifest_text(prefix=prefix, only=chosen, urls=urls), nl=False)


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="What is in the file: clients.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing.")] = False,
    skip_bad: Annotated[
        Path | None, typer.Option(help="Import the good rows, write the refused ones here.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Take in records from a file, silently; all or nothing unless --skip-bad."""
    if kind != "clients":
        raise typer.BadParameter(f"“{kind}” cannot be imported. There is: clients.")
    read = read_clients(file)
    for warning in read.warnings:
        typer.echo(f"warning: {warning}", err=True)
    unreadable = bool(read.problems) and skip_bad is None
    report = _with_database(
        lambda db: _import_clients(
            db, workspace, read, skip_bad=skip_bad is not None, dry_run=dry_run or unreadable
        )
    )
    refused = by_line((*read.problems, *report.refused))
    if skip_bad is not None:
        write_refused(skip_bad, refused)
    elif refused:
        _refuse(refused)
    done = "would be" if dry_run else "were"
    typer.echo(
        f"{report.created} clients {done} created, {report.updated} changed, "
        f"{len(refused)} refused."
    )


@app.command()
def report(
    kind: Annotated[str, typer.Argument(help="Which report: daily.")],
    workspace: WorkspaceOption = None,
) -> None:
    """A report, now, as JSON."""
    if kind != "daily":
        raise typer.BadParameter(f"“{kind}” is no report yet. There is: daily.")

    async def make(database: Database) -> str:
        found = await _workspace(database, workspace)
        services = build_services(
            database, database.installations, SystemClock(), policy_of(Settings.read())
        )
        snapshot = await services.reports.daily(found.id)
        facts = TypeAdapter(DailySnapshot).dump_python(snapshot, mode="json")
        return json.dumps(facts, ensure_ascii=False, indent=2)

    typer.echo(_with_database(make))


async def _import_clients(
    database: Database, team: str | None, read: ClientFile, *, skip_bad: bool, dry_run: bool
) -> Imported:
    found = await _workspace(database, team)
    services = build_services(
        database, database.installations, SystemClock(), policy_of(Settings.read())
    )
    return await services.clients.take_in(found.id, read.rows, skip_bad=skip_bad, dry_run=dry_run)


async def _workspace(database: Database, team: str | None) -> Workspace:
    known = await database.installations.workspaces()
    chosen = [w for w in known if team in {None, w.team_id}]
    if len(chosen) == 1:
        return chosen[0]
    if not known:
        raise UserError("No workspace is known yet. Start the app once, so that it finds out.")
    teams = ", ".join(f"{w.team_id} ({w.name})" for w in known)
    raise UserError(f"Name one with --workspace: {teams}.")


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        settings = Settings.read()
        await migrations.check(settings.database_url)
        database = open_database(settings)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def _refuse(problems: Sequence[RowProblem]) -> None:
    for problem in problems:
        typer.echo(f"{problem.place}: {problem.reason}", err=True)
    typer.echo("Nothing was imported. Mend these, or use --skip-bad FILE.", err=True)
    raise typer.Exit(1)


def main() -> None:
    """Exit 0 done, 1 refused or failed, 2 wrong usage."""
    try:
        app()
    except ConfigError as error:
        sys.stderr.write("".join(f"{problem}\n" for problem in error.problems))
        sys.exit(1)
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
