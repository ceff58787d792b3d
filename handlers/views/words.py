"""Words and marks that every view shares, so that one thing is called one name everywhere."""

from datetime import timedelta

from bot.domain.clients import ClientStatus
from bot.domain.sla import Clock, ClockState
from bot.domain.tickets import Priority, TicketStatus

PRIORITY_MARK = {
    Priority.CRITICAL: "🔴",
    Priority.HIGH: "🟠",
    Priority.MEDIUM: "🟡",
    Priority.LOW: "⚪",
}

CLOCK_VERB = {Clock.RESPONSE: "answer", Clock.RESOLUTION: "solution"}

STATE_WORD = {
    ClockState.RUNNING: "",
    ClockState.PAUSED: "paused",
    ClockState.WARNED: "⚠️ due soon",
    ClockState.MET: "✅ met",
    ClockState.BREACHED: "❗ overdue",
}


def spaced(value: TicketStatus | ClientStatus) -> str:
    """`in_progress` as people read it."""
    return value.value.replace("_", " ")


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
