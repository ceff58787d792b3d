"""How a client looks: the status card, the list, the form."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.cards import CARD_TICKETS, ClientCard, OpenTicket, clock_state
from bot.domain.clients import ClientName, ClientStatus
from bot.domain.people import TEAM_ROLES
from bot.domain.sla import Clock
from bot.domain.tickets import Priority
from handlers.blocks import (
    Block,
    Message,
    View,
    actions,
    context,
    field,
    fields,
    header,
    modal,
    section,
)
from handlers.codec import encode
from handlers.elements import (
    Option,
    button,
    channel_select,
    option,
    select,
    text_input,
    user_select,
)
from handlers.mrkdwn import channel, date, escape, link, mention
from handlers.states import ClientRef, PageRef
from handlers.views.words import PRIORITY_MARK, clock_stands, counted, named, spaced

NEW_CLIENT = "client.new"
PAGE = 15


def card(shown: ClientCard, now: datetime, zone: str) -> Message:
    """The status card. Every fact stands in the text too, for those who hear it."""
    lines = [_ticket_line(ticket, now, zone) for ticket in shown.tickets]
    last = date(shown.last_contact_at, zone) if shown.last_contact_at else ""
    team = _team(shown)
    blocks = (
        header(f"{shown.name} ({shown.code})"),
        fields(*_facts(shown, last or "None yet")),
        section("\n".join([f"*Open tickets* · {_counts(shown)}", *lines])),
        _buttons(shown),
        context(team or "Nobody is on its team yet."),
    )
    return Message(_spoken(shown, lines, last, team), blocks)


def _buttons(shown: ClientCard) -> Block:
    total = sum(shown.open_by_priority.values())
    state = encode(ClientRef(code=shown.code))
    buttons = [button("Log ticket", "ticket.log", state, style="primary")]
    if total > CARD_TICKETS:
        every = encode(PageRef(page=0, code=shown.code))
        buttons.append(button(f"All {total} tickets", "ticket.page", every))
    return actions(*buttons)


def _facts(shown: ClientCard, last: str) -> list[str]:
    facts = [f"*Status*\n{named(shown.status)}"]
    if shown.package:
        facts.append(f"*Package*\n{escape(shown.package, 200)}")
    facts.append(f"*Last contact*\n{last}")
    if shown.website.startswith(("http://", "https://")):
        facts.append(f"*Website*\n{link(shown.website, _bare(shown.website))}")
    channels = [channel(c) for c in (shown.client_channel, shown.internal_channel) if c]
    if channels:
        facts.append(f"*Channels*\n{' '.join(channels)}")
    return facts


def _bare(website: str) -> str:
    """A website as people say it."""
    return website.partition("://")[2].removeprefix("www.").rstrip("/")


def _counts(shown: ClientCard) -> str:
    counts = [
        f"{PRIORITY_MARK[priority]} {shown.open_by_priority[priority]} {priority}"
        for priority in Priority
        if shown.open_by_priority.get(priority)
    ]
    return " · ".join(counts) or "none, all quiet"


def _ticket_line(ticket: OpenTicket, now: datetime, zone: str) -> str:
    clock, reading = clock_state(ticket, now)
    due = ticket.response_due_at if clock is Clock.RESPONSE else ticket.resolution_due_at
    who = mention(ticket.assignee) if ticket.assignee else "_not assigned_"
    return (
        f"{PRIORITY_MARK[ticket.priority]} *{ticket.key}* {escape(ticket.title, 150)} · {who} · "
        f"{clock_stands(clock, reading, due, zone)}"
    )


def _team(shown: ClientCard) -> str:
    """Each person once, with all they are to this client."""
    people = dict.fromkeys(shown.team[role] for role in TEAM_ROLES if role in shown.team)
    told = []
    for user in people:
        roles = [role.label for role in TEAM_ROLES if shown.team.get(role) == user]
        told.append(f"{' and '.join(roles)}: {mention(user)}")
    return " · ".join(told)


def _spoken(shown: ClientCard, lines: Sequence[str], last: str, team: str) -> str:
    total = sum(shown.open_by_priority.values())
    counts = ", ".join(
        f"{shown.open_by_priority[p]} {p}" for p in Priority if shown.open_by_priority.get(p)
    )
    parts = [
        f"{escape(shown.name)} ({shown.code}) is {spaced(shown.status)}.",
        f"{counted(total, 'open ticket').capitalize()}" + (f": {counts}." if counts else "."),
    ]
    parts += [f"{line}." for line in lines]
    if total > CARD_TICKETS:
        parts.append(f"The others: `/ticket list {shown.code}`.")
    if last:
        parts.append(f"Last contact {last}.")
    if team:
        parts.append(f"Team: {team}.")
    return "\n".join(parts)


def page(names: Sequence[ClientName], total: int, number: int) -> Message:
    """A page of all clients, by name."""
    if not total:
        return Message("There are no clients yet. Create the first one with `/client new`.")
    lines = [f"• *{escape(n.name, 200)}* ({n.code}) · {spaced(n.status)}" for n in names]
    first = number * PAGE + 1
    title = f"Clients {first} to {first + len(names) - 1} of {total}"
    text = "\n".join([f"*{title}*", *lines])
    return Message(text, (section(text), *pager("client.page", number, total, PAGE)))


def pager(
    action_id: str, number: int, total: int, size: int, code: str | None = None
) -> tuple[Block, ...]:
    """Back and Next, where there is something to go to."""
    steps = []
    if number > 0:
        back = encode(PageRef(page=number - 1, code=code))
        steps.append(button("Back", f"{action_id}:back", back))
    if (number + 1) * size < total:
        onward = encode(PageRef(page=number + 1, code=code))
        steps.append(button("Next", f"{action_id}:next", onward))
    return (actions(*steps),) if steps else ()


def new_form() -> View:
    """The form of `/client new`."""
    statuses = [option(named(status), status) for status in ClientStatus]
    return modal(
        NEW_CLIENT,
        "New client",
        [
            field("client.name", "Name", text_input(longest=200, placeholder="ACME Incorporated")),
            field(
                "client.code",
                "Code",
                text_input(longest=20, placeholder="ACME"),
                hint="Short and unique: ticket keys begin with it, and people type it.",
            ),
            field("client.status", "Status", select(statuses, initial=ClientStatus.LEAD)),
            field(
                "client.website",
                "Website",
                text_input(longest=200, placeholder="https://acme.example"),
                optional=True,
            ),
            field(
                "client.account_manager",
                "Account manager",
                user_select(),
                optional=True,
                hint="The first person to hear when something slips.",
            ),
            field(
                "client.client_channel",
                "Channel shared with the client",
                channel_select(),
                optional=True,
                hint="Tickets logged from messages there know their client.",
            ),
            field(
                "client.package",
                "Package",
                text_input(longest=100, placeholder="Growth"),
                optional=True,
            ),
            field("client.notes", "Notes", text_input(multiline=True, longest=3000), optional=True),
        ],
        submit="Create",
    )


def created(name: str, code: str) -> Message:
    text = f"*{escape(name)}* ({code}) is created."
    return Message(
        f"{text} See it with `/client status {code}`.",
        (
            section(f"✅ {text}"),
            context(f"`/client status {code}` shows its card, `/ticket {code} …` logs a ticket."),
        ),
    )


def choice(name: ClientName) -> Option:
    """A client in a picker."""
    return option(f"{name.name} ({name.code})", name.code)
