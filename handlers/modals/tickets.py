"""The forms that log and close a ticket."""

from bot.domain.errors import InvalidInput
from bot.domain.ids import ChannelId, MessageTs, TicketId, UserId
from bot.domain.tickets import Answer, Priority, Source
from bot.services.tickets import ClientRef, OpenTicket
from handlers.codec import decode
from handlers.inbound import Submission
from handlers.replies import Nothing, Reply
from handlers.states import TicketOrigin, TicketRef
from handlers.table import Desk, ModalRow
from handlers.threads import instant_of
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
        requested_at=instant_of(MessageTs(origin.ts)) if origin.ts else None,
        source=_source(origin),
        answer=_answer(origin),
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


def _answer(origin: TicketOrigin) -> Answer | None:
    if origin.answered_by is None or origin.answered_at is None:
        return None
    return Answer(by=UserId(origin.answered_by), at=origin.answered_at)


MODALS = (
    ModalRow(callback_id=views.NEW_TICKET, submit=log),
    ModalRow(callback_id=views.CLOSE_TICKET, submit=close),
)
