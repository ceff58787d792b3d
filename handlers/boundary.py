"""Where failures of a request become words: the one broad catch on the way in."""

import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.domain.errors import InvalidInput, RetryLater, Undeliverable, UserError
from bot.telemetry import Metrics
from handlers.blocks import Message
from handlers.mrkdwn import escape
from handlers.turns import Failed, Kind, Rejected

T = TypeVar("T")
log = structlog.get_logger(__name__)

BUSY = "ClientOps is busy right now and nothing was changed. Please try again in a moment."


class Boundary:
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def run(self, kind: Kind, work: Callable[[], Awaitable[T]]) -> T | Failed | Rejected:
        """The result of the work, or its failure in words. A bug is logged with its reference."""
        try:
            return await work()
        except InvalidInput as error:
            return Rejected(error.field, str(error))
        except UserError as error:
            return Failed(Message(escape(str(error))))
        except RetryLater as error:
            log.warning("request.busy", kind=kind, reason=str(error))
            return Failed(Message(BUSY), bug=kind is Kind.EVENT)
        except Undeliverable as error:
            log.warning("request.refused", kind=kind, reason=str(error))
            return Failed(Message(f"Slack did not allow that ({escape(error.reason)})."))
        except Exception:  # whatever it is, the person gets a line and the log the reason
            reference = secrets.token_hex(4)
            log.exception("request.failed", kind=kind, reference=reference)
            self._metrics.failures.labels("inbound").inc()
            return Failed(Message(_broken(reference)), bug=True)


def _broken(reference: str) -> str:
    return (
        "Something broke on our side; it is in our log. "
        f"If it happens again, tell an admin this reference: `{reference}`."
    )
