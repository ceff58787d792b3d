"""Opens, climbs and closes episodes inside a use case's transaction. For tickets and alerts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.alerts import Condition, Episode, EpisodeDraft, EpisodeState, StepKind
from bot.domain.ascents import FIRST_TOLD, Ascent, Told
from bot.domain.calendars import Named
from bot.domain.clients import Client
from bot.domain.escalation import (
    AskAgain,
    Exhausted,
    Move,
    PassLevel,
    PassReason,
    Repeat,
    Roster,
    Tell,
    climb,
)
from bot.domain.ids import UserId
from bot.domain.ladders import Ladder
from bot.domain.people import Person, Role
from bot.domain.sla import Clock
from bot.domain.tickets import Priority, Ticket
from bot.domain.timers import TimerKind
from bot.services.moment import Moment
from bot.services.telling import (
    CHANNEL_CARD,
    alert,
    episode_subject,
    show_everywhere,
    tell,
    ticket_facts,
)


def sla_subject(ticket: Ticket, clock: Clock) -> str:
    return f"ticket:{ticket.id}:{clock}"


async def open_warning(
    m: Moment, ticket: Ticket, client: Client, clock: Clock, due_at: datetime
) -> None:
    """75 % of a clock is used: the assignee, else the support contact, hears of it once."""
    draft = _draft(m, Condition.SLA_WARNING, ticket, clock, due_at)
    episode = await m.uow.episodes.add(draft)
    if episode is None:
        return
    people = await _assignee_or_support(m, ticket, client)
    await _announce(m, episode, ticket, client, people)


async def open_breach(
    m: Moment, ticket: Ticket, client: Client, clock: Clock, due_at: datetime
) -> None:
    """100 % is used: the warning ends, the ladder begins with the account manager."""
    await close_about(
        m, ticket, client, (clock,), "the deadline passed", only=Condition.SLA_WARNING
    )
    critical = ticket.priority is Priority.CRITICAL
    ladder = m.policy.ladder.frozen(top=m.policy.top_level[ticket.priority], critical=critical)
    draft = replace(
        _draft(m, Condition.SLA_BREACH, ticket, clock, due_at),
        ladder=ladder,
        ascent=Ascent(),
        late=due_at <= ticket.created_at,
    )
    episode = await m.uow.episodes.add(draft)
    if episode is None:
        return
    managers = await holders(m, client, Role(ladder.rung(ladder.entry).role))
    first = () if ticket.assignee is None or ticket.assignee in managers else (ticket.assignee,)
    episode = await _announce(m, episode, ticket, client, first)
    await climb_on(m, episode, ticket, client)


async def climb_on(m: Moment, episode: Episode, ticket: Ticket, client: Client) -> Episode:
    """Take every step that is due now, tell whom it asks for, set the timer, save the episode."""
    if episode.ladder is None or episode.ascent is None:
        await m.uow.episodes.save(episode)
        return replace(episode, version=episode.version + 1)
    roster = await _roster(m, episode, client)
    climbed = climb(episode.ladder, episode.ascent, roster, m.now)
    facts = ticket_facts(m, ticket, client)
    for move in climbed.moves:
        episode = _done(m, episode, move)
    episode = replace(episode, ascent=climbed.ascent)
    if any(isinstance(move, AskAgain) for move in climbed.moves):
        episode = replace(episode, state=EpisodeState.OPEN)
    for move in climbed.moves:
        if isinstance(move, Tell | Repeat | AskAgain):
            await tell(m, episode, facts, _users(move.people), move.level)
        if isinstance(move, Exhausted):
            await _tell_admins(m, episode, ticket, client)
    if climbed.moves:
        await show_everywhere(m, episode, facts)
    await m.uow.episodes.save(episode)
    await _set_timer(m, episode, climbed.wait.until)
    return replace(episode, version=episode.version + 1)


async def close_about(
    m: Moment,
    ticket: Ticket,
    client: Client,
    clocks: Sequence[Clock],
    because: str,
    *,
    only: Condition | None = None,
) -> None:
    """Close what runs about these clocks of a ticket, and say so in every copy."""
    subjects = {sla_subject(ticket, clock) for clock in clocks}
    for episode in await m.uow.episodes.running(ticket_id=ticket.id):
        if episode.subject in subjects and only in {None, episode.condition}:
            closed = episode.closed(m.now, because)
            await m.uow.timers.cancel(TimerKind.EPISODE_STEP, str(episode.id))
            await m.uow.outbox.withdraw(episode_subject(episode.id), now=m.now)
            await show_everywhere(m, closed, ticket_facts(m, ticket, client))
            await m.uow.episodes.save(closed)


async def holders(m: Moment, client: Client, role: Role) -> tuple[UserId, ...]:
    """Members holding the role on the client's team, else in the workspace."""
    on_team = client.team.get(role)
    if on_team is not None:
        person = await m.uow.people.find(on_team)
        if person is not None and person.is_member:
            return (on_team,)
    people = await m.uow.people.with_roles()
    return tuple(person.user_id for person in people if person.is_member and person.has(role))


