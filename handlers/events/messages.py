"""Messages: a reply in a ticket's thread answers it; a mention or DM learns what to type."""

from bot.domain.people import require_member
from bot.services.tickets import Heard
from handlers.blocks import Message
from handlers.happenings import Mentioned, MessagePosted
from handlers.inbound import EventCall
from handlers.replies import Nothing, Reply
from handlers.table import Desk, EventRow
from handlers.threads import instant_of

HOW = (
    "I listen to commands: `/client status acme` for a client's card, `/ticket acme Login fails` "
    "to log a ticket, `/clientops help` for everything. On any message, *Log ticket from message* "
    "is in its ⋯ menu; that works in threads too."
)


async def posted(call: EventCall[MessagePosted], desk: Desk) -> Reply:
    said = call.happening.said
    if call.asker is None or said.author is None:
        return Nothing()
    if call.happening.direct:
        require_member(call.asker.person)
        return Message(HOW)
    if said.thread is not None and said.thread != said.ts:
        heard = Heard(
            workspace_id=call.asker.workspace_id,
            author=said.author,
            channel=said.channel,
            thread_ts=said.thread,
            at=instant_of(said.ts),
            key=f"heard:{said.channel}:{said.ts}",
        )
        await desk.services.tickets.hear(heard)
    return Nothing()


async def mentioned(_call: EventCall[Mentioned], _desk: Desk) -> Reply:
    return Message(HOW)


EVENTS = (
    EventRow(on=MessagePosted, run=posted, open_to_clients=True),
    EventRow(on=Mentioned, run=mentioned),
)
