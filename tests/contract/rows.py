"""Things to put into a store: valid, small, each different where it must be."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.alerts import Condition, EpisodeDraft
from bot.domain.clients import Client, ClientDraft, ClientStatus
from bot.domain.deliveries import Lane, Promise
from bot.domain.ids import ChannelId, ClientId, TeamId, UserId
from bot.domain.ladders import Ladder, Rung, Urgency
from bot.domain.notices import DeliveryParked
from bot.domain.people import Profile, Standing
from bot.domain.tickets import Priority, Ticket, TicketDraft
from bot.domain.workspaces import Installation, Workspace
from store.database import Database

NOW = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEASE = NOW + timedelta(minutes=2)
CHANNEL = ChannelId("C0ALERTS")


def installation(team: str = "T1", **changes: Any) -> Installation:
    fields: dict[str, Any] = {
        "team_id": TeamId(team),
        "team_name": f"Team {team}",
        "bot_token": "xoxb-secret",
        "bot_user_id": UserId("UBOT"),
        "bot_id": "BBOT",
        "zone": "Europe/London",
    }
    return Installation(**fields | changes)


async def a_workspace(database: Database, team: str = "T1") -> Workspace:
    return await database.installations.put(installation(team), now=NOW)


def profile(user: str = "U1", **changes: Any) -> Profile:
    fields: dict[str, Any] = {
        "user_id": UserId(user),
        "name": f"Person {user}",
        "email": f"{user}@agency.example",
        "zone": "Europe/Berlin",
        "standing": Standing.MEMBER,
    }
    return Profile(**fields | changes)


def client_draft(code: str = "ACME", **changes: Any) -> ClientDraft:
    fields: dict[str, Any] = {"code": code, "name": f"{code} Ltd", "status": ClientStatus.ACTIVE}
    return ClientDraft(**fields | changes)


async def a_client(
    database: Database, workspace: Workspace, code: str = "ACME", **changes: Any
) -> Client:
    async with database.unit_of_work(workspace.id) as uow:
        return await uow.clients.add(client_draft(code, **changes), now=NOW)


def ticket_draft(client_id: ClientId, **changes: Any) -> TicketDraft:
    fields: dict[str, Any] = {
        "client_id": client_id,
        "title": "The printer is on fire",
        "priority": Priority.HIGH,
        "opened_by": UserId("U1"),
        "requested_at": NOW,
        "created_at": NOW,
        "response_warn_at": NOW + 3 * HOUR,
        "response_due_at": NOW + 4 * HOUR,
        "resolution_warn_at": NOW + 6 * HOUR,
        "resolution_due_at": NOW + 8 * HOUR,
    }
    return TicketDraft(**fields | changes)


async def a_ticket(
    database: Database, workspace: Workspace, client: Client, **changes: Any
) -> Ticket:
    async with database.unit_of_work(workspace.id) as uow:
        return await uow.tickets.add(ticket_draft(client.id, **changes))


def a_ladder() -> Ladder:
    hold = timedelta(hours=24)
    return Ladder(
        rungs=(
            Rung(level=1, role="account_manager", hold=hold, calendar="24x5"),
            Rung(level=2, role="operations_manager", hold=hold / 2, calendar="24x5"),
        ),
        entry=1,
        top=2,
        repeat_every=4 * HOUR,
        repeats=3,
        ask_hold=HOUR,
        urgency=Urgency(divisor=4, calendar="24x7"),
    )


def episode_draft(ticket: Ticket, **changes: Any) -> EpisodeDraft:
    fields: dict[str, Any] = {
        "condition": Condition.SLA_BREACH,
        "subject": f"ticket:{ticket.id}:response",
        "client_id": ticket.client_id,
        "ticket_id": ticket.id,
        "severity": ticket.priority,
        "due_at": ticket.response_due_at,
        "opened_at": NOW,
    }
    return EpisodeDraft(**fields | changes)


def promise(key: str = "k1", **changes: Any) -> Promise:
    fields: dict[str, Any] = {
        "notice": DeliveryParked(destination=ChannelId("C1"), reason=key, what="a digest"),
        "to": CHANNEL,
        "key": key,
        "subject": f"subject-of-{key}",
        "lane": Lane.CARD,
    }
    return Promise(**fields | changes)


async def put(database: Database, workspace: Workspace, *promises: Promise) -> None:
    async with database.unit_of_work(workspace.id) as uow:
        for one in promises:
            await uow.outbox.put(one, now=NOW)
