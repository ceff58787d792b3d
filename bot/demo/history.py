"""Gives the demo agency a past: the app's own use cases, run with the clock in the past."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import ClientSession
from prometheus_client import CollectorRegistry

from bot.app import App
from bot.domain.ids import Destination, UserId, WorkspaceId
from bot.domain.people import Role
from bot.imports.clients import read_clients
from bot.settings import Settings
from bot.telemetry import Metrics

AGENCY = Path(__file__).parent / "agency.yml"


class PastClock:
    """Stands where history is being written, and takes the local workspace along."""

    def __init__(self, url: str, session: ClientSession, at: datetime) -> None:
        self._url = url
        self._session = session
        self._now = at

    def now(self) -> datetime:
        return self._now

    async def move(self, to: datetime) -> None:
        self._now = to
        async with self._session.post(
            f"{self._url}/_demo/clock", json={"set": to.isoformat()}
        ) as answer:
            answer.raise_for_status()


async def no_pace(_destination: Destination) -> None:
    """History is written as fast as it goes."""


async def make_history(url: str, settings: Settings, days: int) -> None:
    async with ClientSession() as session:
        async with session.get(f"{url}/_demo/clock") as answer:
            today = datetime.fromisoformat((await answer.json())["now"]).astimezone(UTC)
        clock = PastClock(url, session, today)
        await clock.move(today - timedelta(days=days))
        app = App.build(settings, clock=clock, metrics=Metrics(CollectorRegistry()), pace=no_pace)
        try:
            workspace = await app.install_static()
            assert workspace is not None  # noqa: S101 - the demo has a static token
            await _people(app, workspace.id)
            file = read_clients(AGENCY)
            await app.services.clients.take_in(workspace.id, file.rows)
            while clock.now() < today:
                due = await app.scheduler.run_until_idle()
                await clock.move(min(due or today, today))
            await app.scheduler.run_until_idle()
        finally:
            await app.close()


ROLES = {
    "anna.becker": {Role.ACCOUNT_MANAGER},
    "ben.okafor": {Role.IMPLEMENTATION_MANAGER, Role.TECHNICAL_SPECIALIST},
    "carla.rossi": {Role.SUPPORT_CONTACT, Role.TRAINING_COORDINATOR},
    "dana.novak": {Role.OPERATIONS_MANAGER, Role.ADMIN},
    "erik.lund": {Role.MANAGING_DIRECTOR},
    "farid.haddad": {Role.SALES_REPRESENTATIVE, Role.ACCOUNT_MANAGER},
}


async def _people(app: App, workspace_id: WorkspaceId) -> None:
    async with app.database.unit_of_work(workspace_id) as uow:
        for name, roles in ROLES.items():
            person = await uow.people.by_email(f"{name}@northwind.example")
            if person is not None:
                await uow.people.set_roles(UserId(person.user_id), frozenset(roles))
