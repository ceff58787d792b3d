"""Words and marks that every view shares, so that one thing is called one name everywhere."""

from datetime import datetime, timedelta

from bot.domain.clients import ClientStatus
from bot.domain.sla import Clock, ClockState, read_clock
from bot.domain.tickets import Priority, Ticket, TicketStatus
from handlers.mrkdwn import date

PRIORITY_MARK = {
    Priority.CRITICAL: "🔴",
    Priority.HIGH: "🟠",
    Priority.MEDIUM: "🟡",
    Priority.LOW: "⚪️",
}

CLOCK_NOUN = {Clock.RESPONSE: "answer", Clock.RESOLUTION: "solution"}

# Of an answer or a solution; the mark alone would say nothing to those who hear it.
CLOCK_STANDS = {
    ClockState.RUNNING: "{noun} due {due}",
    ClockState.PAUSED: "{noun} due {due}, paused",
    ClockState.WARNED: "⚠️ {noun} due soon, {due}",
    ClockState.MET: "✅ {noun} given",
    ClockState.BREACHED: "❗ {noun} overdue since {due}",
}


def spaced(value: TicketStatus | ClientStatus) -> str:
    """`in_progress` as people read it."""
    return value.value.replace("_", " ")


def named(value: TicketStatus | ClientStatus | Priority) -> str:
    """`In progress`: standing alone, as a choice or a fact."""
    return value.value.replace("_", " ").capitalize()


def clock_stands(clock: Clock, state: ClockState, due_at: datetime, zone: str) -> str:
    """Such as `answer due today at 09:30`."""
    return CLOCK_STANDS[state].format(noun=CLOCK_NOUN[clock], due=date(due_at, zone))


def ticket_clock(ticket: Ticket, now: datetime) -> tuple[Clock, ClockState, datetime]:
    """The clock of an open ticket that runs first, how it stands, and when it is due."""
    if ticket.responded_at is None:
        clock, warn_at, due_at = Clock.RESPONSE, ticket.response_warn_at, ticket.response_due_at
    else:
        clock, warn_at = Clock.RESOLUTION, ticket.resolution_warn_at
        due_at = ticket.resolution_due_at
    return clock, read_clock(warn_at=warn_at, due_at=due_at, now=now), due_at


def ticket_stands(ticket: Ticket, now: datetime, zone: str) -> str:
    return clock_stands(*ticket_clock(ticket, now), zone)


def span(minutes: int) -> str:
    """Minutes as `6 h`, `90 min` or `2 days`."""
    length = timedelta(minutes=minutes)
    if length >= timedelta(days=2) and length % timedelta(days=1) == timedelta(0):
        return f"{length.days} days"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h" if rest == 0 else f"{minutes} min"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 ticket`, `3 tickets`, `no tickets`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number or 'no'} {plural or noun + 's'}"
