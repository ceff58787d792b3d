"""Gives the demo agency a past: the app's own use cases, run with the clock in the past.

Deeds of stories and the scheduler's own due times are taken in the order of their instants.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from bot.app import App, policy_of
from bot.demo.agency import (
    OPERATIONS_MANAGER,
    ROLES,
    Remark,
    as_of,
    clients,
    remarks,
    requests,
    turning_days,
)
from bot.demo.player import Cast, Deed, Player
from bot.demo.plot import Plot
from bot.demo.scenes import UNANSWERED, scenes
from bot.demo.stage import PastClock, Stage
from bot.demo.stories import Setting, Story
from bot.domain.errors import ConfigError
from bot.domain.ids import Destination, TeamId, UserId
from bot.domain.people import Asker
from bot.domain.workspaces import Workspace
from bot.services.clients import ClientRow
from bot.services.people import AssignRoles
from bot.settings import Settings
from bot.telemetry import Metrics

TURNED_AT = "09:05"
UNREAD_FOR = timedelta(minutes=75)
AT_LEAST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What there is at `now`, in the agency's zone; `unanswered` is the ticket to watch."""

    now: datetime
    clients: int
    people: int
    tickets: tuple[str, ...]
    unanswered: str | None


async def no_pace(_destination: Destination) -> None:
    """History is written as fast as it goes."""


async def make_history(url: str, settings: Settings, days: int) -> Made:
    """Write so many days up to the local workspace's present minute, and leave its clock there.

    Raises ConfigError when the workspace is not the one that agency.yml was written for.
    """
    async with Stage(url) as stage:
        end = (await stage.now()).replace(second=0, microsecond=0)
        clock = PastClock(stage, end)
        await stage.post("clock", running=False)
        await clock.move(end - timedelta(days=days))
        app = App.build(settings, clock=clock, metrics=Metrics(CollectorRegistry()), pace=no_pace)
        try:
            made = await _History(app, stage, clock, end).write()
        finally:
            await app.close()
        await stage.post("clock", running=True)
    return made


class _History:
    def __init__(self, app: App, stage: Stage, clock: PastClock, end: datetime) -> None:
        self._app = app
        self._stage = stage
        self._clock = clock
        self._start = clock.now()
        self._end = end

    async def write(self) -> Made:
        workspace = await self._app.install_static()
        if workspace is None:
            raise ConfigError(["The demo needs the token of its local workspace."])
        rows = clients(self._end.astimezone(ZoneInfo(workspace.zone)).date())
        cast = await self._cast(workspace)
        await self._meet_contacts(workspace, rows)
        setting = self._setting(workspace, cast)
        await self._take_in(cast, rows, setting.business.local_date(self._start))
        players = [
            Player(self._app, self._stage, cast, story, f"demo:{number}")
            for number, story in enumerate(_stories(setting, rows), start=1)
        ]
        own = [*self._turns(setting, cast, rows), *self._talk(setting), self._all_read()]
        await self._play([*own, *(deed for player in players for deed in player.deeds())])
        return _made(setting, rows, cast, players)

    async def _cast(self, workspace: Workspace) -> Cast:
        """Everybody with their roles; the operations manager is the first admin, and gives them."""
        people = self._app.services.people
        admin = await people.claim_admin(await self._asker(workspace, OPERATIONS_MANAGER))
        for email, roles in ROLES.items():
            asker = await self._asker(workspace, email)
            await people.assign(AssignRoles(by=admin, user_id=asker.user_id, roles=roles))
        members = {email: await self._asker(workspace, email) for email in ROLES}
        return Cast(workspace_id=workspace.id, members=members)

    async def _asker(self, workspace: Workspace, email: str) -> Asker:
        async with self._app.database.unit_of_work(workspace.id) as uow:
            person = await uow.people.by_email(email)
        found = person and await self._app.database.facts.asker(
            TeamId(workspace.team_id), UserId(person.user_id)
        )
        if not found:
            raise ConfigError([f"Nobody in {workspace.name} has the address {email}."])
        return found

    async def _meet_contacts(self, workspace: Workspace, rows: Sequence[ClientRow]) -> None:
        """Those who write to us from other workspaces are looked up as they would be."""
        directory = self._app.slack.directory
        users = [c.slack_user_id for row in rows for c in row.draft.contacts if c.slack_user_id]
        profiles = [await directory.profile(TeamId(workspace.team_id), user) for user in users]
        known = [profile for profile in profiles if profile is not None]
        await self._app.services.people.take_in(workspace.id, known)

    def _setting(self, workspace: Workspace, cast: Cast) -> Setting:
        return Setting(
            start=self._start,
            end=self._end,
            zone=ZoneInfo(workspace.zone),
            zones={email: ZoneInfo(asker.zone) for email, asker in cast.members.items()},
            policy=policy_of(self._app.settings),
        )

    async def _take_in(self, cast: Cast, rows: Sequence[ClientRow], day: date) -> None:
        """The clients as one would have written them down on that day."""
        known = [as_of(row, day) for row in rows]
        report = await self._app.services.clients.take_in(cast.workspace_id, known)
        if report.refused:
            raise ConfigError([f"{bad.place}: {bad.reason}" for bad in report.refused])

    def _turns(self, setting: Setting, cast: Cast, rows: Sequence[ClientRow]) -> list[Deed]:
        """A signature, a kick-off, a hand-off: taken in on the morning of its day."""

        def turn(day: date) -> Deed:
            return Deed(at=setting.at(day, TURNED_AT), do=lambda: self._take_in(cast, rows, day))

        return [turn(day) for day in turning_days(rows)]

    def _talk(self, setting: Setting) -> list[Deed]:
        """What people say to each other besides."""

        def said(remark: Remark) -> Deed:
            day = setting.business.add_business_days(setting.anchor(), -remark.ago)

            async def say() -> None:
                await self._stage.say(remark.who, remark.channel, remark.text)

            return Deed(at=setting.at(day, remark.at), do=say)

        return [said(remark) for remark in remarks()]

    def _all_read(self) -> Deed:
        """What is unread when the demo starts is what happened just now."""
        return Deed(at=self._end - UNREAD_FOR, do=self._stage.read_everything)

    async def _play(self, deeds: Sequence[Deed]) -> None:
        waiting = sorted(
            (deed for deed in deeds if self._start < deed.at <= self._end),
            key=lambda deed: deed.at,
            reverse=True,
        )
        while True:
            due = await self._app.scheduler.run_until_idle()
            if self._clock.now() >= self._end:
                return
            coming = max(due or self._end, self._clock.now() + AT_LEAST)
            next_deed = waiting[-1].at if waiting else self._end
            await self._clock.move(min(coming, next_deed, self._end))
            while waiting and waiting[-1].at <= self._clock.now():
                await waiting.pop().do()


def _stories(setting: Setting, rows: Sequence[ClientRow]) -> list[Story]:
    """What happened and what is going on, by the time of asking."""
    known = requests()
    told = [*Plot(setting, known).stories(rows), *scenes(setting, rows, known)]
    return sorted(told, key=lambda story: story.asked_at)


def _made(
    setting: Setting, rows: Sequence[ClientRow], cast: Cast, players: Sequence[Player]
) -> Made:
    tickets = [player.ticket.key for player in players if player.ticket is not None]
    urgent = [
        player.ticket.key
        for player in players
        if player.ticket is not None and player.story.request.scene == UNANSWERED
    ]
    return Made(
        now=setting.end.astimezone(setting.zone),
        clients=len(rows),
        people=len(cast.members),
        tickets=tuple(tickets),
        unanswered=urgent[0] if urgent else None,
    )
