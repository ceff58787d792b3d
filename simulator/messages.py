"""What happens to messages: posted, edited, deleted, reacted to; each told to whom it concerns."""

import copy
from typing import Any

from simulator import blocks as kit
from simulator.model import Channel, Message, Payload, Person, Team
from simulator.workspace import Workspace

TOMBSTONE = {"subtype": "tombstone", "hidden": True, "text": "This message was deleted."}
NO_TEXT = "This content can't be displayed."


def render(message: Message, channel: Channel, *, metadata: bool = False) -> Payload:
    """Slack's message object: the body, its thread counts, its metadata where asked for."""
    shown = dict(message.body)
    if message.thread_ts is not None or message.replies:
        shown["thread_ts"] = message.thread_ts or message.ts
    if message.replies:
        users = list(dict.fromkeys(channel.by_ts[ts].user for ts in message.replies))
        shown["reply_count"] = len(message.replies)
        shown["reply_users_count"] = len(users)
        shown["reply_users"] = users[:5]
        shown["latest_reply"] = message.replies[-1]
    elif message.thread_ts not in {None, message.ts} and message.thread_ts in channel.by_ts:
        shown["parent_user_id"] = channel.by_ts[message.thread_ts].user
    if message.metadata is not None:
        known = message.metadata
        shown["metadata"] = known if metadata else {"event_type": known.get("event_type")}
    return shown


def for_app(ws: Workspace, message: Message, channel: Channel) -> Payload:
    """As `render`, for an app: files that come over Slack Connect are to be asked for."""
    shown = render(message, channel, metadata=True)
    author = ws.state.people[message.user]
    if "files" in shown and ws.state.teams[author.team_id].app_bot is None:
        shown["files"] = [
            {"id": file["id"], "mode": "file_access", "file_access": "check_file_info"}
            for file in shown["files"]
        ]
    return shown


def bot_profile(ws: Workspace, team: Team, bot: Person) -> Payload:
    return {
        "id": bot.bot_id,
        "app_id": ws.state.app.id,
        "name": bot.real_name,
        "deleted": False,
        "updated": 0,
        "icons": {"image_36": bot.avatar, "image_48": bot.avatar, "image_72": bot.avatar},
        "team_id": team.id,
    }


def by_app(
    ws: Workspace,
    team: Team,
    channel: Channel,
    content: Payload,
    *,
    only_for: str | None = None,
) -> Message:
    """The app posts `content`: text, blocks, metadata, thread_ts … as the Web API names them."""
    thread_ts = content.get("thread_ts")
    ts = ws.stamp(channel)
    body: Payload = {
        "type": "message",
        "user": team.bot.id,
        "ts": ts,
        "bot_id": team.bot.bot_id,
        "app_id": ws.state.app.id,
        "text": content.get("text") or (NO_TEXT if content.get("blocks") else ""),
        "team": team.id,
        "bot_profile": bot_profile(ws, team, team.bot),
    }
    body |= {
        key: content[key]
        for key in ("attachments", "username", "icons", "files")
        if content.get(key)
    }
    if content.get("blocks"):
        body["blocks"] = kit.with_ids(content["blocks"])
    if content.get("reply_broadcast") and thread_ts:
        body["subtype"] = "thread_broadcast"
    message = Message(
        ts=ts,
        channel_id=channel.id,
        user=team.bot.id,
        body=body,
        thread_ts=root_of(channel, thread_ts),
        only_for=only_for,
        by_app=True,
        metadata=content.get("metadata") or None,
    )
    return _place(ws, channel, message)


def by_person(
    ws: Workspace,
    person: Person,
    channel: Channel,
    text: str,
    *,
    thread_ts: str | None = None,
    **more: Any,
) -> Message:
    """Someone types; `more` goes into the body (`subtype`, `files`)."""
    ts = ws.stamp(channel)
    body: Payload = {
        "type": "message",
        "user": person.id,
        "ts": ts,
        "client_msg_id": ws.state.ids.new("cm-"),
        "text": text,
        "team": person.team_id,
        "user_team": person.team_id,
        "source_team": person.team_id,
        **more,
    }
    message = Message(
        ts=ts,
        channel_id=channel.id,
        user=person.id,
        body=body,
        thread_ts=root_of(channel, thread_ts),
    )
    _place(ws, channel, message)
    _mention(ws, channel, message)
    return message


