"""/ops"""

from bot.domain.people import Role
from bot.services.people import require_roles_reader
from handlers.inbound import Call
from handlers.replies import Reply
from handlers.table import Command, Desk, Slash
from handlers.views import people as people_views
from handlers.views import workspaces as views


async def settings(call: Call, desk: Desk) -> Reply:
    asker = await desk.services.people.claim_admin(call.asker)
    require_roles_reader(asker)
    workspace = await desk.services.workspaces.get(asker.workspace_id)
    return views.settings(workspace, may_change=asker.person.has(Role.ADMIN))


async def people(call: Call, desk: Desk) -> Reply:
    asker = await desk.services.people.claim_admin(call.asker)
    require_roles_reader(asker)
    listed = await desk.services.people.with_roles(asker.workspace_id)
    return people_views.listed(listed, may_assign=asker.person.has(Role.ADMIN))


SETTINGS = Command(
    verb="settings", usage="", summary="Time zone, ops channel, alert channel", run=settings
)

SLASH = Slash(
    root="ops",
    summary="Run ClientOps: settings, people",
    commands=(
        SETTINGS,
        Command(verb="people", usage="", summary="Who holds which role", run=people),
    ),
)
