"""The forms that log and close a ticket."""

from datetime import UTC, datetime

from bot.domain.errors import InvalidInput
from bot.domain.ids import ChannelId, MessageTs, TicketId, UserId
from bot.domain.tickets import Priority, Source
from bot.services.tickets import ClientRef, OpenTicket
from handlers.codec import decode
from handlers.inbound import Submission
from handlers.replies import Nothing, Reply
from handlers.states import TicketOrigin, TicketRef
from handlers.table import Desk, ModalRow
from handlers.views import tickets as views


async def log(submission: Submission, desk: Desk) -> Reply:
    values, asker = submission.values, submission.asker
    code = values.choice("client")
    client = None
    if code is not None:
        ref = ClientRef(code=code)
        client = await desk.services.tickets.find_client(asker.workspace_id, ref)
    if client is None:
        raise InvalidInput("client", "Choose a client from the list.")
    origin = decode(TicketOrigin, submission.state)
    request = OpenTicket(
        by=asker,
        client_id=client.id,
        title=values.text("title"),
        description=values.text("description"),
        priority=values.pick("priority", Priority),
        requester=UserId(origin.author) if origin.author else None,
        requested_at=_said_at(origin),
        source=_source(origin),
        key=submission.key,
    )
    opened = await desk.services.tickets.open(request)
    return views.logged(opened.ticket, client.name, asker.zone, again=opened.again)


async def close(submission: Submission, desk: Desk) -> Reply:
    ticket_id = TicketId(decode(TicketRef, submission.state).ticket_id)
    resolution = submission.values.text("resolution")
    await desk.services.tickets.close(submission.asker, ticket_id, resolution)
    return Nothing()


def _source(origin: TicketOrigin) -> Source | None:
    if origin.channel is None or origin.ts is None:
        return None
    author = UserId(origin.author) if origin.author else None
    return Source(channel=ChannelId(origin.channel), ts=MessageTs(origin.ts), author=author)


def _said_at(origin: TicketOrigin) -> datetime | None:
    """Both clocks start when the message was written (domain 4)."""
    return datetime.fromtimestamp(float(origin.ts), UTC) if origin.ts else None


MODALS = (
    ModalRow(callback_id=views.NEW_TICKET, submit=log),
    ModalRow(callback_id=views.CLOSE_TICKET, submit=close),
)
