"""What is done to the workspace itself: its clock, its people, its channels, its faults."""

import dataclasses
import secrets
from collections.abc import Mapping
from datetime import time as time_of_day
from datetime import timedelta
from typing import Any

from simulator import clock, membership, messages
from simulator.control.acts import Body, need, seen_message, who
from simulator.delivery.letters import Letter
from simulator.errors import DemoError
from simulator.model import Payload, Person
from simulator.payloads import person_object
from simulator.workspace import Workspace

MAX_WAIT = 60.0
PERSON_FIELDS = {"name", "real_name", "email", "title", "zone", "deleted", "avatar", "kind"}


def number(given: Mapping[str, Any], name: str, default: float) -> float:
    try:
        return float(given.get(name, default))
    except (TypeError, ValueError):
        raise DemoError("invalid_argument", f"{name} must be a number") from None


async def read_clock(ws: Workspace, query: dict[str, str]) -> Payload:
    if "listener" not in query:
        return ws.clock.reading()
    after = int(number(query, "after", -1))
    wait = min(number(query, "wait", 0), MAX_WAIT)
    return await ws.clock.poll(query["listener"], after, wait)


async def ack_clock(ws: Workspace, body: Body) -> Payload:
    due = body.get("next_due_at")
    moment = clock.parse_instant(due) if due else None
    await ws.clock.ack(need(body, "listener"), int(number(body, "step", 0)), moment)
    return {"ok": True}


async def move_clock(ws: Workspace, body: Body) -> Payload:
    moved = await _move(ws, body)
    ws.changes.tell("clock")
    return moved


async def _move(ws: Workspace, body: Body) -> Payload:
    if "running" in body:
        return await ws.clock.hold(held=not body["running"])
    if "set" in body:
        return await ws.clock.move(clock.parse_instant(body["set"]))
    if "to" in body:
        return await ws.clock.advance(to=clock.parse_instant(body["to"]))
    if "to_next" in body:
        try:
            at = time_of_day.fromisoformat(str(body["to_next"]))
        except ValueError:
            raise DemoError("invalid_time", f"{body['to_next']!r} is no time of day") from None
        zone = str(body.get("zone") or ws.team.zone)
        return await ws.clock.advance(to=clock.next_working_day(ws.now(), at, zone))
    if "advance_seconds" in body:
        return await ws.clock.advance(by=timedelta(seconds=number(body, "advance_seconds", 0)))
    raise DemoError("missing_argument", "advance_seconds, to, to_next or set")


async def set_app(ws: Workspace, body: Body) -> Payload:
    """Where signed HTTP goes; with `verify`, whether that address answers Slack's challenge."""
    ws.post.http.url = body.get("url") or None
    if not body.get("verify"):
        return {"ok": True}
    challenge = secrets.token_urlsafe(24)
    token = ws.state.app.verification_token
    payload = {"type": "url_verification", "challenge": challenge, "token": token}
    letter = Letter(kind="events_api", name="url_verification", payload=payload)
    answer = await ws.post.ask(letter)
    said = answer.mapping.get("challenge") if answer.mapping else answer.body
    return {"ok": True, "verified": answer.ok and said == challenge}


async def set_faults(ws: Workspace, body: Body) -> Payload:
    ws.faults.set(body)
    return {"ok": True, "faults": [dataclasses.asdict(row) for row in ws.faults.rows]}


async def set_limits(ws: Workspace, body: Body) -> Payload:
    ws.rates.enabled = bool(body.get("rate"))
    return {"ok": True}


async def settle(ws: Workspace, _body: Body) -> Payload:
    """Answers once no event is on its way to the app any more, repetitions included."""
    await ws.post.settled()
    return {"ok": True}


async def member(ws: Workspace, body: Body) -> Payload:
    """Changes a person, or adds one to a team (the first unless `team`)."""
    fields = {key: value for key, value in body.items() if key in PERSON_FIELDS}
    user_id = str(body.get("user") or ws.state.ids.new("U"))
    person = ws.state.people.get(user_id)
    joins = person is None
    if person is None:
        person = _newcomer(ws, user_id, body)
    for key, value in fields.items():
        setattr(person, key, value)
    person.profile.update(body.get("profile") or {})
    person.updated = ws.clock.timestamp()
    team = ws.state.teams[person.team_id]
    if team.installed:
        shown = person_object(ws.state, person, team)
        event = {"type": "team_join" if joins else "user_change", "user": shown}
        ws.announce(event, team=team)
    ws.changes.tell("people")
    return {"ok": True, "user": user_id}


