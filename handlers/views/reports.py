"""How reports look: the daily snapshot as sentences first, then as sections."""

from datetime import timedelta

from bot.domain.clients import ClientStatus
from bot.domain.reports import DailySnapshot, Section, TicketLine
from handlers.blocks import Block, Message, context, fields, header, section
from handlers.mrkdwn import date, escape
from handlers.views.words import CLOCK_NOUN, PRIORITY_MARK, counted, spaced

NEAR = timedelta(hours=36)  # then the time of day matters
SHOWN = 5  # lines a section: with the longest titles five sections still make one post


def daily(report: DailySnapshot) -> Message:
    """The daily snapshot: one post, everything essential in its text."""
    day = f"{report.day:%A} {report.day.day} {report.day:%B %Y}"
    late = " (late)" if report.late else ""
    if report.is_empty:
        return Message(f"Daily snapshot, {day}{late}: there are no clients yet.")
    blocks: list[Block] = [
        header(f"Daily snapshot · {day}{late}"),
        fields(
            f"*Active clients*\n{report.active_clients}",
            f"*Clients by status*\n{_statuses(report)}",
        ),
    ]
    if report.unacknowledged:
        blocks.append(section(f"🔔 *{_waiting(report)}*"))
    for title, part, _ in _sections(report):
        if part.total:
            blocks.append(section(f"*{title}* ({part.total})\n{_lines(part, report)}"))
    if quiet := [empty for _, part, empty in _sections(report) if not part.total]:
        blocks.append(context(f"✅ {' '.join(quiet)}"))
    return Message(_spoken(report, day, late), tuple(blocks))


def _sections(report: DailySnapshot) -> tuple[tuple[str, Section, str], ...]:
    return (
        ("🚨 SLA at risk", report.at_risk, "Nothing is at risk."),
        (
            "📅 Due in the next working days",
            report.due_soon,
            "Nothing is due in the next working days.",
        ),
        (f"❗ Missed {_since(report)}", report.missed, "Nothing was missed."),
        (f"🏁 Closed {_since(report)}", report.closed, "Nothing was closed."),
        (f"📥 Opened {_since(report)}", report.opened, "Nothing was opened."),
    )


def _since(report: DailySnapshot) -> str:
    one_day = report.day - report.since == timedelta(days=1)
    return "yesterday" if one_day else f"since {report.since:%A}"


def _statuses(report: DailySnapshot) -> str:
    counts = report.clients_by_status
    return " · ".join(f"{counts[s]} {spaced(s)}" for s in ClientStatus if counts.get(s))


def _lines(part: Section, report: DailySnapshot) -> str:
    shown = part.lines[:SHOWN]
    lines = [_line(line, report) for line in shown]
    if (more := part.total - len(shown)) > 0:
        lines.append(f"and {more} more: `/ticket list`")
    return "\n".join(lines)


def _line(line: TicketLine, report: DailySnapshot) -> str:
    """When before what: of a long line Slack's readers see the beginning best."""
    key = f"{PRIORITY_MARK[line.priority]} *{line.key}*"
    parts = (key, _due(line, report), escape(line.title, 120), escape(line.client_name, 60))
    return " · ".join(part for part in parts if part)


def _due(line: TicketLine, report: DailySnapshot) -> str:
    if line.due_at is None:
        return ""
    what = f"{CLOCK_NOUN[line.clock]} " if line.clock else ""
    verb = f"{what}was due" if line.due_at <= report.as_of else f"{what}due"
    near = abs(line.due_at - report.as_of) < NEAR
    style = "{date_short_pretty} at {time}" if near else "{date_short_pretty}"
    return f"{verb} {date(line.due_at, report.zone, style=style)}"


def _waiting(report: DailySnapshot) -> str:
    return f"{counted(report.unacknowledged, 'alert').capitalize()} not acknowledged yet."


def _spoken(report: DailySnapshot, day: str, late: str) -> str:
    sentences = [f"Daily snapshot, {day}{late}."]
    sentences.append(
        f"{counted(report.active_clients, 'active client').capitalize()}; "
        f"by status: {_statuses(report)}."
    )
    for title, part, empty in _sections(report):
        name = title.split(" ", 1)[1]
        first = "; ".join(f"{line.key} {escape(line.title, 80)}" for line in part.lines[:3])
        sentences.append(f"{name}: {part.total}, first {first}." if first else empty)
    if report.unacknowledged:
        sentences.append(_waiting(report))
    return "\n".join(sentences)
