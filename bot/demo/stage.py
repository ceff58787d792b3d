"""The local workspace as history needs it: its clock, and what people say in it."""

from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession

from bot.domain.errors import ConfigError
from bot.domain.ids import ChannelId, MessageTs, UserId


class Stage:
    """The demo control at `url`. Every call raises ConfigError when it is refused."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/_demo"
        self._session = ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("clock"))["now"]).astimezone(UTC)

    async def say(
        self, who: UserId, channel: ChannelId, text: str, thread: MessageTs | None = None
    ) -> MessageTs:
        answer = await self.post("act", text=text, channel=channel, thread_ts=thread, **{"as": who})
        return MessageTs(answer["ts"])

    async def read_everything(self) -> None:
        """Everybody has seen all that was said so far."""
        for person in (await self.get("state"))["people"]:
            who = {"as": person["id"]}
            for channel in (await self.get("conversations", **who))["channels"]:
                if channel["unread"]:
                    await self.get("seen", **who, channel=channel["id"], limit="1")

    async def get(self, call: str, **query: str) -> dict[str, Any]:
        async with self._session.get(f"{self._url}/{call}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def post(self, call: str, **body: Any) -> dict[str, Any]:
        async with self._session.post(f"{self._url}/{call}", json=body) as response:
            answer: dict[str, Any] = await response.json()
        if answer.get("ok") is False:
            said = f"{answer.get('error')}: {answer.get('detail', '')}"
            raise ConfigError([f"The local workspace refused {call}: {said}"])
        return answer


class PastClock:
    """Stands where history is being written, and takes the local workspace along."""

    def __init__(self, stage: Stage, at: datetime) -> None:
        self._stage = stage
        self._now = at

    def now(self) -> datetime:
        return self._now

    async def move(self, to: datetime) -> None:
        self._now = to
        await self._stage.post("clock", set=to.isoformat())
