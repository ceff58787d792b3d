"""Puts what is to be said into the outbox: ticket cards, alerts, and their edits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.alerts import Episode
from bot.domain.ascents import FIRST_TOLD
from bot.domain.clients import Client
from bot.domain.deliveries import Lane, Promise
from bot.domain.ids import Destination, EpisodeId, UserId
from bot.domain.ladders import Ladder
from bot.domain.notices import AlertRaised, TicketFacts, TicketTriage
from bot.domain.people import Role
from bot.domain.sla import Clock
from bot.domain.tickets import Priority, Ticket
from bot.services.moment import Moment

CHANNEL_CARD = "channel"


def ticket_facts(m: Moment, ticket: Ticket, client: Client) -> TicketFacts:
    return TicketFacts(
        ticket_id=ticket.id,
        key=ticket.key,
        title=ticket.title,
        description=ticket.description,
        client_code=client.code,
        client_name=client.name,
        priority=ticket.priority,
        status=ticket.status,
        requester=ticket.requester,
        assignee=ticket.assignee,
        source=ticket.source,
        requested_at=ticket.requested_at,
        response_due_at=ticket.response_due_at,
        resolution_due_at=ticket.resolution_due_at,
        responded_at=ticket.responded_at,
        responded_by=ticket.responded_by,
        closed_at=ticket.closed_at,
        resolution=ticket.resolution,
        zone=m.workspace.zone,
    )


async def show_ticket(m: Moment, ticket: Ticket, client: Client) -> None:
    """The triage card in the alert channel: posted the first time, edited after."""
    if m.workspace.alert_channel is None:
        return
    subject = f"ticket:{ticket.id}"
    await m.uow.outbox.put(
        Promise(
            notice=TicketTriage(
                ticket=ticket_facts(m, ticket, client),
                names=await m.uow.people.names(people_of(ticket)),
            ),
            to=m.workspace.alert_channel,
            key=f"{subject}:v{ticket.version}",
            subject=subject,
            lane=Lane.CRITICAL if ticket.priority is Priority.CRITICAL else Lane.CARD,
            card=subject,
        ),
        now=m.now,
    )


def episode_subject(episode_id: EpisodeId) -> str:
    return f"episode:{episode_id}"


def lane_of(severity: Priority) -> Lane:
    return Lane.CRITICAL if severity is Priority.CRITICAL else Lane.ALERT


async def alert(
    m: Moment, episode: Episode, facts: TicketFacts, *, to: Destination, card: str, level: int
) -> None:
    """Put one alert, or the newest state of one, for one reader.

    `card` is the message within the episode: `channel`, or a level and a number.
    """
    subject = episode_subject(episode.id)
    names = await m.uow.people.names(_people_about(episode, facts))
    await m.uow.outbox.put(
        Promise(
            notice=_raised(episode, facts, card, level, names),
            to=to,
            key=f"{subject}:{card}:{to}:{len(episode.trail)}:{episode.state}",
            subject=subject,
            lane=lane_of(episode.severity),
            card=f"{subject}:{card}",
            not_before=await _not_before(m, episode, to),
        ),
        now=m.now,
    )


async def tell(
    m: Moment, episode: Episode, facts: TicketFacts, people: tuple[UserId, ...], level: int
) -> None:
    """A new message to each of them: number `episode.messages`, already counted by the caller."""
    for user in people:
        await alert(m, episode, facts, to=user, card=f"{level}.{episode.messages}", level=level)


async def show_everywhere(m: Moment, episode: Episode, facts: TicketFacts) -> None:
    """Bring every copy of an episode, in channels and DMs, to its present state."""
    prefix = f"{episode_subject(episode.id)}:"
    for to, card in await m.uow.outbox.cards(episode_subject(episode.id)):
        name = card.removeprefix(prefix)
        level = 0 if name == CHANNEL_CARD else int(name.split(".")[0])
        await alert(m, episode, facts, to=to, card=name, level=level)


def _raised(
    episode: Episode, facts: TicketFacts, card: str, level: int, names: Mapping[UserId, str]
) -> AlertRaised:
    ascent, ladder = episode.ascent, episode.ladder
    running = (
        ascent is not None
        and card == f"{ascent.level}.{episode.messages}"
        and ascent.since is None
        and episode.is_running
    )
    now_with, next_role, hold = _waited_for(episode)
    return AlertRaised(
        episode_id=episode.id,
        condition=episode.condition,
        severity=episode.severity,
        state=episode.state,
        clock=clock_of(episode),
        due_at=episode.due_at,
        opened_at=episode.opened_at,
        late=episode.late,
        ticket=facts,
        level=level,
        asks=running and level > FIRST_TOLD,
        role=_role(ladder, level),
        now_with=now_with,
        next_role=next_role,
        hold_minutes=hold,
        acknowledged_by=episode.acknowledged_by,
        acknowledged_until=episode.acknowledged_until,
        closed_because=episode.closed_because,
        trail=episode.trail,
        names=names,
    )


def _role(ladder: Ladder | None, level: int) -> str | None:
    """What whoever is told at that level stands for."""
    if ladder is None or not ladder.entry <= level <= ladder.top:
        return None
    return Role(ladder.rung(level).role).label


def _waited_for(episode: Episode) -> tuple[str | None, str | None, int | None]:
    """Who has it now, who is next, and how many minutes the one has before the other is told."""
    ascent, ladder = episode.ascent, episode.ladder
    if ascent is None or ladder is None or ascent.exhausted_at or not ascent.level:
        return None, None, None
    hold = ladder.ask_hold if ascent.asking else ladder.hold(ascent.level)
    minutes = hold // timedelta(minutes=1)
    return _role(ladder, ascent.level), _role(ladder, ascent.level + 1), minutes


def people_of(ticket: Ticket | TicketFacts) -> set[UserId]:
    people = (ticket.requester, ticket.assignee, ticket.responded_by)
    return {user for user in people if user is not None}


def _people_about(episode: Episode, facts: TicketFacts) -> set[UserId]:
    stepped = {user for step in episode.trail for user in step.people}
    return people_of(facts) | stepped


def clock_of(episode: Episode) -> Clock:
    """Which of a ticket's clocks an episode is about: the last word of its subject."""
    return Clock(episode.subject.rsplit(":", 1)[-1])


async def _not_before(m: Moment, episode: Episode, to: Destination) -> datetime | None:
    """Quiet hours hold alert DMs to a member, never critical ones, never channels (domain 9)."""
    if episode.severity is Priority.CRITICAL or not episode.is_running:
        return None
    person = await m.uow.people.find(UserId(to))
    return None if person is None else m.window(person).next_open(m.now)
