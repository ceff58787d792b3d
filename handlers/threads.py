"""Who wrote when in a thread: authors and times, no text is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.errors import DeskError
from bot.domain.ids import ChannelId, MessageTs, TeamId, UserId
from bot.domain.tickets import Answer
from handlers.web_api import WebApi

NEWEST = 200


def instant_of(ts: MessageTs) -> datetime:
    """When a message was written; for reading only, its id stays the string."""
    return datetime.fromtimestamp(float(ts), UTC)


class SlackThreads:
    """The `Threads` port over `conversations.replies`."""

    def __init__(self, api: WebApi) -> None:
        self._api = api

    async def replies(
        self, team_id: TeamId, channel: ChannelId, ts: MessageTs
    ) -> Sequence[Answer] | None:
        """The first page of replies, oldest first; None where we may not read."""
        try:
            page = await self._api.call(
                team_id,
                self._api.client.conversations_replies,
                channel=channel,
                ts=ts,
                limit=NEWEST,
            )
        except DeskError:
            return None
        return [
            Answer(by=UserId(m["user"]), at=instant_of(MessageTs(m["ts"])))
            for m in page.get("messages", ())
            if m["ts"] != ts and m.get("user") and not m.get("bot_id")
        ]
