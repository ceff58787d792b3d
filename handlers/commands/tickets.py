"""/ticket"""

from bot.domain.tickets import Priority
from handlers.blocks import View, loading
from handlers.inbound import Call, choice
from handlers.intake import typed_form
from handlers.pages import ticket_card, ticket_page
from handlers.replies import Opening, Reply
from handlers.table import Command, Desk, Slash


async def log(call: Call, desk: Desk) -> Reply:
    """Open the intake form with whatever was typed: a client, `priority=`, the rest as text."""
    options, rest = call.options("priority")
    priority = choice(options["priority"], "priority", Priority) if options else None

    async def fill() -> View:
        return await typed_form(
            call.asker, desk, line=rest.line, channel=call.channel, priority=priority
        )

    return Opening(loading("Log a ticket"), fill)


async def show(call: Call, desk: Desk) -> Reply:
    key, _ = call.take("Ticket")
    return await ticket_card(call.asker, desk, key.text)


async def listed(call: Call, desk: Desk) -> Reply:
    code = call.text or None
    if code is not None:
        code = (await desk.services.clients.card(call.asker.workspace_id, code)).code
    return await ticket_page(call.asker, desk, 0, code)


LOG = Command(
    verb="log",
    usage="[CLIENT] [TEXT] [priority=high]",
    summary="Log a ticket in a form, filled with what you typed",
    run=log,
    examples=("acme client can't log in", "globex Payments fail priority=critical"),
    aliases=("new",),
)

SLASH = Slash(
    root="ticket",
    summary="Log a ticket, see tickets",
    commands=(
        LOG,
        Command(
            verb="list",
            usage="[CLIENT]",
            summary="Open tickets, soonest due first",
            run=listed,
            examples=("list", "list acme"),
            takes_all=True,
        ),
        Command(
            verb="show", usage="KEY", summary="One ticket", run=show, examples=("show ACME-1",)
        ),
    ),
    default=LOG,
    default_when_bare=True,
)
