"""Colleagues who keep a workspace in use: log, take, answer, close, acknowledge, let hours pass.

They do what people do: see an error, try again. What the app told them is kept as promises.
"""

import asyncio
import random
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

from simulator import blocks as kit
from simulator.model import Channel, Message
from simulator.workspace import Workspace
from tests.scenario.office import ACME, ALERTS, ANNA, BEN, CARLA, DANA

BUTTONS = ("ticket.take", "ticket.respond", "ticket.ask_close")
INTAKE, CLOSING = "ticket.intake", "ticket.close"
WAIT_SECONDS = 3.0
LOOK_SECONDS = 0.005
KEY = re.compile(r"\*(ACME-\d+)\*")
STEERS = (ANNA, DANA)
LOGGERS = (CARLA, BEN, ANNA)
PRIORITIES = ("critical", "critical", "high", "medium", "low")


@dataclass(slots=True)
class Promises:
    """`tried` are titles somebody submitted; `logged` those confirmed, with the key they were told.

    `shown` is what cards in Slack said of a ticket, as (key, the button that was gone).
    """

    tried: set[str] = field(default_factory=set)
    logged: dict[str, str] = field(default_factory=dict)
    shown: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class People:
    ws: Workspace
    http: aiohttp.ClientSession
    rng: random.Random
    alive: Callable[[], bool]
    promises: Promises = field(default_factory=Promises)
    diary: list[str] = field(default_factory=list)
    _left_open: dict[str, str] = field(default_factory=dict)
    _hands: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def errand(self) -> None:
        """One thing somebody does, given up when the app is gone; forms left open come first."""
        while self._left_open and self.alive():
            who, title = self._left_open.popitem()
            async with self._hands[who]:
                await self._fill_in(who, title)
        errands: dict[Callable[[], Awaitable[None]], int] = {
            self.log_by_command: 4,
            self.log_by_shortcut: 3,
            self.take: 2,
            self.mark_answered: 2,
            self.close: 4,
            self.acknowledge: 3,
            self.reply: 1,
            self.pass_hours: 4,
        }
        [chosen] = self.rng.choices(list(errands), list(errands.values()))
        self.diary.append(chosen.__name__)
        await chosen()

    async def log_by_command(self) -> None:
        who, title = self.rng.choice(LOGGERS), f"Printer {next(self._numbers)} jams"
        priority = self.rng.choice(PRIORITIES)
        text = f"/ticket acme {title} priority={priority}"
        async with self._hands[who]:
            if (await self._do("act", who, channel=ACME, text=text))["ok"]:
                await self._fill_in(who, title)

    async def log_by_shortcut(self) -> None:
        who, title = self.rng.choice(LOGGERS), f"Router {next(self._numbers)} is silent"
        said = await self._do("act", who, channel=ACME, text=title)
        about = {"channel": ACME, "ts": said["ts"]}
        async with self._hands[who]:
            if (await self._do("shortcut", who, callback_id="ticket.log_message", **about))["ok"]:
                await self._fill_in(who, title)

    async def _fill_in(self, who: str, title: str) -> None:
        """Submit the form; later the same form again when Slack says that it had trouble."""
        view = await self._view(who, lambda view: _is_about(view, title))
        if view is not None:
            self.promises.tried.add(title)
            answer = await self._do("submit", who, view_id=view["id"])
            if not answer["ok"]:
                self._left_open[who] = title
                return
            await self._read_confirmation(who, title)
        await self._close_all(who)

    async def _read_confirmation(self, who: str, title: str) -> None:
        told = await self._view(who, lambda view: KEY.search(_text(view)) is not None)
        found = KEY.search(_text(told)) if told else None
        if found is not None:
            self.promises.logged[title] = found[1]

    async def take(self) -> None:
        await self._press("ticket.take", (BEN, CARLA, ANNA))

    async def mark_answered(self) -> None:
        await self._press("ticket.respond", STEERS)

    async def acknowledge(self) -> None:
        await self._press("alert.acknowledge", STEERS)

    async def close(self) -> None:
        who = self.rng.choice(STEERS)
        async with self._hands[who]:
            if not await self._press("ticket.ask_close", (who,)):
                return
            view = await self._view(who, lambda view: view["callback_id"] == CLOSING)
            if view is not None:
                [field_id] = [b["block_id"] for b in view["blocks"] if b["type"] == "input"]
                values = {field_id: "Turned it off"}
                await self._do("submit", who, view_id=view["id"], values=values)
            await self._close_all(who)

    async def reply(self) -> None:
        """In the thread of something that was said: the first answer, where that is a ticket."""
        said = [m for m in self.ws.state.channels[ACME].messages if not m.by_app and not m.replies]
        if said:
            about = self.rng.choice(said)
            await self._do("act", DANA, channel=ACME, text="On it.", thread_ts=about.ts)

    async def pass_hours(self) -> None:
        hours = self.rng.choice((0.5, 1, 2, 3))
        await self._post("clock", advance_seconds=hours * 3600)

    def look(self) -> None:
        """Keep what the cards in the alert channel say of their tickets."""
        for message in self.ws.state.channels[ALERTS].messages:
            found = KEY.search(message.body["text"])
            if found and message.by_app and "First answer: " in message.body["text"]:
                gone = set(BUTTONS) - buttons_of(message)
                self.promises.shown |= {(found[1], button) for button in gone}

    async def _press(self, action_id: str, people: tuple[str, ...]) -> bool:
        """Press one such button in the alert channel, if there is one."""
        buttons = list(_with_button(self.ws.state.channels[ALERTS], action_id))
        if not buttons:
            return False
        who, message = self.rng.choice(people), self.rng.choice(buttons)
        answer = await self._do("press", who, channel=ALERTS, ts=message.ts, action_id=action_id)
        return bool(answer["ok"])

    async def _view(
        self, who: str, is_it: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any] | None:
        """The modal on top once it is the one they wait for; None when they give up."""
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            views = (await self._get("views", **{"as": who}))["views"]
            if views and is_it(views[-1]):
                top: dict[str, Any] = views[-1]
                return top
            if not self.alive():
                return None
            await asyncio.sleep(LOOK_SECONDS)
        return None

    async def _close_all(self, who: str) -> None:
        views = (await self._get("views", **{"as": who}))["views"]
        if views:
            await self._do("close", who, view_id=views[-1]["id"])

    async def _do(self, what: str, who: str, **more: Any) -> dict[str, Any]:
        return await self._post(what, **{"as": who}, **more)

    async def _post(self, what: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.ws.url}/_demo/{what}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def _get(self, what: str, **query: str) -> dict[str, Any]:
        async with self.http.get(f"{self.ws.url}/_demo/{what}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer


def buttons_of(message: Message) -> set[str]:
    """The action ids of what can be pressed on a message."""
    return {p.element["action_id"] for p in kit.elements(message.body.get("blocks") or [])}


def _with_button(channel: Channel, action_id: str) -> Iterator[Message]:
    return (m for m in channel.messages if m.by_app and action_id in buttons_of(m))


def _text(view: dict[str, Any]) -> str:
    return "\n".join(
        block["text"]["text"] for block in view["blocks"] if isinstance(block.get("text"), dict)
    )


def _is_about(view: dict[str, Any], title: str) -> bool:
    """The intake form with that title filled in."""
    held = [held for block in view["state"]["values"].values() for held in block.values()]
    return view["callback_id"] == INTAKE and any(one.get("value") == title for one in held)
