"""`reactions.*`."""

from simulator.api.call import Call
from simulator.errors import ApiError, invalid_arguments
from simulator.messages import react, render
from simulator.model import Channel, Message, Payload


async def add(call: Call) -> Payload:
    _, message = _target(call)
    if not react(call.ws, call.bot, message, _name(call), remove=False):
        raise ApiError("already_reacted")
    return {}


async def remove(call: Call) -> Payload:
    _, message = _target(call)
    if not react(call.ws, call.bot, message, _name(call), remove=True):
        raise ApiError("no_reaction")
    return {}


async def get(call: Call) -> Payload:
    channel, message = _target(call)
    shown = render(message, channel)
    return {"type": "message", "channel": channel.id, "message": shown}


def _name(call: Call) -> str:
    name = call.need("name").strip(":")
    if not name or " " in name:
        raise ApiError("invalid_name")
    return name


def _target(call: Call) -> tuple[Channel, Message]:
    if not call.text("channel") or not call.text("timestamp"):
        raise invalid_arguments("missing required field: channel and timestamp")
    channel = call.channel()
    message = channel.by_ts.get(call.need("timestamp"))
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    if not call.member_of(channel):
        raise ApiError("not_in_channel")
    return channel, message
