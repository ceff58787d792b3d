"""Buttons of `/ops`: the settings form, the roles form and the person chosen in it."""

from bot.domain.ids import UserId
from bot.domain.people import require_admin
from handlers.blocks import View, loading
from handlers.inbound import Press
from handlers.replies import Opening, Reply, Showing
from handlers.table import ActionRow, Desk
from handlers.views import people, workspaces


async def change_settings(press: Press, desk: Desk) -> Reply:
    require_admin(press.asker.person, "change the settings")

    async def fill() -> View:
        workspace = await desk.services.workspaces.get(press.asker.workspace_id)
        return workspaces.settings_form(workspace)

    return Opening(loading("Settings"), fill)


async def assign_roles(press: Press, _desk: Desk) -> Reply:
    require_admin(press.asker.person, "assign roles")
    return Opening(people.assign_form(None))


async def person_chosen(press: Press, desk: Desk) -> Reply:
    require_admin(press.asker.person, "assign roles")
    user = UserId(press.value)
    person = await desk.services.people.get(press.asker.workspace_id, user)
    return Showing(people.assign_form(person))


ACTIONS = (
    ActionRow(action_id="workspace.change", run=change_settings),
    ActionRow(action_id="people.assign", run=assign_roles),
    ActionRow(action_id="people.chosen", run=person_chosen),
)
