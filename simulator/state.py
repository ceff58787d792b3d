"""Everything a workspace holds, in memory, and its look-ups. Decides nothing, sends nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from simulator.errors import DemoError
from simulator.ids import Ids
from simulator.model import Channel, File, Kind, OpenView, Person, Team


@dataclass(slots=True, kw_only=True)
class App:
    """The one app of the workspace file, as Slack's settings page would show it."""

    id: str
    signing_secret: str
    app_token: str
    verification_token: str


@dataclass(slots=True, kw_only=True)
class State:
    app: App
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, OpenView] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    view_errors: dict[str, str] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    ids: Ids = field(default_factory=Ids)
    _by_token: dict[str, Team] = field(default_factory=dict)
    _ims: dict[frozenset[str], Channel] = field(default_factory=dict)

    def add_team(self, team: Team) -> None:
        self.teams[team.id] = team
        if team.installed:
            self._by_token[team.bot_token] = team
            self.people[team.bot.id] = team.bot

    def team_of_token(self, token: str) -> Team | None:
        return self._by_token.get(token)

    def installed(self) -> list[Team]:
        """The teams with the app, in the order of the file."""
        return [team for team in self.teams.values() if team.installed]

    def team(self, team_id: str) -> Team:
        """Raises DemoError: for ids that people at the control name."""
        try:
            return self.teams[team_id]
        except KeyError:
            raise DemoError("team_not_found", f"no team has the id {team_id!r}") from None

    def person(self, user_id: str) -> Person:
        """Raises DemoError: for ids that people at the control name."""
        try:
            return self.people[user_id]
        except KeyError:
            raise DemoError("user_not_found", f"nobody has the id {user_id!r}") from None

    def channel(self, name_or_id: str) -> Channel:
        """By id, or by `#name`. Raises DemoError."""
        found = self.find_channel(name_or_id)
        if found is None:
            raise DemoError("channel_not_found", f"there is no channel {name_or_id!r}")
        return found

    def find_channel(self, name_or_id: str, team_id: str | None = None) -> Channel | None:
        if name_or_id in self.channels:
            return self.channels[name_or_id]
        name = name_or_id.removeprefix("#")
        rows = (row for row in self.channels.values() if row.kind == "channel" and row.name == name)
        return next((row for row in rows if team_id is None or team_id in row.teams), None)

    def channels_of(self, user_id: str) -> Iterator[Channel]:
        return (row for row in self.channels.values() if user_id in row.members)

    def im(self, one: str, other: str) -> Channel | None:
        return self._ims.get(frozenset((one, other)))

    def open_im(self, team: Team, one: str, other: str, created: int) -> Channel:
        """The direct messages of two people, made on first use."""
        found = self.im(one, other)
        if found is None:
            found = Channel(
                id=self.ids.new("D"),
                name="",
                team_id=team.id,
                kind="im",
                is_private=True,
                created=created,
                members={one: None, other: None},
            )
            self.channels[found.id] = found
            self._ims[frozenset((one, other))] = found
        return found

    def home_team(self, person: Person, channel: Channel | None = None) -> Team:
        """The installation for this person: their own team's, or one they share a channel with."""
        team = self.teams[person.team_id]
        if team.installed:
            return team
        candidates: Iterable[Channel] = [channel] if channel else self.channels_of(person.id)
        for row in candidates:
            for team_id in sorted(row.teams, key=lambda known: known != row.team_id):
                if self.teams[team_id].installed:
                    return self.teams[team_id]
        raise DemoError("no_installation", f"the app is in no workspace that {person.id} can see")

    def kind_for(self, person: Person, team_id: str) -> Kind:
        """What this person is to a team: everyone of another team is an outsider."""
        return person.kind if person.team_id == team_id else "outsider"

    def circle(self, team_id: str) -> list[Person]:
        """The team's people, then those of other teams who are in one of its channels."""
        own = [row for row in self.people.values() if row.team_id == team_id]
        guests = {
            user: None
            for channel in self.channels.values()
            if team_id in channel.teams
            for user in channel.members
            if self.people[user].team_id != team_id
        }
        return own + [self.people[user] for user in guests]

    def shares_channel(self, person: Person, member: str) -> bool:
        return any(member in channel.members for channel in self.channels_of(person.id))
