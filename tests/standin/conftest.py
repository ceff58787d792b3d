"""The app as a real process in Socket Mode, a Slack that others wrote, and a clock of our own.

Refuses to run where the stand-in could be reached from outside.
"""

import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.domain.ids import UserId
from bot.domain.people import Role
from store.database import Database
from tests.standin.clock import Clock, serving
from tests.standin.processes import process
from tests.standin.slack import StandIn, standing_in

BINARY = Path(__file__).parent / "node_modules/local-slack-linux-x64/bin/local-slack"
# Nobody else is in this network namespace, so ports can be fixed.
SLACK_PORT, CLOCK_PORT, APP_PORT = 3100, 3200, 3300
SLACK, APP = f"http://127.0.0.1:{SLACK_PORT}", f"http://127.0.0.1:{APP_PORT}"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Berlin, a working day
ROLES = {
    UserId("U0ANNA"): Role.ACCOUNT_MANAGER,
    UserId("U0CARLA"): Role.SUPPORT_CONTACT,
    UserId("U0DANA"): Role.OPERATIONS_MANAGER,
    UserId("U0ERIK"): Role.MANAGING_DIRECTOR,
}
BOT = "U0BOT"
EVERYBODY = [*ROLES, BOT]
WORKSPACE = {
    "workspace": {"name": "Standard Agency", "domain": "agency", "teamId": "T0AGENCY"},
    "app": {
        "appId": "A0CLIENTOPS",
        "botUserId": BOT,
        "botName": "clientops",
        "botToken": "xoxb-stand-in",
        "appToken": "xapp-stand-in",
        "mode": "socket",
    },
    "users": [
        {"id": str(user), "name": user.removeprefix("U0").lower(), "tz": "Europe/Berlin"}
        for user in ROLES
    ],
    "channels": [
        {"id": f"C0{name.upper()}", "name": name, "members": EVERYBODY}
        for name in ("general", "ops", "alerts")
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    slack: StandIn
    clock: Clock


@pytest.fixture
async def office(tmp_path, sqlite_template, alone) -> AsyncIterator[Office]:
    database_url = f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / 'test.db')}"
    workspace = tmp_path / "workspace.yml"
    workspace.write_text(yaml.safe_dump(WORKSPACE), encoding="utf-8")
    clock = Clock(MONDAY)
    async with (
        serving(clock, CLOCK_PORT) as clock_url,
        process(
            [BINARY, "--config", workspace, "--port", str(SLACK_PORT)],
            ready=f"{SLACK}/_control/state",
            log=tmp_path / "slack.log",
            environment={"TMPDIR": str(tmp_path)},
        ),
        standing_in(SLACK) as slack,
        process(
            [sys.executable, "-m", "bot", "all"],
            ready=f"{APP}/readyz",
            log=tmp_path / "app.log",
            environment=os.environ | environment(database_url, clock_url),
        ),
    ):
        await slack.eventually(slack.connected)
        await give_roles(database_url)
        yield Office(slack=slack, clock=clock)


@pytest.fixture
def alone() -> None:
    """The stand-in listens on every interface: there must be none but loopback."""
    routes = Path("/proc/self/net/route").read_text(encoding="ascii").splitlines()[1:]
    addresses = Path("/proc/self/net/if_inet6").read_text(encoding="ascii").splitlines()
    outside = [line for line in addresses if line.split()[-1] != "lo"]
    assert not routes + outside, "not in a network namespace of its own: use `make standin`"


def environment(database_url: str, clock_url: str) -> dict[str, str]:
    """What an operator exports for Socket Mode, and the clock."""
    return {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": "xoxb-stand-in",
        "SLACK_APP_TOKEN": "xapp-stand-in",
        "SLACK_API_URL": f"{SLACK}/api/",
        "PORT": str(APP_PORT),
        "CLIENTOPS_CLOCK_URL": clock_url,
        "CLIENTOPS_OPS_CHANNEL": "ops",
        "CLIENTOPS_ALERT_CHANNEL": "alerts",
        "CLIENTOPS_TIMEZONE": "Europe/Berlin",
    }


async def give_roles(database_url: str) -> None:
    """The stand-in knows no admins, so nobody there could begin with `/ops people`."""
    database = Database(database_url)
    try:
        [workspace] = await database.installations.workspaces()
        async with database.unit_of_work(workspace.id) as uow:
            for user, role in ROLES.items():
                await uow.people.set_roles(user, frozenset({role}))
    finally:
        await database.close()
