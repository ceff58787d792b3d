"""One Web API call: its arguments, typed on the way in, and what its token may see."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, invalid_arguments
from simulator.model import Channel, Payload, Person, Team
from simulator.ratelimits import Tier
from simulator.workspace import Workspace

MAX_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`args` come from a form (all text) or from JSON (any type): the readers take both."""

    ws: Workspace
    team: Team
    method: str
    args: Payload

    @property
    def bot(self) -> Person:
        return self.team.bot

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def text(self, name: str) -> str | None:
        value = self.args.get(name)
        return None if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name)
        if value is None or value == "":
            return default
        return value if isinstance(value, bool) else str(value).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        if value in {None, ""}:
            return default
        try:
            return int(str(value))
        except ValueError:
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from None

    def json(self, name: str, kind: type[dict[str, Any]] | type[list[Any]], error: str) -> Any:
        """A nested value, given as JSON text or as itself; None when left out."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise ApiError(error) from None
        if not isinstance(value, kind):
            raise ApiError(error)
        return value

    def names(self, name: str) -> list[str]:
        """A comma-separated list, or a JSON one."""
        value = self.args.get(name) or ""
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def page(self, rows: Sequence[Any], *, default: int = 100) -> tuple[list[Any], Payload]:
        """The rows at `cursor`, and the `response_metadata` that leads to the next ones."""
        limit = self.number("limit", default) or default
        if not 0 < limit <= MAX_PAGE:
            raise ApiError("invalid_limit")
        start = self._start()
        ahead = start + limit
        cursor = f"n:{ahead}" if ahead < len(rows) else ""
        return list(rows[start:ahead]), {"next_cursor": cursor}

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        mark, _, digits = cursor.partition(":")
        if mark != "n" or not digits.isdigit():
            raise ApiError("invalid_cursor")
        return int(digits)

    def channel(self, name: str = "channel") -> Channel:
        """The conversation an argument names, if this token can see it at all."""
        found = self.ws.state.find_channel(self.need(name), self.team.id)
        if found is None or not self.sees(found):
            raise ApiError("channel_not_found")
        return found

    def sees(self, channel: Channel) -> bool:
        if self.team.id not in channel.teams:
            return False
        return not channel.is_private or self.bot.id in channel.members

    def member_of(self, channel: Channel) -> bool:
        return self.bot.id in channel.members

    def user(self, name: str = "user") -> Person:
        """The person an argument names, if this team knows them."""
        person = self.ws.state.people.get(self.need(name))
        if person is None or not self.knows(person):
            raise ApiError("user_not_found")
        return person

    def knows(self, person: Person) -> bool:
        if person.team_id == self.team.id:
            return True
        channels = self.ws.state.channels_of(person.id)
        return any(self.team.id in channel.teams for channel in channels)

    def need_scope(self, *alternatives: str) -> None:
        """Any one of these will do. Raises ApiError missing_scope."""
        granted = self.ws.manifest.scopes
        if alternatives and granted.isdisjoint(alternatives):
            raise ApiError(
                "missing_scope", needed=alternatives[0], provided=",".join(sorted(granted))
            )


Run = Callable[[Call], Awaitable[Payload]]


@dataclass(frozen=True, slots=True)
class Method:
    """A row of the table: what runs, what tier limits it, which scopes open it (any one)."""

    run: Run
    tier: Tier
    scopes: tuple[str, ...] = ()
