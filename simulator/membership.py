"""What happens to channels: made, joined, left, archived, renamed, shared; each told to the app."""

from simulator import messages
from simulator.model import Channel, Payload, Person, Team
from simulator.workspace import Workspace


def create(
    ws: Workspace, team: Team, name: str, *, creator: Person, private: bool = False
) -> Channel:
    """A new channel with its creator in it."""
    channel = Channel(
        id=ws.state.ids.new("C"),
        name=name,
        team_id=team.id,
        is_private=private,
        members={creator.id: None},
        created=ws.clock.timestamp(),
        creator=creator.id,
    )
    ws.state.channels[channel.id] = channel
    ws.changes.tell("channels", channel=channel.id)
    if not private:
        made = {
            "id": channel.id,
            "name": name,
            "created": channel.created,
            "creator": creator.id,
            "is_channel": True,
            "context_team_id": team.id,
        }
        ws.announce({"type": "channel_created", "channel": made}, team=team)
    return channel


def join(ws: Workspace, channel: Channel, person: Person, inviter: str | None = None) -> None:
    channel.members[person.id] = None
    ws.changes.tell("channels", channel=channel.id)
    _post(ws, channel, person, "join", f"<@{person.id}> has joined the channel")
    event = _member_event("member_joined_channel", channel, person)
    if inviter is not None:
        event["inviter"] = inviter
    ws.announce(event, channel=channel)


def leave(ws: Workspace, channel: Channel, person: Person) -> None:
    """Whoever leaves sees neither the notice nor what follows; a bot hears that it is gone."""
    gone = _member_event("member_left_channel", channel, person)
    if person.is_bot:
        kind = "group_left" if channel.is_private else "channel_left"
        lost = {"type": kind, "channel": channel.id, "actor_id": person.id}
        ws.announce(lost, channel=channel, team=ws.state.teams[person.team_id])
        ws.announce(gone, channel=channel, team=ws.state.teams[person.team_id])
    channel.members.pop(person.id, None)
    if not person.is_bot:
        ws.announce(gone, channel=channel)
    ws.changes.tell("channels", channel=channel.id)
    _post(ws, channel, person, "leave", f"<@{person.id}> has left the channel")


def archive(ws: Workspace, channel: Channel, actor: Person, *, archived: bool) -> None:
    channel.is_archived = archived
    _channel_event(ws, channel, "archive" if archived else "unarchive", {"user": actor.id})


def rename(ws: Workspace, channel: Channel, name: str) -> None:
    channel.name = name
    renamed = {"id": channel.id, "name": name, "created": channel.created}
    _channel_event(ws, channel, "rename", {"channel": renamed})


def remove(ws: Workspace, channel: Channel, actor: Person) -> None:
    del ws.state.channels[channel.id]
    _channel_event(ws, channel, "deleted", {"actor_id": actor.id})


def share(ws: Workspace, channel: Channel, other: Team) -> None:
    """Slack Connect: another team joins the channel."""
    team_id = other.id
    channel.pending_shared.discard(team_id)
    channel.shared_with.add(team_id)
    ws.changes.tell("channels", channel=channel.id)
    event = {"type": "channel_shared", "connected_team_id": team_id, "channel": channel.id}
    ws.announce(event, channel=channel, team=ws.state.teams[channel.team_id])


def unshare(ws: Workspace, channel: Channel, other: Team) -> None:
    """The other team is gone, and its people with it."""
    team_id = other.id
    channel.shared_with.discard(team_id)
    for user in [user for user in channel.members if ws.state.people[user].team_id == team_id]:
        del channel.members[user]
    ws.changes.tell("channels", channel=channel.id)
    event = {
        "type": "channel_unshared",
        "previously_connected_team_id": team_id,
        "channel": channel.id,
        "is_ext_shared": channel.is_ext_shared,
    }
    ws.announce(event, channel=channel, team=ws.state.teams[channel.team_id])


def new_id(ws: Workspace, channel: Channel) -> None:
    """Slack gives some channels a new id when they are shared or unshared."""
    old = channel.id
    del ws.state.channels[old]
    channel.id = ws.state.ids.new("C")
    for message in channel.messages:
        message.channel_id = channel.id
    ws.state.channels[channel.id] = channel
    ws.changes.tell("channels", channel=channel.id)
    event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": channel.id}
    ws.announce(event, channel=channel)


def _post(ws: Workspace, channel: Channel, person: Person, verb: str, text: str) -> None:
    subtype = f"group_{verb}" if channel.is_private else f"channel_{verb}"
    messages.by_person(ws, person, channel, text, subtype=subtype)


def _member_event(kind: str, channel: Channel, person: Person) -> Payload:
    return {
        "type": kind,
        "user": person.id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": person.team_id,
    }


def _channel_event(ws: Workspace, channel: Channel, what: str, more: Payload) -> None:
    """`channel_…` or, of a private channel, `group_…`: the public ones need no membership."""
    ws.changes.tell("channels", channel=channel.id)
    kind = f"{'group' if channel.is_private else 'channel'}_{what}"
    event = {"type": kind, "channel": channel.id, **more}
    if channel.is_private:
        ws.announce(event, channel=channel)
    else:
        ws.announce(event, channel=channel, team=ws.state.teams[channel.team_id])
