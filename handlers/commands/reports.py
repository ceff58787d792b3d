"""/report"""

from bot.domain.people import require_member
from handlers.inbound import Call
from handlers.replies import Reply
from handlers.table import Command, Desk, Slash
from handlers.views import reports as views


async def daily(call: Call, desk: Desk) -> Reply:
    require_member(call.asker.person)
    return views.daily(await desk.services.reports.daily(call.asker.workspace_id))


SLASH = Slash(
    root="report",
    summary="Reports, now",
    commands=(
        Command(
            verb="daily",
            usage="",
            summary="The daily snapshot as of now",
            run=daily,
            examples=("daily",),
        ),
    ),
)
