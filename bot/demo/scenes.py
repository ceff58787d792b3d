"""What is going on when the demo starts: one open ticket for each situation worth looking at."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.demo.agency import Request
from bot.demo.stories import Setting, Story, member, writers
from bot.domain.people import Role
from bot.domain.tickets import Intake
from bot.services.clients import ClientRow

# When it was asked, logged, taken, answered.
Times = tuple[datetime, datetime, datetime | None, datetime | None]

UNANSWERED = "unanswered"
ASKED_AGO = timedelta(minutes=70)  # a critical answer is due 4 h after: it can be watched
LOGGED_AFTER = timedelta(minutes=6)


def scenes(setting: Setting, rows: Sequence[ClientRow], requests: Sequence[Request]) -> list[Story]:
    """Open stories of the last days, those that fit between the start and the end."""
    by_code = {row.draft.code: row for row in rows}
    by_scene = {request.scene: request for request in requests if request.scene}
    told = [
        _story(by_scene[name], by_code[code], door, times)
        for name, code, door, times in _table(setting)
    ]
    return [story for story in told if story.asked_at >= setting.start]


def _table(setting: Setting) -> tuple[tuple[str, str, Intake, Times], ...]:
    """Scene, client, door, times."""
    day = setting.anchor()
    eve = setting.business.add_business_days(day, -1)
    before = setting.business.add_business_days(day, -2)
    just_now = setting.end - ASKED_AGO
    at = setting.at
    return (
        (UNANSWERED, "ACME", Intake.SLACK, (just_now, just_now + LOGGED_AFTER, None, None)),
        ("breached", "LUMEN", Intake.EMAIL, (at(eve, "10:12"), at(eve, "10:31"), None, None)),
        (
            "waiting",
            "INITECH",
            Intake.SLACK,
            (at(before, "11:05"), at(before, "11:14"), at(before, "11:40"), at(before, "14:22")),
        ),
        (
            "working",
            "GLOBEX",
            Intake.WHATSAPP,
            (at(eve, "15:08"), at(eve, "15:15"), at(eve, "15:32"), at(eve, "16:20")),
        ),
        (
            "taken",
            "KESTREL",
            Intake.WHATSAPP,
            (at(day, "10:02"), at(day, "10:09"), at(day, "10:21"), None),
        ),
        ("new", "HARBOR", Intake.SLACK, (at(eve, "20:24"), at(eve, "20:33"), None, None)),
    )


def _story(request: Request, row: ClientRow, door: Intake, times: Times) -> Story:
    asked, logged, taken, answered = times
    people = writers(row)
    abroad = row.draft.zone == "America/New_York"
    role = Role.ACCOUNT_MANAGER if abroad else Role.SUPPORT_CONTACT
    return Story(
        client=row,
        request=request,
        door=door,
        asked_by=people[0].slack_user_id if people else None,
        asked_at=asked,
        logged_by=member(row, role),
        logged_at=logged,
        taken_by=member(row, Role.TECHNICAL_SPECIALIST),
        taken_at=taken,
        answered_at=answered,
    )
