"""/client"""

from handlers.blocks import Message
from handlers.inbound import Call
from handlers.pages import client_page
from handlers.replies import Opening, Reply
from handlers.table import Command, Desk, Slash
from handlers.views import clients as views


async def status(call: Call, desk: Desk) -> Reply:
    reference = call.rest("Client")
    card = await desk.services.clients.card(call.asker.workspace_id, reference)
    return views.card(card, desk.clock.now(), call.asker.zone)


async def new(_call: Call, _desk: Desk) -> Reply:
    return Opening(views.new_form())


async def listed(call: Call, desk: Desk) -> Message:
    return await client_page(call.asker, desk, 0)


STATUS = Command(
    verb="status",
    usage="CLIENT",
    summary="One card: how a client is, by code, name or a word of it",
    run=status,
    examples=("status acme",),
    takes_all=True,
)

SLASH = Slash(
    root="client",
    summary="How a client is, new clients, all clients",
    commands=(
        STATUS,
        Command(
            verb="new", usage="", summary="Create a client in a form", run=new, examples=("new",)
        ),
        Command(verb="list", usage="", summary="All clients by name", run=listed),
    ),
    default=STATUS,
)
