"""The form of a new client."""

from bot.domain.clients import ClientDraft, ClientStatus
from bot.domain.people import Role
from bot.services.clients import OpenClient
from handlers.inbound import Submission
from handlers.replies import Reply
from handlers.table import Desk, ModalRow
from handlers.views import clients as views


async def create(submission: Submission, desk: Desk) -> Reply:
    values = submission.values
    manager = values.user("account_manager")
    draft = ClientDraft(
        code=values.text("code").strip(),
        name=" ".join(values.text("name").split()),
        status=values.pick("status", ClientStatus),
        website=values.text("website").strip(),
        package=values.text("package").strip(),
        notes=values.text("notes"),
        client_channel=values.channel("client_channel"),
        team={Role.ACCOUNT_MANAGER: manager} if manager else {},
    )
    request = OpenClient(by=submission.asker, draft=draft, key=submission.key)
    client = await desk.services.clients.open(request)
    return views.created(client.name, client.code)


MODALS = (ModalRow(callback_id=views.NEW_CLIENT, submit=create),)
