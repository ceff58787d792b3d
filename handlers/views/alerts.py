"""How an alert looks: to the person told, in the alert channel, acknowledged, over."""

from collections.abc import Mapping
from itertools import groupby

from bot.domain.alerts import Condition, EpisodeState, Step, StepKind
from bot.domain.ids import UserId
from bot.domain.notices import AlertRaised
from bot.domain.sla import Clock
from handlers.blocks import Block, Message, actions, context, section
from handlers.codec import encode
from handlers.elements import button
from handlers.mrkdwn import date, escape
from handlers.states import ClientRef, EpisodeRef, TicketRef
from handlers.views.words import PRIORITY_MARK, counted, span

SHOWN_STEPS = 12
STATE_MARK = {EpisodeState.CLOSED: "☑️", EpisodeState.ACKNOWLEDGED: "👀"}

WHAT = {
    (Condition.SLA_WARNING, Clock.RESPONSE): "waits for an answer; it is due {due}",
    (Condition.SLA_WARNING, Clock.RESOLUTION): "is not solved yet; that is due {due}",
    (Condition.SLA_BREACH, Clock.RESPONSE): "is unanswered; an answer was due {due}",
    (Condition.SLA_BREACH, Clock.RESOLUTION): "is unsolved; a solution was due {due}",
}

WAS = {
    (Condition.SLA_WARNING, Clock.RESPONSE): "waited for an answer, due {due}",
    (Condition.SLA_WARNING, Clock.RESOLUTION): "waited for a solution, due {due}",
    (Condition.SLA_BREACH, Clock.RESPONSE): "was unanswered; an answer was due {due}",
    (Condition.SLA_BREACH, Clock.RESOLUTION): "was unsolved; a solution was due {due}",
}

STEP_WORDS = {
    StepKind.TOLD: "told {people}",
    StepKind.NOBODY: "nobody to tell at level {level}, passed on",
    StepKind.ALREADY_TOLD: "level {level} knew already, passed on",
    StepKind.REPEATED: "told {people} again",
    StepKind.EXHAUSTED: "nobody acknowledged; admins and the ops channel are told",
    StepKind.ACKNOWLEDGED: "acknowledged by {people}",
    StepKind.ASKED_AGAIN: "still true, asked {people} again",
    StepKind.CLOSED: "over",
}


NOBODY_YET = "Nobody has acknowledged this yet."


def raised(alert: AlertRaised) -> Message:
    """An alert in its present state, with the buttons that still make sense."""
    blocks: list[Block] = [section(f"{_headline(alert)}\n{_ticket(alert)}")]
    if said := _standing(alert):
        blocks.append(section(said))
    blocks.append(_buttons(alert))
    if alert.trail:
        blocks.append(context(_trail(alert)))
    return Message(_spoken(alert), tuple(blocks))


def _headline(alert: AlertRaised) -> str:
    over = alert.state is EpisodeState.CLOSED
    mark = STATE_MARK.get(alert.state, PRIORITY_MARK[alert.severity])
    due = date(alert.due_at, alert.ticket.zone)
    what = (WAS if over else WHAT)[alert.condition, alert.clock].format(due=due)
    late = " (logged late)" if alert.late else ""
    return f"{mark} *{alert.ticket.key}* {what}{late}."


def _ticket(alert: AlertRaised) -> str:
    ticket = alert.ticket
    title, client = escape(ticket.title, 300), escape(ticket.client_name, 200)
    return f"*{title}* · {client} · {ticket.priority}"


def _standing(alert: AlertRaised) -> str:
    """Who has it, or what happens next unless somebody takes it."""
    if alert.state is EpisodeState.CLOSED:
        return f"Over: {escape(alert.closed_because, 200)}."
    if alert.state is EpisodeState.ACKNOWLEDGED and alert.acknowledged_by is not None:
        until = alert.acknowledged_until
        held = f" until {date(until, alert.ticket.zone)}" if until else ""
        return f"Acknowledged by {_name(alert.acknowledged_by, alert.names)}{held}."
    if alert.now_with is None or alert.hold_minutes is None:
        return NOBODY_YET if _is_exhausted(alert) else ""
    return f"{_place(alert)} {_next(alert, alert.hold_minutes)}"


def _place(alert: AlertRaised) -> str:
    """Where the alert is on its ladder, as the reader of this copy sees it."""
    if alert.role is None:
        return f"It is with the {alert.now_with}."
    if alert.role == alert.now_with:
        return f"You are told as {alert.role}."
    return f"You were told as {alert.role}; it is with the {alert.now_with} now."


def _next(alert: AlertRaised, minutes: int) -> str:
    again = "you are" if alert.role == alert.now_with else f"the {alert.now_with} is"
    after = f"the {alert.next_role} is told" if alert.next_role else f"{again} told again"
    return f"Unless somebody acknowledges within {span(minutes)}, {after}."


def _is_exhausted(alert: AlertRaised) -> bool:
    return any(step.kind is StepKind.EXHAUSTED for step in alert.trail)


def _buttons(alert: AlertRaised) -> Block:
    buttons = []
    if alert.state is EpisodeState.OPEN:
        state = encode(EpisodeRef(episode_id=alert.episode_id))
        buttons.append(button("Acknowledge", "alert.acknowledge", state, style="primary"))
    buttons.append(
        button("Show ticket", "ticket.show", encode(TicketRef(ticket_id=alert.ticket.ticket_id)))
    )
    client = encode(ClientRef(code=alert.ticket.client_code))
    buttons.append(button("Open client", "client.show", client))
    return actions(*buttons)


def _trail(alert: AlertRaised) -> str:
    """The newest steps, the same one repeated only once."""
    runs = [tuple(run) for _, run in groupby(alert.trail, key=lambda s: (s.kind, s.people))]
    earlier = len(runs) - SHOWN_STEPS
    lines = [f"{counted(earlier, 'earlier step')}"] if earlier > 0 else []
    for run in runs[-SHOWN_STEPS:]:
        times = f", {len(run)} times by now" if len(run) > 1 else ""
        lines.append(f"{_step(run[-1], alert)}{times}")
    return "\n".join(lines)


def _step(step: Step, alert: AlertRaised) -> str:
    people = " and ".join(_name(user, alert.names) for user in step.people)
    words = STEP_WORDS[step.kind].format(people=people, level=step.level)
    return f"{date(step.at, alert.ticket.zone)}: {words}"


def _name(user: UserId, names: Mapping[UserId, str]) -> str:
    return escape(names.get(user, "somebody who left"), 100)


def _spoken(alert: AlertRaised) -> str:
    parts = [_headline(alert), f"{_ticket(alert)}.", _standing(alert)]
    if alert.trail:
        parts.append(_step(alert.trail[-1], alert) + ".")
    return "\n".join(part for part in parts if part)
