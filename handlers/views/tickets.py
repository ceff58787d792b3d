"""How a ticket looks: intake form, triage card, list, closing form, confirmations."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.clients import ClientName
from bot.domain.ids import UserId
from bot.domain.notices import TicketFacts
from bot.domain.tickets import TITLE_LIMIT, Priority, Ticket, TicketStatus
from handlers.blocks import Block, Message, View, actions, context, field, fields, modal, section
from handlers.codec import encode
from handlers.elements import Element, Option, button, external_select, option, select, text_input
from handlers.mrkdwn import channel, date, escape, mention
from handlers.states import TicketOrigin, TicketRef
from handlers.views.clients import pager
from handlers.views.words import PRIORITY_MARK, named, spaced, ticket_stands

NEW_TICKET = "ticket.intake"
CLOSE_TICKET = "ticket.close"
PAGE = 10
FORM_TEXT = 3000
CARD_TEXT = 600

PRIORITY_MEANING = {
    Priority.CRITICAL: "System down, major business impact",
    Priority.HIGH: "Important feature not working",
    Priority.MEDIUM: "Enhancement request",
    Priority.LOW: "General question",
}


def intake_form(
    *,
    client: Option | None,
    title: str,
    description: str,
    priority: Priority,
    origin: TicketOrigin,
    note: str = "",
) -> View:
    """The intake form, with whatever is known filled in. `note` says where that came from."""
    priorities = [
        option(f"{PRIORITY_MARK[p]} {named(p)}", p, PRIORITY_MEANING[p]) for p in Priority
    ]
    blocks: list[Block] = [
        field(
            "ticket.client",
            "Client",
            external_select("client.pick", initial=client, placeholder="Type a name or code"),
        ),
        field("ticket.title", "Title", text_input(initial=title, longest=TITLE_LIMIT)),
        field(
            "ticket.description",
            "What happened?",
            text_input(
                initial=description,
                multiline=True,
                longest=FORM_TEXT,
                placeholder="What they see, what they tried, since when",
            ),
            optional=True,
        ),
        field(
            "ticket.priority",
            "Priority",
            select(priorities, initial=priority),
            hint="Decides when an answer and a solution are due.",
        ),
    ]
    if note:
        blocks.insert(0, context(note))
    return modal(NEW_TICKET, "Log a ticket", blocks, submit="Log ticket", state=encode(origin))


def logged(ticket: Ticket, client_name: str, zone: str, *, again: bool) -> Message:
    """What the form turns into: the key, and when an answer is due."""
    if again:
        return Message(f"That was logged before, as *{ticket.key}*. Nothing was changed.")
    title = f"✅ Logged *{ticket.key}* for {escape(client_name, 200)}: {escape(ticket.title)}"
    priority = f"{PRIORITY_MARK[ticket.priority]} {ticket.priority}"
    answer = f"due {date(ticket.response_due_at, zone)}"
    solution = f"due {date(ticket.resolution_due_at, zone)}"
    return Message(
        f"{title}\n{priority} · first answer {answer} · solution {solution}",
        (
            section(f"{title}\n{priority}"),
            fields(f"*First answer*\n{answer}", f"*Solution*\n{solution}"),
        ),
    )


def triage(ticket: TicketFacts, names: Mapping[UserId, str]) -> Message:
    """The triage card in the alert channel. It names people and pings nobody."""
    blocks = [section(_title(ticket)), fields(*_facts(ticket, names))]
    if ticket.description not in {"", ticket.title}:
        blocks.append(section(f">{_quoted(ticket.description)}"))
    if buttons := _buttons(ticket):
        blocks.append(actions(*buttons))
    if ticket.status is TicketStatus.CLOSED:
        blocks.append(context(f"Closed: {escape(ticket.resolution, CARD_TEXT)}"))
    return Message(_spoken(ticket, names), tuple(blocks))


def _title(ticket: TicketFacts) -> str:
    mark = "☑️" if ticket.status is TicketStatus.CLOSED else PRIORITY_MARK[ticket.priority]
    return (
        f"{mark} *{ticket.key}* {escape(ticket.title, 300)}\n"
        f"{escape(ticket.client_name, 200)} · {ticket.priority} · {spaced(ticket.status)}"
    )


def _facts(ticket: TicketFacts, names: Mapping[UserId, str]) -> list[str]:
    if ticket.responded_at is not None:
        who = _name(ticket.responded_by, names)
        answer = f"✅ {date(ticket.responded_at, ticket.zone)} by {who}"
    else:
        answer = f"due {date(ticket.response_due_at, ticket.zone)}"
    if ticket.closed_at is not None:
        solution = f"✅ {date(ticket.closed_at, ticket.zone)}"
    else:
        solution = f"due {date(ticket.resolution_due_at, ticket.zone)}"
    facts = [
        f"*First answer*\n{answer}",
        f"*Solution*\n{solution}",
        f"*Assignee*\n{_name(ticket.assignee, names)}",
        f"*Requested by*\n{_name(ticket.requester, names)}",
    ]
    if ticket.source is not None:
        facts.append(f"*From*\na message in {channel(ticket.source.channel)}")
    return facts


def _buttons(ticket: TicketFacts) -> list[Element]:
    if not ticket.status.is_open:
        return []
    state = encode(TicketRef(ticket_id=ticket.ticket_id))
    buttons = []
    if ticket.assignee is None:
        buttons.append(button("Take it", "ticket.take", state, style="primary"))
    if ticket.responded_at is None:
        buttons.append(button("Mark as answered", "ticket.respond", state))
    buttons.append(button("Close", "ticket.ask_close", state))
    return buttons


def _spoken(ticket: TicketFacts, names: Mapping[UserId, str]) -> str:
    facts = "; ".join(fact.replace("*", "").replace("\n", ": ") for fact in _facts(ticket, names))
    text = f"{_title(ticket)}. {facts}."
    if ticket.description not in {"", ticket.title}:
        text += f"\n{escape(ticket.description, CARD_TEXT)}"
    return text


def _quoted(text: str) -> str:
    return escape(text, CARD_TEXT).replace("\n", "\n>")


def _name(user: UserId | None, names: Mapping[UserId, str]) -> str:
    if user is None:
        return "nobody yet"
    return escape(names.get(user, "somebody outside"), 100)


def close_form(ticket: Ticket) -> View:
    return modal(
        CLOSE_TICKET,
        f"Close {ticket.key}"[:24],
        [
            section(f"*{escape(ticket.title)}*"),
            field(
                "ticket.resolution",
                "How was it resolved?",
                text_input(multiline=True, longest=FORM_TEXT),
            ),
        ],
        submit="Close ticket",
        state=encode(TicketRef(ticket_id=ticket.id)),
    )


def page(
    rows: Sequence[tuple[Ticket, ClientName]],
    total: int,
    number: int,
    zone: str,
    *,
    code: str | None,
    now: datetime,
) -> Message:
    """A page of open tickets, soonest due first."""
    of_whom = f" of {code}" if code else ""
    if not total:
        return Message(f"There are no open tickets{of_whom}. Log one with `/ticket`.")
    lines = [line(ticket, name, zone, now) for ticket, name in rows]
    first = number * PAGE + 1
    title = f"Open tickets{of_whom}, {first} to {first + len(rows) - 1} of {total}"
    text = "\n".join([f"*{title}*", *lines])
    return Message(text, (section(text), *pager("ticket.page", number, total, PAGE, code)))


def line(ticket: Ticket, name: ClientName, zone: str, now: datetime) -> str:
    who = mention(ticket.assignee) if ticket.assignee else "_not assigned_"
    return (
        f"{PRIORITY_MARK[ticket.priority]} *{ticket.key}* {escape(ticket.title, 120)} · "
        f"{escape(name.name, 60)} · {who} · {ticket_stands(ticket, now, zone)}"
    )
