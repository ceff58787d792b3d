"""App Home, the team view: what to do, and my open tickets."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.clients import ClientName
from bot.domain.tickets import Ticket
from handlers.blocks import Block, View, actions, context, divider, header, home, section
from handlers.elements import button
from handlers.views.tickets import line

SHOWN = 15


def team(rows: Sequence[tuple[Ticket, ClientName]], total: int, zone: str, now: datetime) -> View:
    blocks: list[Block] = [
        header("ClientOps"),
        actions(
            button("Log a ticket", "ticket.log", style="primary"),
            button("New client", "client.create"),
        ),
        divider(),
        section(f"*My open tickets* ({total})"),
    ]
    blocks += [section(line(ticket, name, zone, now)) for ticket, name in rows[:SHOWN]]
    if not rows:
        blocks.append(section("Nothing is assigned to you."))
    elif total > SHOWN:
        blocks.append(context(f"The {SHOWN} soonest due are shown. All: `/ticket list`"))
    blocks.append(divider())
    blocks.append(
        context(
            "`/client status acme` shows a client, `/ticket acme …` logs a ticket, "
            "`/clientops help` shows everything."
        )
    )
    return home(blocks)
