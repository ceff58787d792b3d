"""The answer to Slack's request itself: the reply where Slack takes it there, else an empty ack."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic_core import to_json
from slack_bolt.response import BoltResponse

from handlers.blocks import Message, View, loading, told
from handlers.elements import OPTIONS
from handlers.forms import block_for, is_topmost
from handlers.grammar import plain
from handlers.mrkdwn import escape
from handlers.replies import Cleared, Opening, Showing
from handlers.turns import Failed, Kind, Offered, Outcome, Pending, Rejected, Turn

Body: TypeAlias = Mapping[str, Any]


class Ack(BoltResponse):
    """An answer that tells the request's own work when it has left."""

    def __init__(self, pending: Pending, body: Body | None = None, status: int = 200) -> None:
        super().__init__(status=status, body=to_json(body).decode() if body else "")
        self._pending = pending

    def left(self) -> None:
        """To be called by whoever has sent it."""
        self._pending.sent.set()


def ack(turn: Turn, outcome: Outcome, pending: Pending) -> Ack:
    """With the reply in it where that is possible."""
    if turn.kind is Kind.EVENT and isinstance(outcome, Failed) and outcome.bug:
        return Ack(pending, status=500)  # Slack sends it again
    return Ack(pending, inside(turn, outcome))


def without_reply(turn: Turn, pending: Pending) -> Ack:
    """When the answer is not ready or asks Slack first."""
    if turn.kind is Kind.SUBMISSION:
        return Ack(pending, {"response_action": "update", "view": loading(_title(turn))})
    return Ack(pending, {"options": []} if turn.kind is Kind.OPTIONS else None)


def inside(turn: Turn, outcome: Outcome) -> Body | None:
    """The reply as the body of the ack; None where it must go another way."""
    if turn.kind is Kind.SUBMISSION:
        return _of_submission(turn, outcome)
    if turn.kind is Kind.COMMAND:
        return _of_command(outcome)
    if turn.kind is Kind.OPTIONS:
        options = outcome.options if isinstance(outcome, Offered) else ()
        return {"options": list(options[:OPTIONS])}
    return None


def pushed_id(turn: Turn) -> str:
    """The name under which a view pushed by an ack can be filled later."""
    return f"fill:{turn.origin.key}"[:255]


def _of_command(outcome: Outcome) -> Body | None:
    match outcome:
        case Message(public=public):
            return outcome.arguments() | {"response_type": "in_channel" if public else "ephemeral"}
        case Failed(message=message):
            return message.arguments() | {"response_type": "ephemeral"}
        case Rejected(text=text):
            return Message(escape(text)).arguments() | {"response_type": "ephemeral"}
        case _:
            return None


def _of_submission(turn: Turn, outcome: Outcome) -> Body | None:
    body: Body | None = None
    match outcome:
        case Message():
            body = {"response_action": "update", "view": told(_title(turn), outcome)}
        case Showing(view=view):
            body = {"response_action": "update", "view": view}
        case Opening(view=view, fill=fill):
            body = _push(view | {"external_id": pushed_id(turn)} if fill else view)
        case Cleared():
            body = {"response_action": "clear"}
        case Rejected(field=field, text=text):
            body = _refusal(turn, field, text, Message(escape(text)))
        case Failed(message=message):
            body = _refusal(turn, None, plain(message.text), message)
    return body


def _refusal(turn: Turn, field: str | None, text: str, message: Message) -> Body:
    """At the field where there is one, else on top of the form: what was typed stays."""
    view = turn.body["view"]
    block = block_for(view, field) if field is not None or is_topmost(view) else None
    if block is not None:
        return {"response_action": "errors", "errors": {block: text}}
    return _push(told(_title(turn), message))


def _push(view: View) -> Body:
    return {"response_action": "push", "view": view}


def _title(turn: Turn) -> str:
    title: str = turn.body["view"].get("title", {}).get("text") or "ClientOps"
    return title
