"""What must hold between our books and Slack when nothing is left to do. Finds, never mends.

Each check yields a sentence for every promise that was lost, kept twice or told out of order.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.alerts import Condition, EpisodeState, StepKind
from bot.domain.deliveries import DeliveryState
from bot.domain.sla import Clock
from bot.domain.timers import TimerKind
from simulator.model import Message
from store.settling import BY_NEWER, TOO_LATE
from tests.scenario.office import ALERTS, DANA, OPS
from tests.soak.books import Books, Shown
from tests.soak.people import BUTTONS, Promises, buttons_of

FRIDAY = 5
DIGEST = "daily_snapshot"
RUNGS = {StepKind.TOLD, StepKind.NOBODY, StepKind.ALREADY_TOLD}
TO_PEOPLE = {StepKind.TOLD, StepKind.REPEATED, StepKind.ASKED_AGAIN}
UNSENT = {DeliveryState.PENDING, DeliveryState.SENDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    books: Books
    shown: list[Shown]
    promises: Promises
    possibly_repeated: Sequence[int]
    now: datetime


Check: TypeAlias = Callable[[Account], Iterator[str]]


def violations(account: Account) -> list[str]:
    return [f"{check.__name__}: {said}" for check in CHECKS for said in check(account)]


def every_message_once(account: Account) -> Iterator[str]:
    """Each message we promised stands in Slack once, in its newest state, and no other does.

    But for what is critical and could not be looked for: that is posted again, says so, and is in
    the log (reliability, Delivery 3).
    """
    shown = {one.place: one.delivery for one in account.shown}
    promised = set()
    for name, rows in account.books.messages.items():
        sent = [row for row in rows if row.state == DeliveryState.SENT]
        places = {(row.posted_channel, row.posted_ts) for row in sent}
        if len(places) > 1:
            yield f"{name} stands in several places: {sorted(places)}"
        for place in places:
            if place in promised:
                yield f"{name} shares its place {place}"
            if place not in shown:
                yield f"{name} is lost: nothing stands at {place}"
            elif shown[place] != sent[-1].id:
                yield f"{name} shows delivery {shown[place]}, its newest is {sent[-1].id}"
        promised |= places
    spare = Counter(account.possibly_repeated)
    for one in account.shown:
        if one.place not in promised and spare[one.delivery]:
            spare[one.delivery] -= 1
        elif one.place not in promised:
            text = one.message.body["text"][:60]
            yield f"nobody answers for {one.place}, delivery {one.delivery}: {text}"


def no_delivery_twice(account: Account) -> Iterator[str]:
    counted = Counter(one.delivery for one in account.shown)
    counted.subtract(account.possibly_repeated)
    yield from (
        f"delivery {number} {times} times" for number, times in counted.items() if times > 1
    )


def nothing_is_left(account: Account) -> Iterator[str]:
    for row in account.books.outbox:
        due = row.due_at <= account.now
        if row.state == DeliveryState.PARKED or (row.state in UNSENT and due):
            yield f"row {row.id} is {row.state}, due {row.due_at}: {row.subject} {row.reason}"


def replaced_by_something(account: Account) -> Iterator[str]:
    """A superseded state has a newer one that was sent, or its episode is over or acknowledged."""
    taken_back = {f"episode:{row.id}" for row in account.books.episodes if _was_answered(row)}
    for rows in account.books.messages.values():
        for index, row in enumerate(rows):
            if row.state != DeliveryState.SUPERSEDED:
                continue
            newer = any(later.state != DeliveryState.SUPERSEDED for later in rows[index + 1 :])
            late = row.reason == TOO_LATE and row.useless_after is not None
            if not (newer or late or row.subject in taken_back):
                yield f"row {row.id} of {row.subject} was dropped: {row.reason}"
            if row.reason == BY_NEWER and row is rows[-1]:
                yield f"row {row.id} of {row.subject} was replaced by nothing"


def _was_answered(episode: Any) -> bool:
    kinds = {step["kind"] for step in episode.trail}
    return bool(kinds & {StepKind.CLOSED, StepKind.ACKNOWLEDGED})


def every_ticket_once(account: Account) -> Iterator[str]:
    keys = {row.title: row.key for row in account.books.tickets}
    counted = Counter(row.title for row in account.books.tickets)
    yield from (
        f"{title} was logged {times} times" for title, times in counted.items() if times > 1
    )
    yield from (f"{title} came from nowhere" for title in counted.keys() - account.promises.tried)
    for title, key in account.promises.logged.items():
        if keys.get(title) != key:
            yield f"{title} was confirmed as {key}, we have {keys.get(title)}"


def every_card_is_true(account: Account) -> Iterator[str]:
    """The triage card of each ticket: one, and what it offers fits the ticket."""
    at = {one.place: one.message for one in account.shown}
    for ticket in account.books.tickets:
        rows = account.books.messages.get((ALERTS, f"ticket:{ticket.id}"), ())
        versions = [row.key.rpartition(":v")[2] for row in rows]
        if versions != [str(number) for number in range(1, ticket.version + 1)]:
            yield f"{ticket.key} is at version {ticket.version}, cards were promised for {versions}"
        sent = [row for row in rows if row.state == DeliveryState.SENT]
        card = at.get((sent[-1].posted_channel, sent[-1].posted_ts)) if sent else None
        if card is None:
            yield f"{ticket.key} has no card"
        elif said := _untrue(card, ticket):
            yield f"the card of {ticket.key} {said}"


def _untrue(card: Message, ticket: Any) -> str:
    wrong = list(_offered(ticket) ^ buttons_of(card))
    if f"*{ticket.key}*" not in card.body["text"]:
        wrong.append("its key")
    return f"is wrong about {', '.join(wrong)}" if wrong else ""


def _offered(ticket: Any) -> set[str]:
    """What can still be done about a ticket."""
    if ticket.closed_at is not None:
        return set()
    conditions = (ticket.assignee is None, ticket.responded_at is None, True)
    return {button for button, holds in zip(BUTTONS, conditions, strict=True) if holds}


def nothing_shown_is_taken_back(account: Account) -> Iterator[str]:
    tickets = {row.key: row for row in account.books.tickets}
    for key, button in sorted(account.promises.shown):
        ticket = tickets.get(key)
        if ticket is None or button in _offered(ticket):
            yield f"{key} was shown without {button} before"


def one_digest_a_working_day(account: Account) -> Iterator[str]:
    """Or, where nothing ran until the day was over, one entry that it was skipped."""
    books = account.books
    zone = ZoneInfo(books.workspace.zone)
    told = [one.message.body["text"] for one in account.shown if one.place[0] == OPS]
    skipped = [row.fields["slot"] for row in books.audit if row.action == "report.skipped"]
    late = [row.key for row in books.outbox if row.reason == TOO_LATE]
    for day in _digest_days(books.workspace.created_at, account.now, zone):
        title = f"Daily snapshot, {day:%A} {day.day} {day:%B %Y}"
        times = sum(text.startswith(title) for text in told)
        missed = skipped.count(f"{day}") + late.count(f"{DIGEST}:{day}")
        if times + missed != 1:
            yield f"{times} digests of {day}, {missed} times on record as missed"


def _digest_days(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    day = since.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        at = datetime.combine(day, datetime.min.time(), zone).replace(hour=8)
        if since < at <= until and day.isoweekday() <= FRIDAY:
            yield day
        day += timedelta(days=1)


def episodes_climb_in_order(account: Account) -> Iterator[str]:
    """No level is skipped or told twice, every step reached the outbox, and a next one is due."""
    timers = {row.subject for row in account.books.timers if row.kind == TimerKind.EPISODE_STEP}
    for episode in account.books.episodes:
        name = f"episode {episode.id} ({episode.condition} of {episode.subject})"
        levels = [s["level"] for s in episode.trail if s["kind"] in RUNGS and s["level"] > 0]
        if levels != list(range(1, len(levels) + 1)):
            yield f"{name} told the levels {levels}"
        running = episode.state != EpisodeState.CLOSED
        if episode.ladder is not None and running != (str(episode.id) in timers):
            yield f"{name} is {episode.state}, a timer is {str(episode.id) in timers}"
        if running and not _sent(account.books, ALERTS, f"episode:{episode.id}:channel"):
            yield f"{name} has no card in the alert channel"
        yield from _steps_without_message(account.books, episode, name)


def _steps_without_message(books: Books, episode: Any, name: str) -> Iterator[str]:
    told = Counter(p for s in episode.trail if s["kind"] in TO_PEOPLE for p in s["people"])
    told[DANA] += sum(step["kind"] == StepKind.EXHAUSTED for step in episode.trail)
    for person, times in told.items():
        cards = {r.card for r in books.outbox if r.destination == person and _about(r, episode)}
        if len(cards) != times:
            yield f"{name} told {person} {times} times by {sorted(cards)}"


def _about(row: Any, episode: Any) -> bool:
    return bool(row.subject == f"episode:{episode.id}")


def _sent(books: Books, to: str, card: str) -> bool:
    return any(row.state == DeliveryState.SENT for row in books.messages.get((to, card), ()))


def every_clock_is_watched(account: Account) -> Iterator[str]:
    """A running clock has its timer, a breached one its episode, a stopped one nothing running."""
    books = account.books
    timers = {(row.kind, row.subject): row.due_at for row in books.timers}
    episodes = Counter((row.condition, row.subject) for row in books.episodes)
    running = {r.subject for r in books.episodes if r.state != EpisodeState.CLOSED}
    yield from (f"{times} episodes of {one}" for one, times in episodes.items() if times > 1)
    for ticket in books.tickets:
        for clock in Clock:
            name = f"{ticket.id}:{clock}"
            due_at, stopped = _clock(ticket, clock)
            timer = timers.get((TimerKind.TICKET_BREACH, name))
            breached = episodes[Condition.SLA_BREACH, f"ticket:{name}"]
            if stopped and (timer is not None or f"ticket:{name}" in running):
                yield f"{ticket.key}: {clock} has stopped and something still runs"
            if not stopped and due_at > account.now and timer != due_at:
                yield f"{ticket.key}: {clock} is due {due_at}, its timer {timer}"
            if not stopped and due_at <= account.now and not breached:
                yield f"{ticket.key}: {clock} was due {due_at} and nobody heard of it"


def _clock(ticket: Any, clock: Clock) -> tuple[datetime, bool]:
    if clock is Clock.RESPONSE:
        stopped_at = ticket.responded_at or ticket.closed_at
        return ticket.response_due_at, stopped_at is not None
    return ticket.resolution_due_at, ticket.closed_at is not None


def one_entry_for_each_effect(account: Account) -> Iterator[str]:
    entries = Counter((row.subject, row.action) for row in account.books.audit)
    for ticket in account.books.tickets:
        name = f"ticket:{ticket.id}"
        changes = sum(times for (subject, _), times in entries.items() if subject == name)
        answered = ticket.responded_at is not None
        before = answered and ticket.responded_at <= ticket.created_at
        expected = {
            "ticket.opened": {1},
            "ticket.responded": {0, 1} if before else {int(answered)},
            "ticket.closed": {int(ticket.closed_at is not None)},
        }
        for action, right in expected.items():
            if entries[name, action] not in right:
                yield f"{ticket.key} has {entries[name, action]} entries {action}, not {right}"
        if changes != ticket.version:
            yield f"{ticket.key} is at version {ticket.version} after {changes} entries"
    for episode in account.books.episodes:
        steps = sum(step["kind"] == StepKind.ACKNOWLEDGED for step in episode.trail)
        times = entries[f"episode:{episode.id}", "alert.acknowledged"]
        if times != steps:
            yield f"episode {episode.id} was acknowledged {steps} times, with {times} entries"


CHECKS: tuple[Check, ...] = (
    every_message_once,
    no_delivery_twice,
    nothing_is_left,
    replaced_by_something,
    every_ticket_once,
    every_card_is_true,
    nothing_shown_is_taken_back,
    one_digest_a_working_day,
    episodes_climb_in_order,
    every_clock_is_watched,
    one_entry_for_each_effect,
)
