"""The forms of `/ops`: settings and roles."""

from bot.domain.errors import InvalidInput
from bot.domain.people import Role
from bot.services.people import AssignRoles
from bot.services.workspaces import ChangeSettings
from handlers.inbound import Submission
from handlers.replies import Reply
from handlers.table import Desk, ModalRow
from handlers.views import people, workspaces


async def save_settings(submission: Submission, desk: Desk) -> Reply:
    values = submission.values
    request = ChangeSettings(
        by=submission.asker,
        zone=values.text("zone").strip(),
        ops_channel=values.channel("ops_channel"),
        alert_channel=values.channel("alert_channel"),
    )
    return workspaces.saved(await desk.services.workspaces.change(request))


async def save_roles(submission: Submission, desk: Desk) -> Reply:
    values = submission.values
    user = values.user("person")
    if user is None:
        raise InvalidInput("person", "Choose a person.")
    names = (*values.choices("roles"), *values.choices("more_roles"))
    roles = frozenset(Role(name) for name in names if name in set(Role))
    request = AssignRoles(by=submission.asker, user_id=user, roles=roles)
    return people.assigned(await desk.services.people.assign(request))


MODALS = (
    ModalRow(callback_id=workspaces.SETTINGS, submit=save_settings),
    ModalRow(callback_id=people.ASSIGN, submit=save_roles),
)