def root_of(channel: Channel, thread_ts: str | None) -> str | None:
    """A thread is named by its first message, also when a reply was given."""
    if thread_ts is None:
        return None
    named = channel.by_ts.get(thread_ts)
    return thread_ts if named is None else named.thread_ts or named.ts


def edit(ws: Workspace, channel: Channel, message: Message, changes: Payload, editor: str) -> None:
    """Replaces parts of a body; a `metadata` of `{}` takes it away."""
    before = render(message, channel)
    metadata = changes.pop("metadata", None)
    if metadata is not None:
        message.metadata = metadata or None
    if changes.get("blocks"):
        changes["blocks"] = kit.with_ids(changes["blocks"])
        message.state.clear()
    message.body = {**message.body, **changes}
    if not message.by_app or "blocks" not in message.body:
        message.body["edited"] = {"user": editor, "ts": ws.stamp(channel)}
    _tell(ws, channel, message)
    if message.only_for is None:
        after = {"message": render(message, channel), "previous_message": before}
        _announce(ws, channel, {"subtype": "message_changed", "hidden": True, **after})


def delete(ws: Workspace, channel: Channel, message: Message) -> None:
    """Takes a message away; a parent leaves a placeholder above its replies."""
    before = render(message, channel)
    if message.replies:
        kept = {key: message.body[key] for key in ("type", "user", "ts")}
        message.body = kept | TOMBSTONE
        message.metadata = None
    else:
        channel.drop(message)
        parent = channel.by_ts.get(message.thread_ts or "")
        if parent is not None and message.ts in parent.replies:
            parent.replies.remove(message.ts)
    _tell(ws, channel, message)
    if message.only_for is None:
        gone = {"deleted_ts": message.ts, "previous_message": before}
        _announce(ws, channel, {"subtype": "message_deleted", "hidden": True, **gone})


def react(ws: Workspace, person: Person, message: Message, name: str, *, remove: bool) -> bool:
    """Adds or takes a reaction; False when that changes nothing."""
    channel = ws.state.channels[message.channel_id]
    reactions: list[Payload] = copy.deepcopy(message.body.get("reactions", []))
    row = next((row for row in reactions if row["name"] == name), None)
    if (row is not None and person.id in row["users"]) != remove:
        return False
    if row is None:
        row = {"name": name, "users": [], "count": 0}
        reactions.append(row)
    (row["users"].remove if remove else row["users"].append)(person.id)
    row["count"] = len(row["users"])
    message.body["reactions"] = [row for row in reactions if row["count"]]
    _tell(ws, channel, message)
    ws.announce(
        {
            "type": "reaction_removed" if remove else "reaction_added",
            "user": person.id,
            "reaction": name,
            "item": {"type": "message", "channel": channel.id, "ts": message.ts},
            "item_user": message.user,
        },
        channel=channel,
    )
    return True


def _place(ws: Workspace, channel: Channel, message: Message) -> Message:
    channel.add(message)
    parent = channel.by_ts.get(message.thread_ts or "")
    if parent is not None and parent is not message and message.only_for is None:
        parent.replies.append(message.ts)
    channel.last_read[message.user] = message.ts
    _tell(ws, channel, message)
    if message.only_for is None:
        _announce(ws, channel, for_app(ws, message, channel))
    return message


def _tell(ws: Workspace, channel: Channel, message: Message) -> None:
    ws.changes.tell("messages", channel=channel.id, user=message.only_for)


def _announce(ws: Workspace, channel: Channel, event: Payload) -> None:
    suffix = {"channels": "channels", "groups": "groups"}.get(channel.scope_family, channel.kind)
    ts = event.get("ts") or ws.stamp(channel)
    ws.announce(
        {
            "type": "message",
            **event,
            "ts": ts,
            "channel": channel.id,
            "channel_type": channel.event_type,
            "event_ts": ts,
        },
        subscription=f"message.{suffix}",
        channel=channel,
    )


def _mention(ws: Workspace, channel: Channel, message: Message) -> None:
    """`app_mention`, where people name the bot in a channel it is in."""
    if channel.kind == "im":
        return
    text = message.body["text"]
    for team in ws.state.installed():
        bot = team.bot
        if bot.id not in channel.members or f"<@{bot.id}" not in text:
            continue
        event = {**render(message, channel), "type": "app_mention", "channel": channel.id}
        ws.announce({**event, "event_ts": message.ts}, channel=channel, team=team)
