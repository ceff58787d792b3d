"""One running workspace: its state, its clock, and its ways in and out, in one object."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.changes import Changes
from simulator.clock import Clock
from simulator.delivery.post import Post
from simulator.faults import Faults
from simulator.manifest import Manifest
from simulator.model import Channel, Message, Payload, Person, Team
from simulator.ratelimits import RateLimits
from simulator.state import State
from simulator.tickets import ResponseUrls, Triggers


@dataclass(slots=True, kw_only=True)
class Workspace:
    """Built by `simulator.server.serve`; `url` has no slash at its end."""

    manifest: Manifest
    state: State
    clock: Clock
    post: Post
    faults: Faults
    rates: RateLimits
    response_urls: ResponseUrls
    triggers: Triggers
    changes: Changes
    problems: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    @property
    def api_url(self) -> str:
        """The base URL for an SDK, with its slash."""
        return f"{self.url}/api/"

    @property
    def team(self) -> Team:
        """The first team of the file that has the app."""
        return self.state.installed()[0]

    def now(self) -> datetime:
        return self.clock.now()

    def stamp(self, channel: Channel) -> str:
        """A new message's ts: the clock's, never one that this channel has already."""
        wanted = int(self.clock.now().timestamp() * 1_000_000)
        behind = channel.last_us - 1_000_000 < wanted <= channel.last_us
        wanted = channel.last_us + 1 if behind else wanted
        while (ts := f"{wanted // 1_000_000}.{wanted % 1_000_000:06d}") in channel.by_ts:
            wanted += 1
        channel.last_us = wanted
        return ts

    def refuse(self, where: str, problems: list[str], payload: Any = None) -> None:
        """Puts a refused block, view or call on record for `/_demo/problems`."""
        self.problems.append(
            {
                "at": self.now().isoformat(),
                "where": where,
                "problems": problems,
                "payload": payload,
            }
        )
        self.changes.tell("problems")

    def announce(
        self,
        event: Payload,
        *,
        subscription: str | None = None,
        channel: Channel | None = None,
        team: Team | None = None,
    ) -> None:
        """Sends an event, if the manifest asks for it and the app may see where it happened."""
        if (subscription or event["type"]) not in self.manifest.events:
            return
        team = team or self._witness(channel)
        if team is None or not team.installed:
            return
        event_id = self.state.ids.new("Ev")
        event.setdefault("event_ts", f"{self.now().timestamp():.6f}")
        payload = {
            "token": self.state.app.verification_token,
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": None,
            "api_app_id": self.state.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": self.clock.timestamp(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.id,
                    "user_id": team.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
            "event_context": f"4-{event_id}",
        }
        self.post.publish(event["type"], payload)

    def _witness(self, channel: Channel | None) -> Team | None:
        """The installation that sees this channel: the host's first, else a guest team's."""
        if channel is None:
            return self.team
        ordered = sorted(channel.teams, key=lambda team_id: team_id != channel.team_id)
        for team_id in ordered:
            team = self.state.teams[team_id]
            if team.installed and team.bot.id in channel.members:
                return team
        return None

    def visible(self, message: Message, person: Person) -> bool:
        return message.only_for is None or message.only_for == person.id
