"""Fills the ticket form with what is known: the client, the message's text, and why."""

from bot.domain.clients import Client
from bot.domain.ids import ChannelId
from bot.domain.people import Asker
from bot.domain.tickets import Priority, title_from
from bot.services.tickets import ClientRef
from handlers.blocks import View
from handlers.elements import Option, option
from handlers.grammar import Line
from handlers.inbound import Said
from handlers.mrkdwn import escape, mention
from handlers.states import TicketOrigin
from handlers.table import Desk
from handlers.threads import instant_of
from handlers.views import tickets as views


async def typed_form(
    asker: Asker, desk: Desk, *, line: Line, channel: ChannelId, priority: Priority | None
) -> View:
    """`/ticket [client] [text]`: the first word is the client if one answers to it."""
    client, rest = await _leading_client(asker, desk, line)
    note = ""
    if client is None:
        client = await _client_of(asker, desk, channel)
        note = _because_of_channel(client)
    text = rest.text
    title = title_from(text)
    return views.intake_form(
        client=_option(client),
        title=title,
        description="" if text == title else text,
        priority=priority or Priority.MEDIUM,
        origin=TicketOrigin(),
        note=note,
    )


async def message_form(asker: Asker, desk: Desk, message: Said) -> View:
    """*Log ticket* on a message: its channel suggests the client, its text the ticket.

    Somebody may have answered in its thread before it is logged: that counts (domain 4).
    """
    client = await _client_of(asker, desk, message.channel)
    thread = message.thread or message.ts
    replies = await desk.threads.replies(asker.team_id, message.channel, thread)
    answer = await desk.services.tickets.first_answer(
        asker.workspace_id, message.author, instant_of(message.ts), replies or ()
    )
    notes = [_because_of_channel(client)]
    if replies is None:
        notes.append("I am not in this channel: answers already given here are not known to me.")
    elif answer is not None:
        notes.append(f"Answered already by {mention(answer.by)}.")
    return views.intake_form(
        client=_option(client),
        title=title_from(message.text),
        description=message.text,
        priority=Priority.MEDIUM,
        origin=TicketOrigin(
            channel=message.channel,
            ts=message.ts,
            author=message.author,
            answered_by=answer.by if answer else None,
            answered_at=answer.at if answer else None,
        ),
        note=" ".join(note for note in notes if note),
    )


async def client_form(asker: Asker, desk: Desk, code: str | None) -> View:
    """*Log ticket* on a client's card, or the global shortcut without one."""
    client = None
    if code is not None:
        client = await desk.services.tickets.find_client(asker.workspace_id, ClientRef(code=code))
    return views.intake_form(
        client=_option(client),
        title="",
        description="",
        priority=Priority.MEDIUM,
        origin=TicketOrigin(),
    )


async def _leading_client(asker: Asker, desk: Desk, line: Line) -> tuple[Client | None, Line]:
    """The client whose code or alias is the first word, and the line after it."""
    head = line.head()
    if head is None:
        return None, line
    word, after = head
    ref = ClientRef(code=word.text)
    client = await desk.services.tickets.find_client(asker.workspace_id, ref)
    return (None, line) if client is None else (client, after)


async def _client_of(asker: Asker, desk: Desk, channel: ChannelId) -> Client | None:
    ref = ClientRef(channel=channel)
    return await desk.services.tickets.find_client(asker.workspace_id, ref)


def _because_of_channel(client: Client | None) -> str:
    if client is None:
        return ""
    return f"{escape(client.name, 200)} is suggested because this is their channel."


def _option(client: Client | None) -> Option | None:
    return None if client is None else option(f"{client.name} ({client.code})", client.code)
