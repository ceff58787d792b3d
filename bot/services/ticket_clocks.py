"""A ticket's two clocks inside a use case: when they are due, their timers, their end."""

from datetime import datetime

from bot.domain.clients import Client
from bot.domain.sla import Alarm, Clock, Deadline, deadline, signals
from bot.domain.tickets import Priority, Ticket
from bot.domain.timers import TimerKind
from bot.services.episodes import close_about
from bot.services.moment import Moment

TIMER_OF = {Alarm.WARNING: TimerKind.TICKET_WARNING, Alarm.BREACH: TimerKind.TICKET_BREACH}


def deadline_of(m: Moment, priority: Priority, clock: Clock, started_at: datetime) -> Deadline:
    target = m.policy.sla.of(priority, clock)
    calendar = m.calendar(target.calendar)
    return deadline(target, started_at, calendar, warn_percent=m.policy.sla.warn_percent)


async def start_clocks(m: Moment, ticket: Ticket) -> None:
    for clock in Clock:
        line = deadline_of(m, ticket.priority, clock, ticket.requested_at)
        for signal in signals(line, logged_at=m.now, stopped_at=stopped_at(ticket, clock)):
            await m.uow.timers.set(TIMER_OF[signal.alarm], f"{ticket.id}:{clock}", due_at=signal.at)


async def stop_clocks(
    m: Moment, ticket: Ticket, client: Client, clocks: tuple[Clock, ...], because: str
) -> None:
    for clock in clocks:
        for kind in TIMER_OF.values():
            await m.uow.timers.cancel(kind, f"{ticket.id}:{clock}")
    await close_about(m, ticket, client, clocks, because)


def due_at(ticket: Ticket, clock: Clock) -> datetime:
    return ticket.response_due_at if clock is Clock.RESPONSE else ticket.resolution_due_at


def stopped_at(ticket: Ticket, clock: Clock) -> datetime | None:
    return ticket.responded_at if clock is Clock.RESPONSE else ticket.closed_at
