"""The composition root: the only module that knows every concrete class."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import structlog

from bot.clocks import BorrowedClock, SystemClock
from bot.courier import ChannelPace, Courier, Pace
from bot.domain.errors import Undeliverable
from bot.domain.ids import TeamId
from bot.domain.policy import Policy
from bot.domain.timers import TimerKind
from bot.domain.workspaces import Installation, Workspace
from bot.jobs import JOBS
from bot.playbooks.policy import read_policy
from bot.ports import Clock, Installations
from bot.scheduler import Scheduler
from bot.services import Services
from bot.services.alerts import AlertDesk, DeliveryReports
from bot.services.clients import ClientDesk
from bot.services.people import PeopleDesk
from bot.services.reports import ReportDesk
from bot.services.tickets import TicketDesk
from bot.services.workspaces import WorkspaceDesk
from bot.settings import Settings
from bot.telemetry import Metrics
from handlers.app import SlackSide
from handlers.installing import find_channel, identify, usual_zone
from handlers.render import render
from handlers.sender import SlackSender
from handlers.tables import TABLES
from store.database import Database

log = structlog.get_logger(__name__)

POST_GAP_SECONDS = 1.0
POST_BURST = 5
IDLE_SECONDS = 20.0


class StaticToken:
    """Installations where one team's token stands in the environment and is stored nowhere.

    The token speaks for the team that Slack said it is of, and for no other. Another team in the
    same database is served only if it has a stored token of its own.
    """

    def __init__(self, inner: Installations, token: str) -> None:
        self._inner = inner
        self._token = token
        self._team: TeamId | None = None

    def speak_for(self, team_id: TeamId) -> None:
        """Slack cannot be asked now whose token this is; it was this team's before."""
        self._team = team_id

    async def put(self, installation: Installation, *, now: datetime) -> Workspace:
        if installation.bot_token != self._token:
            return await self._inner.put(installation, now=now)
        self._team = installation.team_id
        return await self._inner.put(replace(installation, bot_token=""), now=now)

    async def find(self, team_id: TeamId) -> Installation | None:
        found = await self._inner.find(team_id)
        if found is not None and team_id == self._team:
            return replace(found, bot_token=self._token)
        return found if found is not None and found.bot_token else None

    async def workspace(self, team_id: TeamId) -> Workspace | None:
        return await self._inner.workspace(team_id)

    async def revoke(self, team_id: TeamId, *, now: datetime) -> None:
        await self._inner.revoke(team_id, now=now)

    async def workspaces(self) -> Sequence[Workspace]:
        return await self._inner.workspaces()


def open_database(settings: Settings) -> Database:
    key = settings.clientops_secret_key
    return Database(settings.database_url, keys=[key.get_secret_value()] if key else [])


def installations_of(database: Database, settings: Settings) -> Installations:
    token = settings.slack_bot_token
    if token is None:
        return database.installations
    return StaticToken(database.installations, token.get_secret_value())


def policy_of(settings: Settings) -> Policy:
    path = settings.clientops_policy
    return read_policy() if path is None else read_policy(path)


def build_services(
    database: Database, installations: Installations, clock: Clock, policy: Policy
) -> Services:
    uow, facts = database.unit_of_work, database.facts
    return Services(
        workspaces=WorkspaceDesk(uow, installations, clock),
        people=PeopleDesk(uow, clock),
        clients=ClientDesk(uow, facts, clock),
        tickets=TicketDesk(uow, clock, policy),
        alerts=AlertDesk(uow, clock, policy),
        reports=ReportDesk(uow, facts, clock, policy),
    )


def build_courier(
    database: Database,
    slack: SlackSide,
    clock: Clock,
    policy: Policy,
    *,
    pace: Pace,
    metrics: Metrics,
) -> Courier:
    return Courier(
        queue=database.queue,
        uow=database.unit_of_work,
        sender=SlackSender(slack.api, render),
        receipts=DeliveryReports(policy),
        clock=clock,
        pace=pace,
        metrics=metrics,
    )


