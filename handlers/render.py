"""A look for every notice. One without does not type-check."""

from typing import assert_never

from bot.domain.notices import AlertRaised, DailyDigest, DeliveryParked, Notice, TicketTriage
from handlers.blocks import Message
from handlers.views import alerts, deliveries, reports, tickets


def render(notice: Notice) -> Message:
    match notice:
        case TicketTriage():
            return tickets.triage(notice.ticket, notice.names)
        case AlertRaised():
            return alerts.raised(notice)
        case DailyDigest():
            return reports.daily(notice.snapshot)
        case DeliveryParked():
            return deliveries.parked(notice)
        case _:
            assert_never(notice)
