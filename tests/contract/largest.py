"""Every message and view the app can emit, made from the largest data that can be stored.

Texts are all `&`, which becomes five characters when escaped; lists are as long as they get.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.alerts import Condition, EpisodeState, Step, StepKind
from bot.domain.cards import CARD_TICKETS, ClientCard, OpenTicket
from bot.domain.clients import NAME_LIMIT, ClientName, ClientStatus
from bot.domain.ids import ChannelId, ClientId, EpisodeId, MessageTs, TicketId, UserId, WorkspaceId
from bot.domain.notices import (
    AlertRaised,
    DailyDigest,
    DeliveryParked,
    Notice,
    TicketFacts,
    TicketTriage,
)
from bot.domain.people import TEAM_ROLES, Person, Role, Standing
from bot.domain.reports import DailySnapshot, Section, TicketLine
from bot.domain.sla import Clock
from bot.domain.tickets import (
    DESCRIPTION_LIMIT,
    TITLE_LIMIT,
    Priority,
    Source,
    Ticket,
    TicketStatus,
)
from bot.domain.workspaces import Workspace
from handlers.elements import option
from handlers.states import TicketOrigin
from handlers.views import clients, home, people, tickets, workspaces

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ZONE = "America/Argentina/ComodRivadavia"
CODE = "W" * 20
NAME = "&" * NAME_LIMIT
TITLE = "&" * TITLE_LIMIT
TEXT = "&" * DESCRIPTION_LIMIT
USER = UserId("U" + "9" * 30)
CHANNEL = ChannelId("C" + "9" * 30)
NAMES = {USER: NAME}


def facts(status: TicketStatus = TicketStatus.NEW) -> TicketFacts:
    over = status is TicketStatus.CLOSED
    return TicketFacts(
        ticket_id=TicketId(2**31),
        key=f"{CODE}-99999999",
        title=TITLE,
        description=TEXT,
        client_code=CODE,
        client_name=NAME,
        priority=Priority.CRITICAL,
        status=status,
        requester=USER,
        assignee=USER if over else None,
        source=Source(channel=CHANNEL, ts=MessageTs("1795303559.331908"), author=USER),
        requested_at=NOW,
        response_due_at=NOW,
        resolution_due_at=NOW,
        responded_at=NOW if over else None,
        responded_by=USER if over else None,
        closed_at=NOW if over else None,
        resolution=TEXT if over else "",
        zone=ZONE,
    )


def alert(condition: Condition, clock: Clock, state: EpisodeState) -> AlertRaised:
    steps = tuple(
        Step(kind=kind, at=NOW, level=3, people=(USER,) * 6) for kind in StepKind for _ in range(9)
    )
    return AlertRaised(
        episode_id=EpisodeId(2**31),
        condition=condition,
        severity=Priority.CRITICAL,
        state=state,
        clock=clock,
        due_at=NOW,
        opened_at=NOW,
        late=True,
        ticket=facts(),
        level=3,
        asks=True,
        role=Role.IMPLEMENTATION_MANAGER.label,
        now_with=Role.TECHNICAL_SPECIALIST.label,
        next_role=Role.OPERATIONS_MANAGER.label,
        hold_minutes=90,
        acknowledged_by=USER,
        acknowledged_until=NOW,
        closed_because=TEXT,
        trail=steps,
        names=NAMES,
    )


def snapshot() -> DailySnapshot:
    line = TicketLine(
        key=f"{CODE}-99999999",
        client_name=NAME,
        title=TITLE,
        priority=Priority.CRITICAL,
        clock=Clock.RESOLUTION,
        due_at=NOW,
    )
    full = Section(total=10**6, lines=(line,) * 10)
    return DailySnapshot(
        day=date(2026, 9, 30),
        zone=ZONE,
        since=date(2026, 9, 25),
        as_of=NOW,
        clients_by_status=dict.fromkeys(ClientStatus, 10**6),
        opened=full,
        closed=full,
        missed=full,
        due_soon=full,
        at_risk=full,
        unacknowledged=10**6,
        late=True,
    )


def notices() -> Iterator[Notice]:
    for status in TicketStatus:
        yield TicketTriage(ticket=facts(status), names=NAMES)
    for condition in Condition:
        for clock in Clock:
            for state in EpisodeState:
                yield alert(condition, clock, state)
    yield DailyDigest(snapshot=snapshot())
    yield DeliveryParked(destination=CHANNEL, reason="&" * 500, what="TicketTriage")
    yield DeliveryParked(destination=USER, reason="is_archived", what="Unknown")


def card() -> ClientCard:
    row = OpenTicket(
        key=f"{CODE}-99999999",
        title=TITLE,
        priority=Priority.CRITICAL,
        status=TicketStatus.IN_PROGRESS,
        assignee=USER,
        requested_at=NOW,
        response_warn_at=NOW,
        response_due_at=NOW,
        responded_at=None,
        resolution_warn_at=NOW,
        resolution_due_at=NOW,
    )
    return ClientCard(
        code=CODE,
        name=NAME,
        status=ClientStatus.ONBOARDING,
        website="https://" + "&" * 1900,
        package=TEXT,
        zone=ZONE,
        team=dict.fromkeys(TEAM_ROLES, USER),
        internal_channel=CHANNEL,
        client_channel=CHANNEL,
        open_by_priority=dict.fromkeys(Priority, 10**6),
        tickets=(row,) * CARD_TICKETS,
        last_contact_at=NOW,
    )


def ticket() -> Ticket:
    return Ticket(
        id=TicketId(2**31),
        key=f"{CODE}-99999999",
        client_id=ClientId(1),
        title=TITLE,
        description=TEXT,
        priority=Priority.CRITICAL,
        assignee=USER,
        opened_by=USER,
        requested_at=NOW,
        created_at=NOW,
        response_warn_at=NOW,
        response_due_at=NOW,
        resolution_warn_at=NOW,
        resolution_due_at=NOW + timedelta(days=1),
    )


NAMED = ClientName(id=ClientId(1), code=CODE, name=NAME, status=ClientStatus.ONBOARDING)
PERSON = Person(
    user_id=USER,
    name=NAME,
    email="a@b.example",
    zone=ZONE,
    standing=Standing.MEMBER,
    roles=frozenset(Role),
)
WORKSPACE = Workspace(
    id=WorkspaceId(1),
    team_id="T",
    name=NAME,
    zone=ZONE,
    created_at=NOW,
    ops_channel=CHANNEL,
    alert_channel=CHANNEL,
)


def messages() -> Iterator[Any]:
    """What rows answer with."""
    yield clients.card(card(), NOW, ZONE)
    yield clients.page([NAMED] * clients.PAGE, 10**6, 5)
    yield clients.page([], 0, 0)
    yield clients.created(NAME, CODE)
    for again in (False, True):
        yield tickets.logged(ticket(), NAME, ZONE, again=again)
    rows = [(ticket(), NAMED)] * tickets.PAGE
    yield tickets.page(rows, 10**6, 5, ZONE, code=CODE, now=NOW)
    yield tickets.page([], 0, 0, ZONE, code=None, now=NOW)
    yield people.listed([PERSON] * 500, may_assign=True)
    yield people.listed([], may_assign=False)
    yield people.assigned(PERSON)
    yield workspaces.settings(WORKSPACE, may_change=True)
    yield workspaces.saved(WORKSPACE)


def modals() -> Iterator[Any]:
    yield clients.new_form()
    yield tickets.intake_form(
        client=option(f"{NAME} ({CODE})", CODE),
        title=TITLE,
        description=TEXT,
        priority=Priority.CRITICAL,
        origin=TicketOrigin(channel=CHANNEL, ts="1795303559.331908", author=USER),
        note=NAME,
    )
    yield tickets.close_form(ticket())
    yield people.assign_form(None)
    yield people.assign_form(PERSON)
    yield workspaces.settings_form(WORKSPACE)


def homes() -> Iterator[Any]:
    yield home.team([(ticket(), NAMED)] * 100, 10**6, ZONE, NOW)
    yield home.team([], 0, ZONE, NOW)
