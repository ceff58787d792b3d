"""Moves a database's schema up and down, and refuses to start on one that does not match."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from bot.domain.errors import ConfigError
from store.database import checked_url, write_engine

COMMAND = "python -m bot migrate"


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the schema up to that revision, in one transaction. Raises ConfigError."""
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str) -> None:
    """Bring the schema down to that revision (`base` is none at all); what it held is gone."""
    await _run(url, lambda config: command.downgrade(config, revision))


async def current(url: str) -> str | None:
    """The revision the database is at; None when it has no schema."""
    engine = write_engine(checked_url(url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_revision)
    finally:
        await engine.dispose()


def newest() -> str:
    """The revision this version of the app works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise ConfigError(["This installation has no migrations: install it again."])
    return head


async def check(url: str) -> None:
    """Raises ConfigError naming the command to run unless the schema is the one we work with."""
    found, wanted = await current(url), newest()
    if found == wanted:
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is None:
        problem = f"The database has no schema yet: run `{COMMAND}`."
    elif found in known:
        problem = f"The schema is older ({found}, not {wanted}): run `{COMMAND}`."
    else:
        problem = (
            f"The schema is newer ({found}) than this version knows ({wanted}): install the newer "
            f"version, or run its `{COMMAND} --to {wanted}` first."
        )
    raise ConfigError([problem])


async def _run(url: str, step: Callable[[Config], Any]) -> None:
    engine = write_engine(checked_url(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _leave_references)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_stepper(step))
    finally:
        await engine.dispose()


def _leave_references(connection: Any, _record: Any) -> None:
    """SQLite alters a table by making it anew; what points at it must not be in the way."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.close()


def _stepper(step: Callable[[Config], Any]) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        step(config)
        if connection.dialect.name == "sqlite":
            _check_references(connection)

    return run


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise ConfigError([f"Rows of {tables} point nowhere: nothing was changed."])


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
