"""Whether the database answers and its schema is ours, for `/readyz`. Raises nothing."""

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import ConfigError
from store import migrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    answers: bool
    schema_matches: bool


async def health(url: str) -> Health:
    try:
        await migrate.check(url)
    except ConfigError:
        return Health(answers=True, schema_matches=False)
    except (SQLAlchemyError, OSError):
        return Health(answers=False, schema_matches=False)
    return Health(answers=True, schema_matches=True)
