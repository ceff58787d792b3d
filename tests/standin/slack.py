"""The stand-in as people use it: what they type, fill in and press, and what they then see.

It speaks the stand-in's own control calls and its page's socket; our app is never asked anything.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import aiohttp

from tests.scenario.reading import labelled, texts

Seen: TypeAlias = dict[str, Any]
T = TypeVar("T")

PATIENCE = 15.0
# What an input holds in Slack's state of a form, and what it held when the form was opened.
HOLDS = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
}


@dataclass(slots=True)
class StandIn:
    url: str
    http: aiohttp.ClientSession
    page: aiohttp.ClientWebSocketResponse
    _connected: bool = False
    _modals: list[Seen] = field(default_factory=list)
    _errors: dict[str, str] = field(default_factory=dict)
    _homes: dict[str, Seen] = field(default_factory=dict)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _rung: int = 0

    async def listen(self) -> None:
        """Take in what the page is told, until it is closed."""
        async for frame in self.page:
            self._take_in(frame.json())
            async with self._news:
                self._rung += 1
                self._news.notify_all()

    def _take_in(self, told: Mapping[str, Any]) -> None:
        match told["t"]:
            case "view":
                self._modals, self._errors = told["stack"], {}
            case "view_errors":
                self._errors = told["errors"]
            case "home":
                self._homes[told["user"]] = told["view"]
            case "socket_status":
                self._connected = told["connected"]

    # What people do

    async def types(self, who: str, line: str, channel: str) -> None:
        """A slash command."""
        command, _, text = line.partition(" ")
        await self._post("command", user=who, channel=channel, command=command, text=text)

    async def submits(self, who: str, form: Seen, **values: str) -> None:
        """The form on top; fields are named without their topic, others stay as they were."""
        entered = {labelled(form)[name]: value for name, value in values.items()}
        state = {
            block["block_id"]: _state(block["element"], entered.get(block["block_id"]))
            for block in form["blocks"]
            if block["type"] == "input"
        }
        await self.page.send_json({"t": "view_submit", "user": who, "values": state})

    async def presses(self, who: str, message: Seen, action_id: str) -> None:
        """A button, which must be there."""
        [action] = [
            element
            for block in message["blocks"]
            for element in block.get("elements", ())
            if element.get("action_id") == action_id
        ]
        channel, ts = message["channel"], message["ts"]
        await self._post("interact", user=who, channel=channel, messageTs=ts, action=action)

    async def opens_home(self, who: str) -> None:
        await self._post("open-home", user=who)

    # What people see

    async def connected(self) -> bool:
        """Whether our app has its socket at this moment."""
        return self._connected

    async def errors(self) -> dict[str, str]:
        """What stands at this moment beside the fields of the form on top."""
        return {block_id.rpartition(".")[2]: text for block_id, text in self._errors.items()}

    async def home(self, who: str) -> Seen:
        """Our app's Home, once it is published for them."""

        async def look() -> Seen | None:
            return self._homes.get(who)

        return await self.eventually(look)

    async def form(self, callback_id: str) -> Seen:
        """The form on top, once it is this one."""

        async def look() -> Seen | None:
            top = self._modals[-1] if self._modals else {}
            return top if top.get("callback_id") == callback_id else None

        return await self.eventually(look)

    async def told(self, about: str) -> Seen:
        """What a form turned into, once it says that."""

        async def look() -> Seen | None:
            return next((modal for modal in self._modals[-1:] if about in texts(modal)), None)

        return await self.eventually(look)

    async def shown(self, channel: str, about: str) -> Seen:
        """The message with these words, once it is there."""

        async def look() -> Seen | None:
            return next(iter(await self.messages(channel, about)), None)

        return await self.eventually(look)

    async def messages(self, channel: str, about: str = "") -> list[Seen]:
        """What stands in a channel at this moment, whoever it is for, oldest first."""
        messages: list[Seen] = (await self._get(f"messages/{channel}"))["messages"]
        return [message for message in messages if about in texts(message)]

    async def dms(self, who: str, about: str = "") -> list[Seen]:
        """What our app has told them directly at this moment."""
        channels = (await self._get("state"))["channels"]
        theirs = [c["id"] for c in channels if c["is_im"] and who in c["members"]]
        return [message for channel in theirs for message in await self.messages(channel, about)]

    async def eventually(self, look: Callable[[], Awaitable[T | None]]) -> T:
        """What `look` finds, asked again after everything that happens in the workspace."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    rung = self._rung
                    if found := await look():
                        return found
                    await self._news_after(rung)
        except TimeoutError:
            shown = [texts(modal) for modal in self._modals]
            raise AssertionError(f"it never came; forms: {shown}, {self._errors}") from None

    async def _news_after(self, rung: int) -> None:
        async with self._news:
            await self._news.wait_for(lambda: self._rung != rung)

    async def _post(self, what: str, **body: Any) -> None:
        async with self.http.post(f"{self.url}/_control/{what}", json=body) as answer:
            assert answer.ok, await answer.text()

    async def _get(self, what: str) -> dict[str, Any]:
        async with self.http.get(f"{self.url}/_control/{what}") as answer:
            found: dict[str, Any] = await answer.json()
            return found


def _state(element: Mapping[str, Any], value: str | None) -> dict[str, Any]:
    """An input's part of the state, as Slack's own client makes it."""
    holds, initial = HOLDS[element["type"]]
    held: Any = value
    if value is None:
        held = element.get(initial)
    elif holds == "selected_option":
        [held] = [option for option in element["options"] if option["value"] == value]
    return {element["action_id"]: {"type": element["type"], holds: held}}


@asynccontextmanager
async def standing_in(url: str) -> AsyncIterator[StandIn]:
    """Look at the stand-in that runs at `url`."""
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{url}/ui", max_msg_size=0) as page,
    ):
        slack = StandIn(url, http, page)
        listening = asyncio.create_task(slack.listen())
        try:
            yield slack
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
