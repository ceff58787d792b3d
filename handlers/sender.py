"""Promised messages leave for Slack here: rendered, posted with their delivery id, or edited."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.domain.deliveries import Delivery, Posted
from bot.domain.errors import Undeliverable
from bot.domain.ids import ChannelId, DeliveryId, MessageTs
from bot.domain.notices import Notice
from handlers.blocks import Message, context
from handlers.web_api import WebApi

EVENT_TYPE: Final = "clientops_delivery"
REPEATED: Final = "Possibly repeated: Slack did not say whether this had arrived."
_PAGE: Final = 200
_SLACK_CLOCK: Final = timedelta(minutes=1)
"""How far Slack's clock may be from ours when a message is looked for."""


class SlackSender:
    """The `Sender` port. Not silent about anything: every error of Slack has one of our names."""

    def __init__(self, api: WebApi, render: Callable[[Notice], Message]) -> None:
        self._api = api
        self._render = render

    async def send(self, delivery: Delivery, *, repeated: bool = False) -> Posted | None:
        message = self._render(delivery.notice)
        message = _marked(message) if repeated else message
        arguments = message.arguments() | {"metadata": _marker(delivery.id)}
        client, edited = self._api.client, delivery.edits
        if edited is not None:
            await self._api.call(
                delivery.team_id,
                client.chat_update,
                channel=edited.channel,
                ts=edited.ts,
                **arguments,
            )
            return edited
        try:
            answer = await self._post(delivery, arguments)
        except Undeliverable as error:
            if error.reason != "not_in_channel" or not await self._joined(delivery):
                raise
            answer = await self._post(delivery, arguments)
        return Posted(channel=ChannelId(answer["channel"]), ts=MessageTs(answer["ts"]))

    async def _post(self, delivery: Delivery, arguments: dict[str, Any]) -> Mapping[str, Any]:
        return await self._api.call(
            delivery.team_id,
            self._api.client.chat_postMessage,
            channel=delivery.to,
            unfurl_links=False,
            unfurl_media=False,
            **arguments,
        )

    async def _joined(self, delivery: Delivery) -> bool:
        """Join the public channel somebody chose for us; a private one must invite us."""
        try:
            await self._api.call(
                delivery.team_id, self._api.client.conversations_join, channel=delivery.to
            )
        except Undeliverable:
            return False
        return True

    async def look_for(self, delivery: Delivery) -> Posted | None:
        """Read the channel's history back to when the doubt began, newest page first."""
        channel = await self._channel(delivery)
        since = (delivery.unsure_since or delivery.created_at) - _SLACK_CLOCK
        cursor = ""
        while True:
            page = await self._api.call(
                delivery.team_id,
                self._api.client.conversations_history,
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=_PAGE,
                cursor=cursor,
            )
            for message in page.get("messages", ()):
                if _carries(message, delivery.id):
                    return Posted(channel=channel, ts=MessageTs(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return None

    async def _channel(self, delivery: Delivery) -> ChannelId:
        """A person's messages stand in their DM with us; posting finds it, reading must ask."""
        if not delivery.to.startswith(("U", "W")):
            return ChannelId(delivery.to)
        answer = await self._api.call(
            delivery.team_id, self._api.client.conversations_open, users=delivery.to
        )
        return ChannelId(answer["channel"]["id"])


def _marked(message: Message) -> Message:
    blocks = message.arguments()["blocks"]
    return replace(message, text=f"{REPEATED} {message.text}", blocks=(context(REPEATED), *blocks))


def _marker(delivery_id: DeliveryId) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": delivery_id}}


def _carries(message: Mapping[str, Any], delivery_id: DeliveryId) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("delivery") == delivery_id