def _draft(
    m: Moment, condition: Condition, ticket: Ticket, clock: Clock, due_at: datetime
) -> EpisodeDraft:
    return EpisodeDraft(
        condition=condition,
        subject=sla_subject(ticket, clock),
        client_id=ticket.client_id,
        ticket_id=ticket.id,
        severity=ticket.priority,
        due_at=due_at,
        opened_at=m.now,
    )


async def _announce(
    m: Moment, episode: Episode, ticket: Ticket, client: Client, people: tuple[UserId, ...]
) -> Episode:
    """Post to the alert channel and tell those who hear first without ascent on the ladder."""
    facts = ticket_facts(m, ticket, client)
    if people:
        episode = replace(
            episode.happened(StepKind.TOLD, m.now, level=FIRST_TOLD, people=people),
            messages=episode.messages + 1,
        )
        if episode.ascent is not None:
            told = Told(level=FIRST_TOLD, people=people)
            episode = replace(episode, ascent=replace(episode.ascent, told=(told,)))
    if m.workspace.alert_channel is not None:
        await alert(m, episode, facts, to=m.workspace.alert_channel, card=CHANNEL_CARD, level=0)
    await tell(m, episode, facts, people, FIRST_TOLD)
    await m.uow.episodes.save(episode)
    return replace(episode, version=episode.version + 1)


def _done(m: Moment, episode: Episode, move: Move) -> Episode:
    """The episode with that move in its trail, and its message counted."""
    match move:
        case Tell():
            kind, people = StepKind.TOLD, _users(move.people)
        case Repeat():
            kind, people = StepKind.REPEATED, _users(move.people)
        case AskAgain():
            kind, people = StepKind.ASKED_AGAIN, _users(move.people)
        case PassLevel():
            nobody = move.reason is PassReason.NOBODY
            kind, people = StepKind.NOBODY if nobody else StepKind.ALREADY_TOLD, ()
        case Exhausted():
            kind, people = StepKind.EXHAUSTED, ()
    level = 0 if isinstance(move, Exhausted) else move.level
    episode = episode.happened(kind, m.now, level=level, people=people)
    counts = isinstance(move, Tell | Repeat | AskAgain | Exhausted)
    return replace(episode, messages=episode.messages + counts)


async def _roster(m: Moment, episode: Episode, client: Client) -> Roster:
    ladder = episode.ladder
    assert ladder is not None  # noqa: S101 - only episodes with a ladder are climbed
    available = {
        rung.level: await holders(m, client, Role(rung.role)) for rung in ladder.rungs[: ladder.top]
    }
    known = {user: await m.uow.people.find(user) for user in episode.told}
    left = {user for user, person in known.items() if person is None or not person.is_member}
    return Roster(
        available={level: tuple(users) for level, users in available.items()},
        calendars={
            level: m.calendar(ladder.calendar(level), await _zone(m, users))
            for level, users in available.items()
        },
        workdays=m.calendar(Named.BUSINESS),
        gone=frozenset(left | set(episode.unreachable)),
    )


async def _zone(m: Moment, users: tuple[UserId, ...]) -> str | None:
    """A level's time runs in the zone of the person told; of the first where there are several."""
    person = await m.uow.people.find(users[0]) if users else None
    return person.zone if person else None


async def _assignee_or_support(m: Moment, ticket: Ticket, client: Client) -> tuple[UserId, ...]:
    if ticket.assignee is not None:
        return (ticket.assignee,)
    return await holders(m, client, Role.SUPPORT_CONTACT)


async def _tell_admins(m: Moment, episode: Episode, ticket: Ticket, client: Client) -> None:
    """The ladder has ended unanswered: ops channel and admins (domain 9, escalation exhausted)."""
    facts = ticket_facts(m, ticket, client)
    card = f"0.{episode.messages}"
    people: list[Person] = [p for p in await m.uow.people.with_roles() if p.has(Role.ADMIN)]
    for person in people:
        await alert(m, episode, facts, to=person.user_id, card=card, level=0)
    if m.workspace.ops_channel is not None:
        await alert(m, episode, facts, to=m.workspace.ops_channel, card=card, level=0)


async def _set_timer(m: Moment, episode: Episode, until: datetime | None) -> None:
    if until is None:
        await m.uow.timers.cancel(TimerKind.EPISODE_STEP, str(episode.id))
    else:
        await m.uow.timers.set(TimerKind.EPISODE_STEP, str(episode.id), due_at=until)


def _users(people: Sequence[str]) -> tuple[UserId, ...]:
    return tuple(UserId(user) for user in people)


def ladder_calendar(ladder: Ladder | None, severity: Priority) -> Named:
    """On which calendar an acknowledgement holds: 24x7 when critical, else 24x5."""
    critical = ladder.critical if ladder else severity is Priority.CRITICAL
    return Named.ALWAYS if critical else Named.WORKING_DAYS