def _newcomer(ws: Workspace, user_id: str, body: Body) -> Person:
    name = need(body, "name")
    person = Person(
        id=user_id,
        team_id=ws.state.team(str(body.get("team") or ws.team.id)).id,
        name=name,
        real_name=str(body.get("real_name") or name),
        zone=ws.team.zone,
    )
    ws.state.people[user_id] = person
    return person


async def channel(ws: Workspace, body: Body) -> Payload:
    """`do` to a channel: create, join, leave, invite, kick, archive, unarchive, rename, delete,
    share, unshare, new_id.
    """
    person, verb = who(ws, body), need(body, "do")
    if verb == "create":
        team = ws.state.teams[person.team_id]
        private = bool(body.get("is_private"))
        made = membership.create(ws, team, need(body, "name"), creator=person, private=private)
        return {"ok": True, "channel": made.id}
    row = ws.state.channel(need(body, "channel"))
    other = ws.state.person(body["user"]) if body.get("user") else person
    verbs: dict[str, Any] = {
        "join": lambda: membership.join(ws, row, person),
        "leave": lambda: membership.leave(ws, row, person),
        "invite": lambda: membership.join(ws, row, other, inviter=person.id),
        "kick": lambda: membership.leave(ws, row, other),
        "archive": lambda: membership.archive(ws, row, person, archived=True),
        "unarchive": lambda: membership.archive(ws, row, person, archived=False),
        "rename": lambda: membership.rename(ws, row, need(body, "name")),
        "delete": lambda: membership.remove(ws, row, person),
        "share": lambda: membership.share(ws, row, ws.state.team(need(body, "team"))),
        "unshare": lambda: membership.unshare(ws, row, ws.state.team(need(body, "team"))),
        "new_id": lambda: membership.new_id(ws, row),
    }
    if verb not in verbs:
        raise DemoError("invalid_argument", f"do: one of create, {', '.join(verbs)}")
    verbs[verb]()
    return {"ok": True, "channel": row.id}


async def event(ws: Workspace, body: Body) -> Payload:
    """Sends any event as it is: `{event: {type, …}, team?, subscription?}`."""
    given = body.get("event")
    if not isinstance(given, dict) or "type" not in given:
        raise DemoError("missing_argument", "event: an object with a type")
    team = ws.state.team(str(body.get("team") or ws.team.id))
    ws.announce(dict(given), team=team, subscription=body.get("subscription"))
    return {"ok": True}


async def install(ws: Workspace, body: Body) -> Payload:
    """Takes the app out of a team, `{team?, installed: false}`, or puts it back."""
    team = ws.state.team(str(body.get("team") or ws.team.id))
    if body.get("installed", True):
        ws.state.revoked.discard(team.bot_token)
        return {"ok": True}
    ws.state.revoked.add(team.bot_token)
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot.id]}}
    ws.announce(revoked, team=team)
    ws.announce({"type": "app_uninstalled"}, team=team)
    return {"ok": True}


async def edit(ws: Workspace, body: Body) -> Payload:
    """A person rewrites, or without `text` deletes, a message of their own."""
    person = who(ws, body)
    row, message = seen_message(ws, person, body)
    if message.user != person.id:
        raise DemoError("not_yours", "people change only what they wrote")
    if body.get("text"):
        messages.edit(ws, row, message, {"text": str(body["text"])}, person.id)
    else:
        messages.delete(ws, row, message)
    return {"ok": True}


async def home(ws: Workspace, body: Body) -> Payload:
    """Someone opens the app's Home, or with `tab: messages` its messages."""
    person, tab = who(ws, body), body.get("tab") or "home"
    team = ws.state.home_team(person)
    if person.team_id != team.id and not body.get("force"):
        raise DemoError("not_allowed", "people of other workspaces have no Home of this app")
    im = ws.state.open_im(team, team.bot.id, person.id, ws.clock.timestamp())
    known = ws.state.homes.get(person.id)
    opened: Payload = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": im.id,
        "tab": tab,
    }
    if known is not None and tab == "home":
        opened["view"] = ws.state.views[known].body
    ws.announce(opened, team=team)
    return {"ok": True, "channel": im.id}


async def dm(ws: Workspace, body: Body) -> Payload:
    person, other = who(ws, body), ws.state.person(need(body, "user"))
    team = ws.state.teams[other.team_id if other.is_bot else person.team_id]
    row = ws.state.open_im(team, person.id, other.id, ws.clock.timestamp())
    return {"ok": True, "channel": row.id}


async def disconnect(ws: Workspace, body: Body) -> Payload:
    """Closes the app's sockets, as Slack does to refresh them."""
    reason = str(body.get("reason") or "refresh_requested")
    await ws.post.sockets.disconnect(reason, close=reason != "warning")
    return {"ok": True}
