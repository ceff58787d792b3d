"""App Home, the team view: what to do, and my open tickets."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.clients import ClientName
from bot.domain.sla import ClockState
from bot.domain.tickets import Ticket
from handlers.blocks import Block, View, actions, context, divider, header, home, section
from handlers.codec import encode
from handlers.elements import button
from handlers.mrkdwn import escape
from handlers.states import TicketRef
from handlers.views.words import PRIORITY_MARK, counted, ticket_clock, ticket_stands

SHOWN = 15


def team(rows: Sequence[tuple[Ticket, ClientName]], total: int, zone: str, now: datetime) -> View:
    """What they have to do, soonest due first, under what they can begin."""
    blocks: list[Block] = [
        actions(
            button("Log a ticket", "ticket.log", style="primary"),
            button("New client", "client.create"),
        ),
        header("My open tickets"),
        context(_counts(rows, total, now)),
    ]
    blocks += [_row(ticket, name, zone, now) for ticket, name in rows[:SHOWN]]
    blocks += [
        divider(),
        context(
            "`/client status acme` shows a client, `/ticket acme …` logs a ticket, "
            "`/clientops help` shows everything."
        ),
    ]
    return home(blocks)


def _counts(rows: Sequence[tuple[Ticket, ClientName]], total: int, now: datetime) -> str:
    if not total:
        return "Nothing is assigned to you. `/ticket list` shows what waits for somebody."
    if total > SHOWN:
        return f"{total} are yours, the {SHOWN} soonest due are below. All: `/ticket list`"
    late = sum(ticket_clock(ticket, now)[1] is ClockState.BREACHED for ticket, _ in rows)
    return f"{counted(total, 'ticket')}, {late or 'none'} overdue"


def _row(ticket: Ticket, name: ClientName, zone: str, now: datetime) -> Block:
    text = (
        f"{PRIORITY_MARK[ticket.priority]} *{ticket.key}* {escape(ticket.title, 120)}\n"
        f"{escape(name.name, 60)} · {ticket_stands(ticket, now, zone)}"
    )
    show = button("Show", "ticket.show", encode(TicketRef(ticket_id=ticket.id)))
    return section(text, accessory=show)
