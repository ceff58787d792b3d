"""What can be looked at: the workspace's facts, and everything as one person sees it."""

from simulator import views
from simulator.errors import DemoError
from simulator.messages import render
from simulator.model import Channel, Payload, Person, Team
from simulator.workspace import Workspace

Query = dict[str, str]


async def state(ws: Workspace, query: Query) -> Payload:
    team = ws.state.team(query.get("team", ws.team.id))
    if not team.installed:
        raise DemoError("no_installation", f"the app is not installed in {team.name}")
    channels = [row for row in ws.state.channels.values() if team.id in row.teams]
    return {
        "app_url": ws.post.http.url,
        "api_url": ws.api_url,
        "team_id": team.id,
        "team_name": team.name,
        "teams": [{"id": row.id, "name": row.name} for row in ws.state.installed()],
        "zone": team.zone,
        "bot_token": team.bot_token,
        "app_token": ws.state.app.app_token,
        "signing_secret": ws.state.app.signing_secret,
        "app_id": ws.state.app.id,
        "bot_user_id": team.bot.id,
        "bot_id": team.bot.bot_id,
        "now": ws.now().isoformat(),
        "people": [_person(ws, row, team) for row in ws.state.circle(team.id)],
        "channels": [_channel(row) for row in channels if row.kind == "channel"],
        "commands": [
            {"command": row.command, "description": row.description, "usage_hint": row.usage_hint}
            for row in ws.manifest.commands
        ],
        "shortcuts": [
            {
                "type": row.type,
                "name": row.name,
                "callback_id": row.callback_id,
                "description": row.description,
            }
            for row in ws.manifest.shortcuts
        ],
        "app": {"name": ws.manifest.name, "home": ws.manifest.home},
    }


def _person(ws: Workspace, person: Person, team: Team) -> Payload:
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "role": person.title,
        "kind": ws.state.kind_for(person, team.id),
        "team_id": person.team_id,
        "team_name": ws.state.teams[person.team_id].name,
        "avatar": person.avatar,
        "tz": person.zone,
        "email": person.email,
        "deleted": person.deleted,
    }


def _channel(channel: Channel) -> Payload:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.is_private,
        "is_ext_shared": channel.is_ext_shared,
        "is_archived": channel.is_archived,
        "topic": channel.topic or channel.purpose,
        "members": list(channel.members),
    }


def viewer(ws: Workspace, query: Query) -> Person:
    if "as" not in query:
        raise DemoError("missing_argument", "as: the id of the person who looks")
    return ws.state.person(query["as"])


def entered(ws: Workspace, person: Person, name: str) -> Channel:
    """A channel this person is in. Raises DemoError not_in_channel."""
    channel = ws.state.channel(name)
    if person.id not in channel.members:
        raise DemoError("not_in_channel", f"{person.name} is not in {channel.name or channel.id}")
    return channel


async def seen(ws: Workspace, query: Query) -> Payload:
    """Messages of a channel or thread, oldest first; looking at a channel reads it.

    With `limit`, the newest so many.
    """
    person = viewer(ws, query)
    channel = entered(ws, person, query.get("channel", ""))
    thread_ts = query.get("thread_ts")
    rows = [row for row in channel.messages if ws.visible(row, person)]
    if thread_ts:
        rows = [row for row in rows if thread_ts in {row.ts, row.thread_ts}]
    else:
        rows = [row for row in rows if not row.in_thread_only]
    if rows:
        channel.last_read[person.id] = max(channel.last_read.get(person.id, ""), rows[-1].ts)
    if query.get("limit", "").isdigit():
        rows = rows[-int(query["limit"]) :]
    shown = [
        render(row, channel, metadata=True) | ({"ephemeral": True} if row.only_for else {})
        for row in rows
    ]
    return {"messages": shown}


async def conversations(ws: Workspace, query: Query) -> Payload:
    person = viewer(ws, query)
    rows = [_conversation(ws, person, row) for row in ws.state.channels_of(person.id)]
    return {"channels": sorted(rows, key=lambda row: (row["kind"], row["name"]))}


def _conversation(ws: Workspace, person: Person, channel: Channel) -> Payload:
    rows = [row for row in channel.messages if ws.visible(row, person) and not row.in_thread_only]
    read = channel.last_read.get(person.id, "")
    shown = {
        "id": channel.id,
        "name": channel.name,
        "kind": "channel" if channel.kind == "channel" else "dm",
        "is_private": channel.is_private,
        "is_ext_shared": channel.is_ext_shared,
        "is_archived": channel.is_archived,
        "unread": sum(1 for row in rows if row.ts > read and row.user != person.id),
        "last_ts": rows[-1].ts if rows else None,
    }
    if channel.kind == "im":
        other = next((user for user in channel.members if user != person.id), person.id)
        shown |= {"user": other, "name": ws.state.people[other].real_name}
    return shown


async def shown_views(ws: Workspace, query: Query) -> Payload:
    person = viewer(ws, query)
    home = ws.state.homes.get(person.id)
    return {
        "views": [row.body for row in views.stack(ws, person.id)],
        "home": ws.state.views[home].body if home else None,
        "error": ws.state.view_errors.get(person.id),
    }


async def deliveries(ws: Workspace, _query: Query) -> Payload:
    return {"deliveries": list(ws.post.record)}


async def problems(ws: Workspace, _query: Query) -> Payload:
    return {"problems": ws.problems}
