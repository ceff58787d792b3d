"""What is said and shown after the ack: by response URL, views and messages of the Web API."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot.domain.errors import RetryLater, Undeliverable
from handlers import acks
from handlers.blocks import Message, View, told
from handlers.boundary import Boundary
from handlers.forms import refilled
from handlers.mrkdwn import escape
from handlers.replies import Cleared, Fill, HomeShown, Nothing, Opening, Removed, Reply, Showing
from handlers.response_urls import ResponseUrls
from handlers.turns import Failed, Kind, Offered, Outcome, Pending, Rejected, Turn
from handlers.web_api import Method, WebApi

log = structlog.get_logger(__name__)

_TITLE = "ClientOps"
_DONE = Message("Done. You can close this.")
_TOO_LATE = Message("That took too long to open. Please try again.")
_LATE_TRIGGER = {
    "trigger_expired",
    "expired_trigger_id",
    "trigger_exchanged",
    "exchanged_trigger_id",
}
_ACK_LEAVES_WITHIN = 1.0
_MUTE = {Kind.OPTIONS, Kind.CLOSING}
"""Nothing can be said or opened after these: a menu's question and a closed modal."""


class Afterwards:
    def __init__(self, api: WebApi, urls: ResponseUrls, boundary: Boundary) -> None:
        self._api = api
        self._urls = urls
        self._boundary = boundary

    async def finish(self, turn: Turn, outcome: Outcome, pending: Pending, *, late: bool) -> None:
        """Do what the ack could not. `late` when the ack left without the reply."""
        if not late and _is_complete(turn, outcome):
            return
        await _left(pending)
        try:
            await self._do(turn, outcome, late=late)
        except (RetryLater, Undeliverable) as error:
            log.warning("reply.lost", kind=turn.kind, reason=str(error))

    async def _do(self, turn: Turn, outcome: Outcome, *, late: bool) -> None:
        if turn.kind in _MUTE:
            return
        if late and turn.kind is Kind.SUBMISSION:
            await self._end_submission(turn, outcome)
            return
        match outcome:
            case Message():
                await self._say(turn, outcome)
            case Failed(message=message):
                await self._say(turn, message)
            case Rejected(text=text):
                await self._say(turn, Message(escape(text)))
            case Offered() | Nothing():
                pass
            case _:
                await self._show(turn, outcome)

    async def _show(self, turn: Turn, reply: Reply) -> None:
        match reply:
            case Opening():
                await self._open(turn, reply)
            case Showing(view=view) if turn.origin.view_type == "modal":
                await self._update(turn, view, view_id=_view_id(turn), hash=_hash(turn))
            case Showing(view=view) | HomeShown(view=view):
                await self._publish(turn, view)
            case Removed() if turn.origin.response_url:
                await self._urls.remove(turn.origin.response_url)
            case _:
                log.debug("reply.without_effect", kind=turn.kind, reply=type(reply).__name__)

    async def _end_submission(self, turn: Turn, outcome: Outcome) -> None:
        """The modal says “One moment …”: now it says what came of it."""
        match outcome:
            case HomeShown():
                await self._publish(turn, outcome.view)
                view = told(_TITLE, _DONE)
            case Nothing() | Cleared() | Removed() | Offered():
                view = told(_TITLE, _DONE)
            case Message():
                view = told(_TITLE, outcome)
            case Showing() | Opening():
                view = outcome.view
            case Failed(message=message):
                view = refilled(turn.body["view"], message.text)
            case Rejected(text=text):
                view = refilled(turn.body["view"], escape(text))
        shown = await self._update(turn, view, view_id=_view_id(turn))
        if isinstance(outcome, Opening) and outcome.fill:
            await self._fill(turn, outcome.fill, view_id=shown["id"], hash=shown.get("hash"))

    async def _say(self, turn: Turn, message: Message) -> None:
        origin = turn.origin
        if origin.response_url:
            await self._urls.answer(origin.response_url, message)
        elif turn.kind is Kind.EVENT:
            await self._post(turn, message)
        else:
            await self._pop_up(turn, message)

    async def _pop_up(self, turn: Turn, message: Message) -> None:
        """A modal that says it; when it is too late for one, a direct message."""
        try:
            await self._open(turn, Opening(told(_TITLE, message)))
        except Undeliverable as error:
            if error.reason not in _LATE_TRIGGER:
                raise
            post = self._api.client.chat_postMessage
            to = turn.origin.user
            await self._api.call(turn.origin.team, post, channel=to, **message.arguments())

    async def _post(self, turn: Turn, message: Message) -> None:
        """An answer to an event: for the one person, where they are."""
        origin, client = turn.origin, self._api.client
        arguments = message.arguments() | {"unfurl_links": False, "unfurl_media": False}
        if origin.thread:
            arguments["thread_ts"] = origin.thread
        if message.public or origin.channel is None or origin.channel.startswith("D"):
            to = origin.channel or origin.user
            await self._api.call(origin.team, client.chat_postMessage, channel=to, **arguments)
            return
        del arguments["unfurl_links"], arguments["unfurl_media"]
        await self._api.call(
            origin.team,
            client.chat_postEphemeral,
            channel=origin.channel,
            user=origin.user,
            **arguments,
        )

    async def _open(self, turn: Turn, opening: Opening) -> None:
        """A new modal, or one more on the stack; then its contents."""
        client = self._api.client
        if turn.kind is Kind.SUBMISSION:
            shown: Mapping[str, Any] = {"external_id": acks.pushed_id(turn)}
        else:
            method = client.views_push if turn.origin.view_type == "modal" else client.views_open
            try:
                shown = await self._view(
                    turn, method, view=opening.view, trigger_id=turn.origin.trigger
                )
            except Undeliverable as error:
                if error.reason not in _LATE_TRIGGER or not turn.origin.response_url:
                    raise
                await self._urls.answer(turn.origin.response_url, _TOO_LATE)
                return
        if opening.fill is not None:
            where = _where(shown)
            await self._fill(turn, opening.fill, **where)

    async def _fill(self, turn: Turn, fill: Fill, **where: Any) -> None:
        filled = await self._boundary.run(turn.kind, fill)
        match filled:
            case Failed(message=message):
                await self._update(turn, told(_TITLE, message), **where)
            case Rejected(text=text):
                await self._update(turn, told(_TITLE, Message(escape(text))), **where)
            case view:
                await self._update(turn, view, **where)

    async def _update(self, turn: Turn, view: View, **where: Any) -> Mapping[str, Any]:
        given = {key: item for key, item in where.items() if item}
        return await self._view(turn, self._api.client.views_update, view=view, **given)

    async def _publish(self, turn: Turn, view: View) -> None:
        is_home = turn.origin.view_type == "home"
        given = {"hash": _hash(turn)} if is_home and _hash(turn) else {}
        await self._view(
            turn, self._api.client.views_publish, user_id=turn.origin.user, view=view, **given
        )

    async def _view(self, turn: Turn, method: Method, **arguments: Any) -> Mapping[str, Any]:
        answer = await self._api.call(turn.origin.team, method, **arguments)
        view: Mapping[str, Any] = answer.get("view") or {}
        return view


def _is_complete(turn: Turn, outcome: Outcome) -> bool:
    """The ack has said it all, or there is nothing to say."""
    if isinstance(outcome, Opening) and outcome.fill:
        return False
    return isinstance(outcome, Nothing) or acks.inside(turn, outcome) is not None


def _where(shown: Mapping[str, Any]) -> dict[str, Any]:
    if "external_id" in shown and "id" not in shown:
        return {"external_id": shown["external_id"]}
    return {"view_id": shown.get("id"), "hash": shown.get("hash")}


def _view_id(turn: Turn) -> str:
    return turn.origin.view.view_id if turn.origin.view else ""


def _hash(turn: Turn) -> str:
    return turn.origin.view.hash if turn.origin.view else ""


async def _left(pending: Pending) -> None:
    """Until the ack has been sent; a transport that does not tell is given a moment."""
    try:
        async with asyncio.timeout(_ACK_LEAVES_WITHIN):
            await pending.sent.wait()
    except TimeoutError:
        log.debug("ack.unconfirmed")
