"""The agency of the demo: what is promised is there, and the demo comes and goes cleanly."""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.demo.history import Made, make_history
from bot.domain.alerts import Condition, EpisodeState
from bot.domain.clients import ClientStatus
from bot.domain.ids import TeamId, UserId, WorkspaceId
from bot.domain.people import TEAM_ROLES, Role, Standing
from bot.domain.tickets import Priority, Ticket, TicketStatus
from bot.settings import Settings
from handlers.manifest import HttpUrls, manifest
from simulator.server import Workspace, serve
from store.database import Database

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).parents[2]
BERLIN, LONDON, NEW_YORK = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Europe/London", "America/New_York")
)
THURSDAY = datetime(2026, 11, 19, 9, 40, tzinfo=UTC)  # 10:40 in Berlin
DAYS = 10
MORNINGS = 8  # working days at 08:00 in those ten days


@dataclass(frozen=True)
class Past:
    made: Made
    ws: Workspace
    database: Database
    workspace_id: WorkspaceId

    async def tickets(self) -> list[Ticket]:
        async with self.database.unit_of_work(self.workspace_id) as uow:
            found = [await uow.tickets.by_key(key) for key in self.made.tickets]
        return [ticket for ticket in found if ticket is not None]


async def history(ws: Workspace, database_url: str, days: int) -> Made:
    fields = {
        "database_url": database_url,
        "slack_bot_token": ws.team.bot_token,
        "slack_api_url": ws.api_url,
        "clientops_ops_channel": "ops",
        "clientops_alert_channel": "alerts",
        "clientops_timezone": BERLIN.key,
    }
    return await make_history(ws.url, Settings.model_validate(fields), days)


@asynccontextmanager
async def desk() -> AsyncIterator[Workspace]:
    document = manifest(urls=HttpUrls("https://desk.example"))
    async with serve(manifest=document, now=THURSDAY) as ws:
        yield ws


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def past(sqlite_template, tmp_path_factory) -> AsyncIterator[Past]:
    """Ten days, written once and looked at by several tests."""
    url = copied(sqlite_template, tmp_path_factory.mktemp("past"))
    async with desk() as ws:
        made = await history(ws, url, DAYS)
        database = Database(url)
        workspace = await database.installations.workspace(TeamId(ws.team.id))
        assert workspace is not None
        yield Past(made, ws, database, workspace.id)
        await database.close()


def copied(template: Path, folder: Path) -> str:
    path = shutil.copy(template, folder / "demo.db")
    return f"sqlite+aiosqlite:///{path}"


async def test_the_agency_is_all_there(past: Past) -> None:
    rows, total = await past.database.facts.clients(past.workspace_id, limit=50, offset=0)
    assert total == past.made.clients == 12
    assert {row.status for row in rows} == set(ClientStatus)

    async with past.database.unit_of_work(past.workspace_id) as uow:
        people = await uow.people.with_roles()
        gia, olaf = [await uow.people.find(UserId(user)) for user in ("U0GIA", "U0OLAF")]
    assert len(people) == past.made.people == 6
    assert set(TEAM_ROLES) <= {role for person in people for role in person.roles}
    assert [person.user_id for person in people if person.has(Role.ADMIN)] == ["U0DANA"]
    assert gia is not None
    assert gia.standing is Standing.GUEST
    assert olaf is not None
    assert olaf.standing is Standing.OUTSIDER

    tickets = await past.tickets()
    statuses = {ticket.status for ticket in tickets}
    assert {TicketStatus.NEW, TicketStatus.IN_PROGRESS, TicketStatus.CLOSED} <= statuses
    assert len(tickets) == len(set(past.made.tickets))
    assert past.ws.problems == []


async def test_something_is_about_to_happen(past: Past) -> None:
    tickets = {ticket.key: ticket for ticket in await past.tickets()}
    urgent = tickets[past.made.unanswered or ""]
    assert urgent.priority is Priority.CRITICAL
    assert urgent.responded_at is None
    assert THURSDAY < urgent.response_due_at < THURSDAY + timedelta(hours=4)
    assert urgent.source is not None
    assert urgent.source.channel == "C0ACME"

    async with past.database.unit_of_work(past.workspace_id) as uow:
        running = [
            episode
            for ticket in tickets.values()
            for episode in await uow.episodes.running(ticket_id=ticket.id)
            if episode.condition is Condition.SLA_BREACH
        ]
    assert EpisodeState.OPEN in {episode.state for episode in running}


async def test_each_working_day_has_its_digest(past: Past) -> None:
    ops = past.ws.state.channels["C0OPS"].messages
    written = [
        datetime.fromtimestamp(float(row.ts), BERLIN)
        for row in ops
        if row.body["text"].startswith("Daily snapshot")
    ]
    assert len(written) == len({at.date() for at in written}) == MORNINGS
    assert {(at.hour, at.minute) for at in written} == {(8, 0)}
    assert all(at.weekday() < 5 for at in written)


async def test_the_clock_is_left_where_it_was(past: Past) -> None:
    assert past.ws.clock.running
    assert THURSDAY <= past.ws.now() < THURSDAY + timedelta(minutes=5)


async def test_the_same_end_makes_the_same_past(past: Past, database_url) -> None:
    async with desk() as ws:
        assert await history(ws, database_url, DAYS) == past.made


async def test_without_days_there_are_clients_and_people_only(sqlite_template, tmp_path) -> None:
    async with desk() as ws:
        made = await history(ws, copied(sqlite_template, tmp_path), 0)
    assert (made.clients, made.people, made.tickets, made.unanswered) == (12, 6, (), None)


async def test_the_demo_comes_up_answers_and_goes(tmp_path) -> None:
    port = free_port()
    demo = await start_demo(tmp_path, port, "--days", "3")
    try:
        said = await until(demo, "Logs:")
        assert f"ClientOps is at http://127.0.0.1:{port}" in said
        body = {"as": "U0ANNA", "channel": "C0GENERAL", "text": "/client status acme"}
        answer = await asyncio.to_thread(post, f"http://127.0.0.1:{port}/_demo/act", body)
        assert answer["ok"], answer
        assert "ACME Incorporated (ACME) is active" in answer["ack"]["text"]
    finally:
        demo.send_signal(signal.SIGINT)
        rest, _ = await asyncio.wait_for(demo.communicate(), 30)
    assert demo.returncode == 0, rest
    assert "Traceback" not in rest.decode()
    with socket.create_server(("127.0.0.1", port)):
        pass  # nobody listens there any more


async def test_a_taken_port_is_told(tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = await start_demo(tmp_path, port)
        said, _ = await asyncio.wait_for(demo.communicate(), 30)
    assert demo.returncode == 1
    assert said.decode() == f"Port {port} is taken. Choose another one with --port.\n"


async def start_demo(folder: Path, port: int, *more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--port",
        str(port),
        *more,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def until(demo: asyncio.subprocess.Process, words: str) -> str:
    assert demo.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while words not in said:
            line = await demo.stdout.readline()
            assert line, said
            said += line.decode()
    return said


def post(url: str, body: dict[str, str]) -> dict:
    request = urllib.request.Request(url, json.dumps(body).encode())  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - loopback
        return json.load(response)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
