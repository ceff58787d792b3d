"""A Slack side with rows of the test's own, people of its own and a peer for Slack's Web API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from prometheus_client import CollectorRegistry

from bot.domain.people import Asker, Person, Profile, Role, Standing
from bot.domain.workspaces import Installation, Workspace
from bot.telemetry import Metrics
from handlers.acks import Ack
from handlers.app import SlackSide
from handlers.background import ROOM
from handlers.table import Tables
from handlers.turns import PATIENCE, Kind
from tests.peers.slack_api import SlackApi, slack_api

TEAM, ANNA, GUEST, NEW, OUTSIDER, BOT = "T1", "U1", "U2", "U3", "U4", "U5"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WORKSPACE = Workspace(id=1, team_id=TEAM, name="Team", zone="Europe/Berlin", created_at=NOW)
INSTALLATION = Installation(
    team_id=TEAM,
    team_name="Team",
    bot_token="xoxb-1",
    bot_user_id="UBOT",
    bot_id="B1",
    zone="Europe/Berlin",
)
STANDINGS = {
    ANNA: Standing.MEMBER,
    GUEST: Standing.GUEST,
    OUTSIDER: Standing.OUTSIDER,
    BOT: Standing.BOT,
}


class Stopped:
    def now(self) -> datetime:
        return NOW


@dataclass
class Known:
    """Facts, installations and the people desk in one: what the tests' workspace knows."""

    people: dict[str, Person] = field(default_factory=dict)
    asked: int = 0
    found: int = 0
    installed: bool = True
    broken: Exception | None = None
    refused: list[tuple[str, str]] = field(default_factory=list)

    async def asker(self, team_id: str, user_id: str) -> Asker | None:
        self.asked += 1
        if self.broken:
            raise self.broken
        person = self.people.get(user_id) if team_id == TEAM else None
        if person is None:
            return None
        return Asker(workspace_id=1, team_id=TEAM, person=person, zone="Europe/Berlin")

    async def find(self, team_id: str) -> Installation | None:
        self.found += 1
        return INSTALLATION if team_id == TEAM and self.installed else None

    async def workspace(self, team_id: str) -> Workspace | None:
        return WORKSPACE if team_id == TEAM else None

    async def note_refusal(self, asker: Asker, what: str) -> None:
        self.refused.append((asker.user_id, what))

    async def take_in(self, _workspace_id: int, profiles: list[Profile]) -> None:
        for one in profiles:
            self.people[one.user_id] = person(one.user_id, one.standing)


def person(user_id: str, standing: Standing) -> Person:
    return Person(
        user_id=user_id,
        name=user_id,
        email=None,
        zone=None,
        standing=standing,
        roles=frozenset({Role.SUPPORT_CONTACT}),
    )


@dataclass
class Counter:
    """Everything a test needs to speak to the Slack side as Slack does."""

    slack: SlackSide
    api: SlackApi
    known: Known

    async def says(self, payload: dict[str, Any], *, done: bool = True) -> Ack:
        """Deliver it; the ack leaves; with `done` everything that follows has happened too."""
        response = await self.slack.dispatch(payload, {})
        if isinstance(response, Ack):
            response.left()
        if done:
            await self.settles()
        return response

    async def settles(self) -> None:
        assert await self.slack.background.settled(5)

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What came through response URLs."""
        return self.api.of("answer")

    def command(self, text: str, *, user: str = ANNA, command: str = "/client") -> dict[str, Any]:
        return {
            "command": command,
            "text": text,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": "C1",
            "trigger_id": "1.2.abc",
            "response_url": f"{self.api.url}answer",
        }

    def press(
        self, action_id: str, value: str = "", *, user: str = ANNA, **more: Any
    ) -> dict[str, Any]:
        return {
            "type": "block_actions",
            "team": {"id": TEAM, "domain": "team"},
            "user": {"id": user, "team_id": "T9" if user == OUTSIDER else TEAM},
            "trigger_id": "1.2.abc",
            "container": {"type": "message", "message_ts": "7.1", "channel_id": "C1"},
            "channel": {"id": "C1", "name": "acme"},
            "message": {"ts": "7.1", "text": "card", "user": "UBOT"},
            "response_url": f"{self.api.url}answer",
            "actions": [
                {
                    "type": "button",
                    "action_id": action_id,
                    "block_id": "b",
                    "value": value,
                    "action_ts": "8.1",
                }
            ],
        } | more

    def submission(
        self, callback_id: str, values: dict[str, Any], *, blocks: list | None = None, **more: Any
    ) -> dict[str, Any]:
        return {
            "type": "view_submission",
            "team": {"id": TEAM, "domain": "team"},
            "user": {"id": ANNA, "team_id": TEAM},
            "trigger_id": "1.2.abc",
            "view": {
                "id": "V1",
                "hash": "h1",
                "type": "modal",
                "callback_id": callback_id,
                "private_metadata": "state",
                "title": {"type": "plain_text", "text": "Log a ticket"},
                "submit": {"type": "plain_text", "text": "Log"},
                "previous_view_id": None,
                "root_view_id": "V1",
                "blocks": blocks or [],
                "state": {"values": values},
            }
            | more,
        }

    def event(self, event: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": "Ev1",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": "UBOT", "is_bot": True}],
        } | more


@asynccontextmanager
async def counter(
    tables: Tables, *, patience: float | None = None, room: int = ROOM
) -> AsyncIterator[Counter]:
    known = Known({user: person(user, standing) for user, standing in STANDINGS.items()})
    waits = PATIENCE if patience is None else dict.fromkeys(Kind, timedelta(seconds=patience))
    async with slack_api() as api:
        slack = SlackSide.connect(
            api_url=api.url,
            tables=tables,
            services=SimpleNamespace(people=known),
            facts=known,
            installations=known,
            clock=Stopped(),
            metrics=Metrics(CollectorRegistry()),
            patience=waits,
            room=room,
        )
        try:
            yield Counter(slack, api, known)
        finally:
            await slack.close()
