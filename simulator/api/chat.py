"""`chat.*`: the app's messages. Refuses what Slack refuses, and puts refusals on record."""

from collections.abc import Sequence

from simulator import messages
from simulator.api.call import Call
from simulator.errors import ApiError
from simulator.limits import Problem, check_message
from simulator.model import Channel, Message, Payload

MAX_TEXT = 40_000


async def post_message(call: Call) -> Payload:
    content = _content(call)
    channel = _destination(call)
    thread_ts = content.get("thread_ts")
    if thread_ts and thread_ts not in channel.by_ts:
        raise ApiError("thread_not_found")
    message = messages.by_app(call.ws, call.team, channel, content)
    shown = messages.render(message, channel, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


async def post_ephemeral(call: Call) -> Payload:
    content = _content(call)
    channel = call.channel()
    if not call.member_of(channel):
        raise ApiError("not_in_channel" if not channel.is_private else "channel_not_found")
    if channel.is_archived:
        raise ApiError("is_archived")
    person = call.user()
    if person.id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = messages.by_app(call.ws, call.team, channel, content, only_for=person.id)
    return {"message_ts": message.ts}


async def update(call: Call) -> Payload:
    content = _content(call)
    channel, message = _own_message(call, "cant_update_message")
    changes = {key: value for key, value in content.items() if key in UPDATABLE}
    messages.edit(call.ws, channel, message, changes, call.bot.id)
    shown = messages.render(message, channel, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": shown["text"], "message": shown}


async def delete(call: Call) -> Payload:
    channel, message = _own_message(call, "cant_delete_message")
    messages.delete(call.ws, channel, message)
    return {"channel": channel.id, "ts": message.ts}


async def get_permalink(call: Call) -> Payload:
    channel = call.channel()
    ts = call.need("message_ts")
    message = channel.by_ts.get(ts)
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    link = f"{call.ws.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


SHOWS = ("text", "blocks", "attachments", "markdown_text")
UPDATABLE = frozenset({"text", "blocks", "attachments", "metadata"})


def _content(call: Call) -> Payload:
    """The arguments that make up a message, checked against Slack's limits."""
    content: Payload = {
        "text": call.text("text"),
        "blocks": call.json("blocks", list, "invalid_blocks_format"),
        "attachments": call.json("attachments", list, "invalid_attachments"),
        "metadata": call.json("metadata", dict, "invalid_metadata_format"),
        "markdown_text": call.text("markdown_text"),
        "username": call.text("username"),
        "thread_ts": call.text("thread_ts"),
        "reply_broadcast": call.flag("reply_broadcast") or None,
    }
    content = {key: value for key, value in content.items() if value is not None}
    if not any(content.get(key) for key in SHOWS):
        raise ApiError("no_text")
    if content.get("markdown_text") and (content.get("text") or content.get("blocks")):
        raise ApiError("markdown_text_conflict")
    if len(content.get("text", "")) > MAX_TEXT:
        raise ApiError("msg_too_long")
    problems = check_message(content)
    if problems:
        call.ws.refuse(call.method, [str(problem) for problem in problems], content)
        raise _refusal(problems)
    if content.get("username"):
        call.need_scope("chat:write.customize")
    if "markdown_text" in content:
        content["text"] = content.pop("markdown_text")
    return content


def _refusal(problems: Sequence[Problem]) -> ApiError:
    """The code by the first problem's place: metadata, attachments, text, else blocks."""
    parts = problems[0].pointer.split("/")
    place = parts[1] if len(parts) > 1 else ""
    codes = {
        "metadata": "invalid_metadata_format",
        "attachments": "invalid_attachments",
        "text": "msg_too_long",
    }
    lines = [f"[ERROR] {row.reason} [json-pointer:{row.pointer}]" for row in problems]
    return ApiError(
        codes.get(place, "invalid_blocks"),
        errors=[f"{row.reason} [json-pointer:{row.pointer}]" for row in problems],
        response_metadata={"messages": lines},
    )


def _destination(call: Call) -> Channel:
    """Where a post goes; a person's id means the app's direct messages with them."""
    state, named = call.ws.state, call.need("channel")
    person = state.people.get(named)
    if person is not None:
        if person is call.bot or person.deleted or not _reachable(call, named):
            raise ApiError("channel_not_found")
        if not call.ws.manifest.messages_tab:
            raise ApiError("messages_tab_disabled")
        return state.open_im(call.team, call.bot.id, named, call.ws.clock.timestamp())
    channel = call.channel()
    if channel.is_archived:
        raise ApiError("is_archived")
    if not call.member_of(channel) and "chat:write.public" not in call.ws.manifest.scopes:
        raise ApiError("not_in_channel")
    return channel


def _reachable(call: Call, user_id: str) -> bool:
    """A colleague, or someone of a connected team in one of the bot's channels."""
    person = call.ws.state.people[user_id]
    if person.team_id == call.team.id:
        return True
    return call.ws.state.shares_channel(person, call.bot.id)


def _own_message(call: Call, error: str) -> tuple[Channel, Message]:
    channel = call.channel()
    message = channel.by_ts.get(call.need("ts"))
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    if message.user != call.bot.id:
        raise ApiError(error)
    return channel, message
