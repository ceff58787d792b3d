"""Shortcuts that log tickets and create clients."""

from handlers.blocks import View, loading, told
from handlers.inbound import ShortcutCall
from handlers.intake import client_form, message_form
from handlers.pages import ticket_card
from handlers.replies import Opening, Reply
from handlers.table import Desk, ShortcutRow, ShortcutType
from handlers.views.clients import new_form


async def log_message(call: ShortcutCall, desk: Desk) -> Reply:
    """The intake form about a message; the same message twice finds the first ticket."""
    message = call.message

    async def fill() -> View:
        if message is None:
            return await client_form(call.asker, desk, None)
        earlier = await desk.services.tickets.by_source(call.asker.workspace_id, message.source)
        if earlier is not None:
            return told("Logged before", await ticket_card(call.asker, desk, earlier.key))
        return await message_form(call.asker, desk, message)

    return Opening(loading("Log a ticket"), fill)


async def new_ticket(call: ShortcutCall, desk: Desk) -> Reply:
    async def fill() -> View:
        return await client_form(call.asker, desk, None)

    return Opening(loading("Log a ticket"), fill)


async def new_client(_call: ShortcutCall, _desk: Desk) -> Reply:
    return Opening(new_form())


SHORTCUTS = (
    ShortcutRow(
        callback_id="ticket.log_message",
        type=ShortcutType.MESSAGE,
        run=log_message,
        name="Log ticket from message",
        description="Turn this message into a ticket with a deadline",
    ),
    ShortcutRow(
        callback_id="ticket.new",
        type=ShortcutType.GLOBAL,
        run=new_ticket,
        name="New ticket",
        description="Log a ticket for a client",
    ),
    ShortcutRow(
        callback_id="client.create",
        type=ShortcutType.GLOBAL,
        run=new_client,
        name="New client",
        description="Create a client",
    ),
)
