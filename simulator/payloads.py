"""Slack's objects as an app receives them: people, conversations, commands, interactions."""

from typing import Any

from simulator.model import Actor, Channel, File, Payload, Person, Team
from simulator.state import State
from simulator.workspace import Workspace


def person_object(state: State, person: Person, team: Team, *, email: bool = True) -> Payload:
    """A user as `team`'s app sees them: outsiders without e-mail, strangers marked so."""
    own = person.team_id == team.id
    profile: Payload = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "title": person.title if own else "",
        "team": person.team_id,
        "image_48": person.avatar,
        "image_72": person.avatar,
        **person.profile,
    }
    if own and email and person.email:
        profile["email"] = person.email
    shown: Payload = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": person.deleted,
        "tz": person.zone,
        "tz_label": person.zone,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.is_bot:
        profile |= {"api_app_id": state.app.id, "bot_id": person.bot_id}
    return shown | (_standing(person) if own else _stranger(state, person, team))


def _standing(person: Person) -> Payload:
    return {
        "is_admin": person.kind == "admin",
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.kind == "guest",
        "is_ultra_restricted": False,
    }


def _stranger(state: State, person: Person, team: Team) -> Payload:
    known = team.installed and state.shares_channel(person, team.bot.id)
    return {"is_stranger": not known, "is_restricted": False, "is_ultra_restricted": False}


def channel_object(channel: Channel, team: Team) -> Payload:
    """A conversation as `team`'s app sees it."""
    bot = team.bot.id if team.installed else ""
    shown: Payload = {
        "id": channel.id,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_org_shared": False,
        "context_team_id": team.id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((user for user in channel.members if user != bot), bot)
        return shown | {"user": other, "is_user_deleted": False, "priority": 0, "is_open": True}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private and channel.kind == "channel",
        "is_general": channel.is_general,
        "is_private": channel.is_private,
        "is_member": bot in channel.members,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": bool(channel.pending_shared),
        "pending_shared": sorted(channel.pending_shared),
        "shared_team_ids": sorted(channel.teams),
        "connected_team_ids": sorted(channel.teams - {team.id}),
        "internal_team_ids": [],
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
        "num_members": len(channel.members),
    }


def file_object(ws: Workspace, file: File) -> Payload:
    kind = file.name.rpartition(".")[2].lower() if "." in file.name else "binary"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": MIMETYPES.get(kind, "application/octet-stream"),
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": file.user,
        "user_team": file.team_id,
        "size": len(file.content),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{ws.url}/files/{file.id}/{file.name}",
        "url_private_download": f"{ws.url}/files/{file.id}/download/{file.name}",
        "permalink": f"{ws.url}/files/{file.id}",
        "alt_txt": file.alt_text,
        "channels": file.channels,
        "file_access": "visible",
    }


MIMETYPES = {
    "csv": "text/csv",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "yml": "text/yaml",
}


def head(ws: Workspace, kind: str, actor: Actor) -> Payload:
    """What every interaction starts with: `team` is the installation, `user.team_id` its own."""
    person, team = actor.person, actor.team
    return {
        "type": kind,
        "team": {"id": team.id, "domain": team.domain},
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": person.team_id,
        },
        "api_app_id": ws.state.app.id,
        "token": ws.state.app.verification_token,
        "is_enterprise_install": False,
        "enterprise": None,
    }


def channel_ref(channel: Channel) -> Payload:
    names = {"im": "directmessage", "mpim": "mpdm"}
    name = names.get(channel.kind) or ("privategroup" if channel.is_private else channel.name)
    return {"id": channel.id, "name": name}


def slash_fields(
    ws: Workspace, actor: Actor, channel: Channel, command: str, text: str
) -> dict[str, Any]:
    """The form of a slash command, without its response URL."""
    person, team = actor.person, actor.team
    return {
        "token": ws.state.app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel_ref(channel)["name"],
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": ws.state.app.id,
        "is_enterprise_install": "false",
        "trigger_id": ws.triggers.issue(person.id, team.id),
    }
