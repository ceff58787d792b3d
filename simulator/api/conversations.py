"""`conversations.*`: finding, reading and keeping channels. Members only, as Slack has it."""

import re
from bisect import bisect_left, bisect_right

from simulator import membership
from simulator.api.call import Call
from simulator.api.users import kind_name
from simulator.errors import ApiError
from simulator.messages import render
from simulator.model import Channel, Message, Payload
from simulator.payloads import channel_object

NAME = re.compile(r"[^\s.,A-Z]{1,80}")
FAMILIES = {
    "public_channel": "channels",
    "private_channel": "groups",
    "im": "im",
    "mpim": "mpim",
}


async def conversations_list(call: Call) -> Payload:
    wanted = call.names("types") or ["public_channel"]
    for name in wanted:
        if name not in FAMILIES:
            raise ApiError("invalid_types")
        call.need_scope(f"{FAMILIES[name]}:read")
    rows = [
        row
        for row in call.ws.state.channels.values()
        if call.sees(row) and kind_name(row.scope_family) in wanted
    ]
    if call.flag("exclude_archived"):
        rows = [row for row in rows if not row.is_archived]
    page, metadata = call.page(rows)
    channels = [channel_object(row, call.team) for row in page]
    return {"channels": channels, "response_metadata": metadata}


async def info(call: Call) -> Payload:
    channel = call.channel()
    call.need_scope(f"{channel.scope_family}:read")
    shown = channel_object(channel, call.team)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


async def members(call: Call) -> Payload:
    channel = call.channel()
    call.need_scope(f"{channel.scope_family}:read")
    page, metadata = call.page(list(channel.members))
    return {"members": page, "response_metadata": metadata}


async def history(call: Call) -> Payload:
    """Newest first, without what is in threads alone."""
    channel = _readable(call)
    rows = [
        row
        for row in reversed(_between(call, channel.messages))
        if row.only_for is None and not row.in_thread_only
    ]
    page, metadata = call.page(rows)
    return {**_messages(call, channel, page), **_more(metadata), "pin_count": 0}


async def replies(call: Call) -> Payload:
    """The parent first, then its replies, oldest first."""
    channel = _readable(call)
    root = channel.by_ts.get(call.need("ts"))
    if root is None or root.only_for is not None:
        raise ApiError("thread_not_found")
    thread_ts = root.thread_ts or root.ts
    root = channel.by_ts.get(thread_ts, root)
    rows = _between(call, [channel.by_ts[ts] for ts in root.replies])
    page, metadata = call.page([root, *rows], default=1000)
    return {**_messages(call, channel, page), **_more(metadata)}


def _messages(call: Call, channel: Channel, rows: list[Message]) -> Payload:
    metadata = call.flag("include_all_metadata")
    return {"messages": [render(row, channel, metadata=metadata) for row in rows]}


def _more(metadata: Payload) -> Payload:
    if not metadata["next_cursor"]:
        return {"has_more": False}
    return {"has_more": True, "response_metadata": metadata}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_scope(f"{channel.scope_family}:history")
    if not call.member_of(channel):
        raise ApiError("not_in_channel")
    return channel


def _between(call: Call, rows: list[Message]) -> list[Message]:
    """Those between `oldest` and `latest`, which are left out themselves unless `inclusive`."""
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.flag("inclusive")
    first, last = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
    start = first(rows, oldest, key=_ts) if oldest else 0
    end = last(rows, latest, key=_ts) if latest else len(rows)
    return rows[start:end]


def _ts(message: Message) -> str:
    return message.ts


def _bound(call: Call, name: str) -> str:
    """A ts as Slack writes it, so that text compares as time; empty when left out or 0."""
    given = call.text(name) or ""
    seconds, _, fraction = given.partition(".")
    if given and not (seconds + fraction).isdigit():
        raise ApiError(f"invalid_ts_{name}")
    return f"{seconds.zfill(10)}.{(fraction + '000000')[:6]}" if given.strip("0.") else ""


async def open_conversation(call: Call) -> Payload:
    """The direct messages of the bot and one person. Known again on the second call."""
    users = call.names("users")
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    if len(users) != 1:
        raise ApiError("users_list_not_supplied" if not users else "too_many_users")
    person = call.ws.state.people.get(users[0])
    if person is None or not call.knows(person):
        raise ApiError("user_not_found")
    if person is call.bot:
        raise ApiError("cannot_dm_bot")
    known = call.ws.state.im(call.bot.id, person.id) is not None
    channel = call.ws.state.open_im(call.team, call.bot.id, person.id, call.ws.clock.timestamp())
    shown = channel_object(channel, call.team) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": known, "already_open": known}


async def join(call: Call) -> Payload:
    channel = call.channel()
    if channel.kind != "channel" or channel.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if call.member_of(channel):
        shown = channel_object(channel, call.team)
        return {"channel": shown, "warning": "already_in_channel"}
    membership.join(call.ws, channel, call.bot)
    return {"channel": channel_object(channel, call.team)}


async def leave(call: Call) -> Payload:
    channel = call.channel()
    if not call.member_of(channel):
        return {"not_in_channel": True}
    membership.leave(call.ws, channel, call.bot)
    return {}


async def create(call: Call) -> Payload:
    name, private = call.need("name"), call.flag("is_private")
    call.need_scope("groups:write" if private else "channels:manage")
    if not NAME.fullmatch(name):
        raise ApiError("invalid_name_specials")
    if call.ws.state.find_channel(f"#{name}", call.team.id) is not None:
        raise ApiError("name_taken")
    channel = membership.create(call.ws, call.team, name, creator=call.bot, private=private)
    return {"channel": channel_object(channel, call.team)}


async def invite(call: Call) -> Payload:
    channel = call.channel()
    _manageable(call, channel)
    users = call.names("users")
    for user_id in users:
        person = call.ws.state.people.get(user_id)
        if person is None or not call.knows(person):
            raise ApiError("user_not_found")
        if user_id == call.bot.id:
            raise ApiError("cant_invite_self")
        if user_id in channel.members:
            raise ApiError("already_in_channel")
    for user_id in users:
        membership.join(call.ws, channel, call.ws.state.people[user_id], inviter=call.bot.id)
    return {"channel": channel_object(channel, call.team)}


async def kick(call: Call) -> Payload:
    channel, person = call.channel(), call.user()
    _manageable(call, channel)
    if person.id not in channel.members:
        raise ApiError("not_in_channel")
    membership.leave(call.ws, channel, person)
    return {}


async def archive(call: Call) -> Payload:
    channel = call.channel()
    if channel.is_archived:
        raise ApiError("already_archived")
    if channel.is_general:
        raise ApiError("cant_archive_general")
    _manageable(call, channel)
    membership.archive(call.ws, channel, call.bot, archived=True)
    return {}


async def unarchive(call: Call) -> Payload:
    channel = call.channel()
    if not channel.is_archived:
        raise ApiError("not_archived")
    membership.archive(call.ws, channel, call.bot, archived=False)
    return {}


def _manageable(call: Call, channel: Channel) -> None:
    call.need_scope("groups:write" if channel.is_private else "channels:manage")
    if channel.kind != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    if not call.member_of(channel):
        raise ApiError("not_in_channel")
