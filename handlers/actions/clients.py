"""Buttons about clients."""

from dataclasses import replace

from handlers.codec import decode
from handlers.inbound import Press
from handlers.pages import client_page
from handlers.replies import Opening, Reply
from handlers.states import ClientRef, PageRef
from handlers.table import ActionRow, Desk
from handlers.views import clients as views


async def show(press: Press, desk: Desk) -> Reply:
    code = decode(ClientRef, press.value).code
    card = await desk.services.clients.card(press.asker.workspace_id, code)
    return views.card(card, desk.clock.now(), press.asker.zone)


async def turn_page(press: Press, desk: Desk) -> Reply:
    number = decode(PageRef, press.value).page
    return replace(await client_page(press.asker, desk, number), replaces=True)


async def create(_press: Press, _desk: Desk) -> Reply:
    return Opening(views.new_form())


ACTIONS = (
    ActionRow(action_id="client.show", run=show),
    ActionRow(action_id="client.page", run=turn_page),
    ActionRow(action_id="client.create", run=create),
)