def build_scheduler(
    *,
    database: Database,
    installations: Installations,
    services: Services,
    courier: Courier,
    clock: Clock,
    policy: Policy,
    metrics: Metrics,
) -> Scheduler:
    return Scheduler(
        clock=clock,
        timers=database.due_timers,
        queue=database.queue,
        installations=installations,
        uow=database.unit_of_work,
        courier=courier,
        services=services,
        jobs=JOBS,
        on_timer={
            TimerKind.TICKET_WARNING: services.tickets.on_timer,
            TimerKind.TICKET_BREACH: services.tickets.on_timer,
            TimerKind.EPISODE_STEP: services.alerts.on_timer,
        },
        policy=policy,
        metrics=metrics,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything wired. `start` and `stop` bracket a process; tests take the parts by name."""

    settings: Settings
    clock: Clock
    database: Database
    installations: Installations
    services: Services
    slack: SlackSide
    courier: Courier
    scheduler: Scheduler
    metrics: Metrics

    @classmethod
    def build(
        cls, settings: Settings, *, clock: Clock, metrics: Metrics, pace: Pace | None = None
    ) -> Self:
        """Wire the application. Must be called inside the running loop."""
        database = open_database(settings)
        installations = installations_of(database, settings)
        policy = policy_of(settings)
        services = build_services(database, installations, clock, policy)
        pace = pace or ChannelPace(gap=POST_GAP_SECONDS, burst=POST_BURST)
        slack = SlackSide.connect(
            api_url=settings.slack_api_url,
            tables=TABLES,
            services=services,
            facts=database.facts,
            installations=installations,
            clock=clock,
            metrics=metrics,
        )
        courier = build_courier(database, slack, clock, policy, pace=pace, metrics=metrics)
        parts = cls(
            settings=settings,
            clock=clock,
            database=database,
            installations=installations,
            services=services,
            slack=slack,
            courier=courier,
            scheduler=build_scheduler(
                database=database,
                installations=installations,
                services=services,
                courier=courier,
                clock=clock,
                policy=policy,
                metrics=metrics,
            ),
            metrics=metrics,
        )
        database.on_queued(parts.scheduler.wake)
        return parts

    async def install_static(self) -> Workspace | None:
        """One workspace by the environment's token: who it is, its channels, its directory."""
        token = self.settings.slack_bot_token
        if token is None:
            return None
        secret, client = token.get_secret_value(), self.slack.api.client
        found = await identify(client, secret)
        known = await self.installations.find(found.team_id)
        if known is None:
            found = replace(
                found,
                zone=self.settings.clientops_timezone or "UTC",
                ops_channel=await find_channel(client, secret, self.settings.clientops_ops_channel),
                alert_channel=await find_channel(
                    client, secret, self.settings.clientops_alert_channel
                ),
            )
        workspace = await self.services.workspaces.install(found)
        await self.sync_directory(workspace, first=known is None)
        return workspace

    async def assume_static(self) -> bool:
        """Without Slack's word, the only workspace there is; False when it is not the only one."""
        known = await self.installations.workspaces()
        if len(known) != 1 or not isinstance(self.installations, StaticToken):
            return bool(known) and self.settings.oauth
        self.installations.speak_for(known[0].team_id)
        return True

    async def sync_directory(self, workspace: Workspace, *, first: bool) -> None:
        """Everybody Slack knows; on the first time also the zone most of them live in."""
        try:
            profiles = await self.slack.directory.profiles(workspace.team_id)
        except Undeliverable as error:
            log.warning("directory.unreadable", reason=str(error))  # people are met one by one
            return
        await self.services.people.take_in(workspace.id, profiles)
        if first and self.settings.clientops_timezone is None:
            members = [profile for profile in profiles if profile.standing == "member"]
            await self.services.workspaces.guess_zone(workspace.id, usual_zone(members))

    async def when_idle(self) -> datetime | None:
        """Finish what was begun and all that is due; when the next thing is."""
        await self.slack.background.settled(IDLE_SECONDS)
        return await self.scheduler.run_until_idle()

    async def when_answered(self) -> None:
        """A process that only answers has nothing of its own to wait for."""
        await self.slack.background.settled(IDLE_SECONDS)

    async def close(self) -> None:
        """Drain what was accepted, let what is on its way land, then hang up."""
        await self.slack.close()
        await self.database.close()


def make_clock(settings: Settings) -> SystemClock | BorrowedClock:
    if settings.clientops_clock_url is None:
        return SystemClock()
    listener = f"clientops-{os.getpid()}-{secrets.token_hex(2)}"
    return BorrowedClock(settings.clientops_clock_url, listener)
