"""Buttons about tickets."""

from dataclasses import replace

from bot.domain.ids import TicketId
from handlers.blocks import View, loading, told
from handlers.codec import decode
from handlers.inbound import Press
from handlers.intake import client_form
from handlers.pages import ticket_card, ticket_page
from handlers.replies import Nothing, Opening, Reply, Showing
from handlers.states import ClientRef, PageRef, TicketRef
from handlers.table import ActionRow, Desk
from handlers.views import tickets as views


def _ticket(press: Press) -> TicketId:
    return TicketId(decode(TicketRef, press.value).ticket_id)


async def take(press: Press, desk: Desk) -> Reply:
    await desk.services.tickets.take(press.asker, _ticket(press))
    return await _redrawn(press, desk)


async def respond(press: Press, desk: Desk) -> Reply:
    await desk.services.tickets.mark_responded(press.asker, _ticket(press))
    return await _redrawn(press, desk)


async def _redrawn(press: Press, desk: Desk) -> Reply:
    """The card in the alert channel is edited by the outbox; one's own copy is redrawn here."""
    if press.view is None and not press.private:
        return Nothing()
    card = await ticket_card(press.asker, desk, _ticket(press))
    return Showing(told("Ticket", card)) if press.view else replace(card, replaces=True)


async def ask_close(press: Press, desk: Desk) -> Reply:
    async def fill() -> View:
        ticket = await desk.services.tickets.get(press.asker.workspace_id, _ticket(press))
        return views.close_form(ticket)

    return Opening(loading("Close a ticket"), fill)


async def show(press: Press, desk: Desk) -> Reply:
    return await ticket_card(press.asker, desk, _ticket(press))


async def log(press: Press, desk: Desk) -> Reply:
    code = decode(ClientRef, press.value).code if press.value else None

    async def fill() -> View:
        return await client_form(press.asker, desk, code)

    return Opening(loading("Log a ticket"), fill)


async def turn_page(press: Press, desk: Desk) -> Reply:
    """Also the first page, from a client's card: that one does not replace the card."""
    at = decode(PageRef, press.value)
    page = await ticket_page(press.asker, desk, at.page, at.code)
    return replace(page, replaces=press.action_id != "ticket.page")


ACTIONS = (
    ActionRow(action_id="ticket.take", run=take),
    ActionRow(action_id="ticket.respond", run=respond),
    ActionRow(action_id="ticket.ask_close", run=ask_close),
    ActionRow(action_id="ticket.show", run=show),
    ActionRow(action_id="ticket.log", run=log),
    ActionRow(action_id="ticket.page", run=turn_page),
)
