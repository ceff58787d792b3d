"""What commands and buttons both show: a page of a list, a ticket by its key."""

from bot.domain.ids import TicketId
from bot.domain.people import Asker
from handlers.blocks import Message, View
from handlers.table import Desk
from handlers.views import clients, home, tickets


async def client_page(asker: Asker, desk: Desk, number: int) -> Message:
    names, total = await desk.facts.clients(
        asker.workspace_id, limit=clients.PAGE, offset=number * clients.PAGE
    )
    return clients.page(names, total, number)


async def ticket_page(asker: Asker, desk: Desk, number: int, code: str | None) -> Message:
    rows, total = await desk.facts.open_tickets(
        asker.workspace_id, code=code, limit=tickets.PAGE, offset=number * tickets.PAGE
    )
    return tickets.page(rows, total, number, asker.zone, code=code, now=desk.clock.now())


async def ticket_card(asker: Asker, desk: Desk, reference: str | TicketId) -> Message:
    """A ticket, by key or id. Raises NotFound."""
    facts, names = await desk.services.tickets.facts(asker.workspace_id, reference)
    return tickets.triage(facts, names)


async def home_page(asker: Asker, desk: Desk) -> View:
    """The asker's Home."""
    rows, total = await desk.facts.open_tickets(
        asker.workspace_id, assignee=asker.user_id, limit=home.SHOWN, offset=0
    )
    return home.team(rows, total, asker.zone, desk.clock.now())
