"""Use cases about tickets: one method is one transaction, with its audit entry and its messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.clients import Client, ClientStatus
from bot.domain.errors import InvalidInput, NotFound
from bot.domain.ids import ChannelId, ClientId, MessageTs, TicketId, UserId, WorkspaceId
from bot.domain.notices import TicketFacts
from bot.domain.people import Asker, require_steer, require_write
from bot.domain.policy import Policy
from bot.domain.sla import Clock
from bot.domain.tickets import (
    DESCRIPTION_LIMIT,
    Answer,
    Intake,
    Priority,
    Source,
    Ticket,
    TicketDraft,
    checked_title,
)
from bot.domain.timers import Timer, TimerKind
from bot.ports import Clock as Now
from bot.ports import UnitOfWork, UnitsOfWork
from bot.services.episodes import open_breach, open_warning
from bot.services.moment import Moment, moment
from bot.services.rerun import rerun_when_stale
from bot.services.telling import people_of, show_ticket, ticket_facts
from bot.services.ticket_clocks import deadline_of, due_at, start_clocks, stop_clocks, stopped_at


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    """`key` is the submission's own key. `requested_at` None means now; `source` the message.

    `answer` is one that was given before the ticket was logged.
    """

    by: Asker
    client_id: ClientId
    title: str
    description: str = ""
    priority: Priority
    category: str = ""
    intake: Intake = Intake.SLACK
    requester: UserId | None = None
    requested_at: datetime | None = None
    source: Source | None = None
    answer: Answer | None = None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRef:
    """A client by what a surface knows of it: a code, or the channel somebody stands in."""

    code: str | None = None
    channel: ChannelId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A person's message in a thread: who, where, when. No text is kept (domain 6)."""

    workspace_id: WorkspaceId
    author: UserId
    channel: ChannelId
    thread_ts: MessageTs
    at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`again` is true when the ticket was there already: nothing was changed then."""

    ticket: Ticket
    client: Client
    again: bool = False


class TicketDesk:
    def __init__(self, uow: UnitsOfWork, clock: Now, policy: Policy) -> None:
        self._uow = uow
        self._clock = clock
        self._policy = policy

    @rerun_when_stale
    async def open(self, request: OpenTicket) -> Opened:
        """Log a ticket, start its clocks, show it in the alert channel.

        The same submission, or the same message, makes one ticket. Raises Forbidden, InvalidInput.
        """
        require_write(request.by.person)
        title = checked_title(request.title)
        if len(request.description) > DESCRIPTION_LIMIT:
            raise InvalidInput("description", f"At most {DESCRIPTION_LIMIT} characters, please.")
        async with self._uow(request.by.workspace_id) as uow:
            m = await moment(uow, self._policy, self._clock.now())
            client = await uow.clients.get(request.client_id)
            if client.status is ClientStatus.ARCHIVED:
                raise InvalidInput("client", f"{client.name} is archived and takes no tickets.")
            if (earlier := await _earlier(uow, request, m.now)) is not None:
                return Opened(ticket=earlier, client=client, again=True)
            requested_at = min(request.requested_at or m.now, m.now)
            draft = _draft(m, replace(request, title=title), requested_at)
            answer = request.answer
            if answer and await _is_answer(uow, answer, draft.requester, requested_at):
                draft = draft.answered(answer)
            ticket = await uow.tickets.add(draft)
            await start_clocks(m, ticket)
            await _audit(m, "ticket.opened", request.by.user_id, ticket)
            await show_ticket(m, ticket, client)
        return Opened(ticket=ticket, client=client)

    async def find_client(self, workspace_id: WorkspaceId, ref: ClientRef) -> Client | None:
        async with self._uow(workspace_id) as uow:
            if ref.code is not None:
                return await uow.clients.by_code(ref.code)
            return await uow.clients.by_channel(ref.channel) if ref.channel else None

    async def first_answer(
        self,
        workspace_id: WorkspaceId,
        requester: UserId | None,
        requested_at: datetime,
        among: Sequence[Answer],
    ) -> Answer | None:
        """The first of them that counts as an answer to that request (domain 4)."""
        async with self._uow(workspace_id) as uow:
            for answer in among:
                if await _is_answer(uow, answer, requester, requested_at):
                    return answer
        return None

    async def by_source(self, workspace_id: WorkspaceId, source: Source) -> Ticket | None:
        async with self._uow(workspace_id) as uow:
            return await uow.tickets.by_source(source)

    async def get(self, workspace_id: WorkspaceId, reference: str | TicketId) -> Ticket:
        """A ticket by key or id. Raises NotFound."""
        async with self._uow(workspace_id) as uow:
            return await _get(uow, reference)

    async def facts(
        self, workspace_id: WorkspaceId, reference: str | TicketId
    ) -> tuple[TicketFacts, Mapping[UserId, str]]:
        """A ticket as its card shows it, and the names of the people in it. Raises NotFound."""
        async with self._uow(workspace_id) as uow:
            m = await moment(uow, self._policy, self._clock.now())
            ticket = await _get(uow, reference)
            client = await uow.clients.get(ticket.client_id)
            return ticket_facts(m, ticket, client), await uow.people.names(people_of(ticket))

    @rerun_when_stale
    async def take(self, by: Asker, ticket_id: TicketId) -> Ticket:
        """Become its assignee. Any member may take a ticket. Raises Forbidden, Conflict."""
        require_write(by.person)
        async with self._uow(by.workspace_id) as uow:
            m = await moment(uow, self._policy, self._clock.now())
            ticket = await uow.tickets.get(ticket_id)
            if ticket.assignee == by.user_id and ticket.status.is_open:
                return ticket
            return await _keep(m, ticket.taken(by.user_id), "ticket.taken", by.user_id)

    @rerun_when_stale
    async def mark_responded(self, by: Asker, ticket_id: TicketId) -> Ticket:
        """Somebody answered outside of Slack: the response clock stops now."""
        async with self._uow(by.workspace_id) as uow:
            m = await moment(uow, self._policy, self._clock.now())
            ticket = await uow.tickets.get(ticket_id)
            await _require_own_or_steer(uow, by, ticket)
            return await _respond(m, ticket, by.user_id, m.now)

    @rerun_when_stale
    async def close(self, by: Asker, ticket_id: TicketId, resolution: str) -> Ticket:
        """Close it for good; both clocks stop. Raises Forbidden, Conflict, InvalidInput."""
        async with self._uow(by.workspace_id) as uow:
            m = await moment(uow, self._policy, self._clock.now())
            ticket = await uow.tickets.get(ticket_id)
            await _require_own_or_steer(uow, by, ticket)
            closed = ticket.closed(resolution, m.now)
            client = await uow.clients.get(ticket.client_id)
            await stop_clocks(m, closed, client, tuple(Clock), "ticket closed")
            return await _keep(m, closed, "ticket.closed", by.user_id)

    @rerun_when_stale
    async def hear(self, heard: Heard) -> Ticket | None:
        """A reply in a ticket's own thread by a member is its first response (domain 4).

        Returns the ticket when it was one.
        """
        async with self._uow(heard.workspace_id) as uow:
            source = Source(channel=heard.channel, ts=heard.thread_ts)
            ticket = await uow.tickets.by_source(source)
            if ticket is None or ticket.responded_at is not None or not ticket.status.is_open:
                return None
            answer = Answer(by=heard.author, at=heard.at)
            if not await _is_answer(uow, answer, ticket.requester, ticket.requested_at):
                return None
            m = await moment(uow, self._policy, self._clock.now())
            if not await uow.inbox.first(heard.key, now=m.now):
                return None
            return await _respond(m, ticket, heard.author, heard.at)

    @rerun_when_stale
    async def on_timer(self, timer: Timer) -> None:
        """A clock reached 75 or 100 %: open the episode, unless it stopped meanwhile."""
        async with self._uow(timer.workspace_id) as uow:
            if not await uow.timers.take(timer):
                return
            m = await moment(uow, self._policy, self._clock.now())
            number, _, name = timer.subject.partition(":")
            clock = Clock(name)
            ticket = await uow.tickets.get(TicketId(int(number)))
            due = due_at(ticket, clock)
            if stopped_at(ticket, clock) is not None or not ticket.status.is_open:
                return
            client = await uow.clients.get(ticket.client_id)
            if timer.kind is TimerKind.TICKET_BREACH:
                await open_breach(m, ticket, client, clock, due)
            elif m.now < due:
                await open_warning(m, ticket, client, clock, due)


async def _get(uow: UnitOfWork, reference: str | TicketId) -> Ticket:
    if not isinstance(reference, str):
        return await uow.tickets.get(reference)
    ticket = await uow.tickets.by_key(reference)
    if ticket is None:
        raise NotFound(f"There is no ticket {reference.upper()}.")
    return ticket


async def _earlier(uow: UnitOfWork, request: OpenTicket, now: datetime) -> Ticket | None:
    """The ticket this request made before, by its message or by its submission."""
    if request.source is not None:
        found = await uow.tickets.by_source(request.source)
        if found is not None:
            return found
    if await uow.inbox.first(request.key, now=now):
        return None
    return await uow.tickets.by_submission(request.key)


async def _is_answer(
    uow: UnitOfWork, answer: Answer, requester: UserId | None, requested_at: datetime
) -> bool:
    """By a member other than the requester, after the request."""
    if answer.by == requester or answer.at < requested_at:
        return False
    person = await uow.people.find(answer.by)
    return person is not None and person.is_member


def _requester(request: OpenTicket) -> UserId | None:
    """Who logs a call or a mail for somebody outside of Slack is not who asked."""
    if request.requester is None and request.intake is Intake.SLACK:
        return request.by.user_id
    return request.requester


def _draft(m: Moment, request: OpenTicket, requested_at: datetime) -> TicketDraft:
    response = deadline_of(m, request.priority, Clock.RESPONSE, requested_at)
    resolution = deadline_of(m, request.priority, Clock.RESOLUTION, requested_at)
    return TicketDraft(
        client_id=request.client_id,
        title=request.title,
        description=request.description,
        priority=request.priority,
        category=request.category,
        intake=request.intake,
        requester=_requester(request),
        source=request.source,
        submission=request.key,
        opened_by=request.by.user_id,
        requested_at=requested_at,
        created_at=m.now,
        response_warn_at=response.warn_at,
        response_due_at=response.due_at,
        resolution_warn_at=resolution.warn_at,
        resolution_due_at=resolution.due_at,
    )


async def _respond(m: Moment, ticket: Ticket, by: UserId, at: datetime) -> Ticket:
    answered = ticket.responded(by, at)
    if answered is ticket:
        return ticket
    client = await m.uow.clients.get(ticket.client_id)
    await stop_clocks(m, answered, client, (Clock.RESPONSE,), "answered")
    return await _keep(m, answered, "ticket.responded", by)


async def _keep(m: Moment, ticket: Ticket, action: str, by: UserId) -> Ticket:
    """Save, audit, and bring the triage card up to date."""
    await m.uow.tickets.save(ticket)
    kept = replace(ticket, version=ticket.version + 1)
    await _audit(m, action, by, kept)
    await show_ticket(m, kept, await m.uow.clients.get(ticket.client_id))
    return kept


async def _audit(m: Moment, action: str, by: UserId, ticket: Ticket) -> None:
    await m.uow.audit.record(action, by=by, subject=f"ticket:{ticket.id}", now=m.now)


async def _require_own_or_steer(uow: UnitOfWork, by: Asker, ticket: Ticket) -> None:
    client = await uow.clients.get(ticket.client_id)
    own = [user for user in (ticket.assignee, ticket.opened_by) if user is not None]
    require_steer(by.person, client.team, own)
