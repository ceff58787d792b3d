"""Answers through a `response_url`: to somebody waiting, so never repeated on a doubt."""

from typing import Any, Final

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from handlers.blocks import Message

log = structlog.get_logger(__name__)
_PATIENCE: Final = ClientTimeout(total=10)


class ResponseUrls:
    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def answer(self, url: str, message: Message) -> None:
        await self._post(url, body_of(message))

    async def remove(self, url: str) -> None:
        """Take the message away whose button was pressed."""
        await self._post(url, {"delete_original": True})

    async def _post(self, url: str, body: dict[str, Any]) -> None:
        """The URL is a secret of that conversation: it is not logged."""
        try:
            async with self._session.post(url, json=body, timeout=_PATIENCE) as answer:
                if answer.status >= 400:  # noqa: PLR2004  # HTTP's own number
                    log.warning("response_url.refused", status=answer.status)
        except (ClientError, TimeoutError) as error:
            log.warning("response_url.failed", error=type(error).__name__)


def body_of(message: Message) -> dict[str, Any]:
    """The message as an ack of a command and a response URL take it."""
    return {
        **message.arguments(),
        "response_type": "in_channel" if message.public else "ephemeral",
        "replace_original": message.replaces,
    }
