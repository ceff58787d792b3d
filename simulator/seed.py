"""Reads a workspace file: teams, people, channels. Refuses names it cannot resolve."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from simulator.manifest import Manifest
from simulator.model import Channel, Kind, Person, Team
from simulator.state import App, State

DEFAULT = Path(__file__).parent / "default" / "workspace.yml"
Row = Mapping[str, Any]


def load(path: Path, manifest: Manifest, now: int) -> State:
    """The state at the start; `now` in Unix seconds becomes the creation time of everything."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(document, Mapping) or not document.get("teams"):
        raise ValueError(f"{path} names no teams")
    return parse(document, manifest, now)


def parse(document: Row, manifest: Manifest, now: int) -> State:
    """As `load`, from the mapping itself."""
    return _Reader(manifest=manifest, now=now).read(document)


@dataclass(slots=True, kw_only=True)
class _Reader:
    manifest: Manifest
    now: int
    people_by_name: dict[str, Person] = field(default_factory=dict)

    def read(self, document: Row) -> State:
        state = State(app=self._app(document.get("app") or {}))
        for row in document["teams"]:
            state.add_team(self._team(row))
            for person in row.get("people") or ():
                self._person(state, row["id"], person)
        for row in document["teams"]:
            for channel in row.get("channels") or ():
                self._channel(state, state.teams[row["id"]], channel)
        return state

    def _app(self, row: Row) -> App:
        name = self.manifest.name
        return App(
            id=row.get("id", "A0" + _token(name, "id", 9).upper()),
            signing_secret=row.get("signing_secret", _token(name, "secret", 32)),
            app_token=row.get("app_token", f"xapp-1-{_token(name, 'app', 32)}"),
            verification_token=_token(name, "verification", 24),
        )

    def _team(self, row: Row) -> Team:
        team_id, zone = row["id"], row.get("zone", "Etc/UTC")
        team = Team(id=team_id, name=row["name"], domain=row.get("domain", ""), zone=zone)
        app = row.get("app", {})
        if app is False:
            return team
        tail = team_id.removeprefix("T")
        team.bot_token = app.get("bot_token", f"xoxb-{_token(self.manifest.name, team_id, 24)}")
        team.app_bot = Person(
            id=app.get("bot_user_id", f"UB{tail}"),
            team_id=team_id,
            name=self.manifest.bot_name.lower().replace(" ", ""),
            real_name=self.manifest.bot_name,
            kind="bot",
            zone=zone,
            bot_id=app.get("bot_id", f"B{tail}"),
        )
        return team

    def _person(self, state: State, team_id: str, row: Row) -> None:
        installed = state.teams[team_id].installed
        person = Person(
            id=row["id"],
            team_id=team_id,
            name=row["name"],
            real_name=row["real_name"],
            kind=cast(Kind, row.get("kind", "member" if installed else "outsider")),
            email=row.get("email"),
            title=row.get("title", ""),
            zone=row.get("zone", state.teams[team_id].zone),
            is_owner=bool(row.get("owner")),
            avatar=row.get("avatar", ""),
            updated=self.now,
        )
        if person.id in state.people:
            raise ValueError(f"the id {person.id} is there twice")
        state.people[person.id] = self.people_by_name[person.id] = person
        self.people_by_name.setdefault(person.name, person)

    def _channel(self, state: State, team: Team, row: Row) -> None:
        members = self._members(state, team, row.get("members", "everyone"))
        if row.get("bot") and team.installed:
            members.append(team.bot.id)
        channel = Channel(
            id=row["id"],
            name=row["name"],
            team_id=team.id,
            is_private=bool(row.get("private")),
            is_general=bool(row.get("general")),
            is_archived=bool(row.get("archived")),
            shared_with=set(row.get("shared_with") or ()),
            members=dict.fromkeys(members),
            created=self.now,
            creator=members[0] if members else "",
            topic=row.get("topic", ""),
            purpose=row.get("purpose", ""),
        )
        state.channels[channel.id] = channel

    def _members(self, state: State, team: Team, names: str | Sequence[str]) -> list[str]:
        """`everyone` is every member and admin of the team; else names or ids."""
        if names == "everyone":
            own = (row for row in state.people.values() if row.team_id == team.id)
            return [row.id for row in own if row.kind in {"member", "admin"}]
        unknown = [name for name in names if name not in self.people_by_name]
        if unknown:
            raise ValueError(f"nobody is called {', '.join(unknown)}")
        return [self.people_by_name[name].id for name in names]


def _token(name: str, use: str, length: int) -> str:
    """The same on every start, so that an app's settings survive a restart of the workspace."""
    return hashlib.sha256(f"{name}/{use}".encode()).hexdigest()[:length]
