"""What people do in Slack: type, press, submit, close, react. As Slack's own client allows it;
`force` sends what the client would not let them.
"""

from typing import Any

from simulator import blocks as kit
from simulator import interactions, messages, payloads, picks, typed, views
from simulator.control.builtin import BUILT_IN
from simulator.control.look import entered
from simulator.delivery.letters import Answer
from simulator.errors import DemoError
from simulator.model import Actor, Channel, Message, OpenView, Payload, Person, Team
from simulator.payloads import file_object
from simulator.workspace import Workspace

Body = dict[str, Any]


def who(ws: Workspace, body: Body) -> Person:
    return ws.state.person(need(body, "as"))


def need(body: Body, name: str) -> str:
    if not body.get(name):
        raise DemoError("missing_argument", name)
    return str(body[name])


def outcome(answer: Answer, **more: Any) -> Payload:
    if answer.ok:
        return {"ok": True, "ack": answer.body, **more}
    return {"ok": False, "error": answer.error, "status": answer.status, **more}


async def act(ws: Workspace, body: Body) -> Payload:
    """A slash command when the text starts with one, else a message."""
    person, text = who(ws, body), str(body.get("text") or "")
    if text.startswith("/"):
        channel = entered(ws, person, need(body, "channel"))
        return await _command(ws, person, channel, text, body)
    channel = entered(ws, person, need(body, "channel"))
    if channel.is_archived:
        raise DemoError("is_archived", f"{channel.name} is archived")
    _may_type(ws, channel)
    files = [_own_file(ws, person, file_id) for file_id in body.get("files") or ()]
    if not text and not files:
        raise DemoError("no_text", "nothing was typed")
    more: Body = {"files": files, "subtype": "file_share"} if files else {}
    text = typed.as_message(ws.state, text, ws.state.teams[person.team_id])
    message = messages.by_person(ws, person, channel, text, thread_ts=body.get("thread_ts"), **more)
    return {"ok": True, "ts": message.ts}


def _may_type(ws: Workspace, channel: Channel) -> None:
    """People write to a bot only where its manifest opens the messages tab."""
    to_bot = channel.kind == "im" and any(ws.state.people[user].is_bot for user in channel.members)
    closed = not ws.manifest.messages_tab or ws.manifest.messages_read_only
    if to_bot and closed:
        raise DemoError("messages_tab_disabled", "sending messages to this app is turned off")


async def _command(
    ws: Workspace, person: Person, channel: Channel, text: str, body: Body
) -> Payload:
    name, _, rest = text.partition(" ")
    if name in BUILT_IN:
        BUILT_IN[name](ws, person, channel, rest)
        return {"ok": True}
    row = ws.manifest.command(name)
    forced = bool(body.get("force"))
    if row is None and not forced:
        return {"ok": False, "error": "unknown_command", "detail": f"{name} is not a command"}
    if body.get("thread_ts") and not forced:
        detail = f"{name} is not supported in threads. Sorry!"
        return {"ok": False, "error": "not_in_threads", "detail": detail}
    actor = Actor(person, ws.state.home_team(person, channel))
    if person.team_id != actor.team.id and not forced:
        detail = "people of other workspaces have no commands of this app"
        return {"ok": False, "error": "not_allowed", "detail": detail}
    escape = row is not None and row.should_escape
    convert = typed.as_command if escape else typed.as_plain
    rest = convert(ws.state, rest, actor.team)
    answer = await interactions.slash(ws, actor, channel, name, rest.strip())
    if answer.ok:
        return outcome(answer)
    error = "operation_timeout" if answer.status == "timeout" else "dispatch_failed"
    return outcome(answer) | {"error": error, "detail": f"{name} failed with the error “{error}”"}


def _own_file(ws: Workspace, person: Person, file_id: str) -> Payload:
    file = ws.state.files.get(file_id)
    if file is None or file.user != person.id:
        raise DemoError("file_not_found", f"{person.name} has uploaded no {file_id}")
    return file_object(ws, file)


async def press(ws: Workspace, body: Body) -> Payload:
    """A button, or a pick in a menu: what is picked is kept in the state of message or view.

    `values`, as in submit, is what else was entered in a view so far.
    """
    person = who(ws, body)
    place = _place(ws, person, body)
    placed = _placed(place, body)
    if isinstance(place, OpenView) and body.get("values"):
        values = picks.filled(ws, place, body["values"])
        place.body = {**place.body, "state": {"values": values}}
    action = picks.action(ws, placed, body.get("value"), place.suggested)
    if isinstance(place, OpenView):
        values = _kept(place.body["state"]["values"], placed, action)
        place.body = {**place.body, "state": {"values": values}}
    else:
        place.state[person.id] = _kept(place.state.get(person.id, {}), placed, action)
    actor = Actor(person, _team_of(ws, person, place))
    return outcome(await interactions.press(ws, actor, place, action))


async def options(ws: Workspace, body: Body) -> Payload:
    """The options of an external select for what was typed so far."""
    person = who(ws, body)
    place = _place(ws, person, body)
    actor = Actor(person, _team_of(ws, person, place))
    text = str(body.get("value") or "")
    answer = await interactions.suggest(ws, actor, place, _placed(place, body), text)
    return outcome(answer) | answer.mapping


def _placed(place: interactions.Place, body: Body) -> kit.Placed:
    action_id = need(body, "action_id")
    placed = kit.find(place.body.get("blocks") or [], action_id, body.get("block_id"))
    if placed is None:
        raise DemoError("action_not_found", f"nothing there has the action_id {action_id!r}")
    return placed


def _kept(values: Payload, placed: kit.Placed, action: Payload) -> Payload:
    """State values with a new pick in them."""
    shape = kit.STATEFUL.get(placed.element["type"])
    if shape is None:
        return values
    held = {"type": placed.element["type"], shape.key: action.get(shape.key)}
    block_id, action_id = placed.block["block_id"], placed.element["action_id"]
    return {**values, block_id: {**values.get(block_id, {}), action_id: held}}


def _place(ws: Workspace, person: Person, body: Body) -> interactions.Place:
    if body.get("view_id"):
        return own_view(ws, person, body["view_id"])
    return seen_message(ws, person, body)[1]


def own_view(ws: Workspace, person: Person, view_id: str) -> OpenView:
    shown = ws.state.views.get(view_id)
    if shown is None or shown.user != person.id:
        raise DemoError("view_not_found", f"{person.name} has no view {view_id} open")
    return shown


def seen_message(ws: Workspace, person: Person, body: Body) -> tuple[Channel, Message]:
    channel = entered(ws, person, need(body, "channel"))
    message = channel.by_ts.get(need(body, "ts"))
    if message is None or not ws.visible(message, person):
        raise DemoError("message_not_found", f"{person.name} sees no message {body['ts']} there")
    return channel, message


def _team_of(ws: Workspace, person: Person, place: interactions.Place) -> Team:
    """The installation whose bot made what is pressed."""
    if isinstance(place, OpenView):
        return ws.state.teams[place.team_id]
    author = ws.state.people[place.user]
    if author.is_bot:
        return ws.state.teams[author.team_id]
    return ws.state.home_team(person, ws.state.channels[place.channel_id])


async def submit(ws: Workspace, body: Body) -> Payload:
    """Fills in a modal and submits it; Slack's client checks required fields first."""
    person = who(ws, body)
    shown = own_view(ws, person, need(body, "view_id"))
    filled = picks.filled(ws, shown, body.get("values") or {})
    shown.body = {**shown.body, "state": {"values": filled}}
    complaints = picks.complaints(shown)
    if complaints and not body.get("force"):
        return {"ok": False, "errors": complaints, "by_client": True}
    actor = Actor(person, ws.state.teams[shown.team_id])
    answer = await interactions.submit(ws, actor, shown)
    action = answer.mapping.get("response_action")
    result = outcome(answer, response_action=action)
    if action == "errors":
        result |= {"ok": False, "errors": answer.mapping.get("errors")}
    return result


async def close(ws: Workspace, body: Body) -> Payload:
    """The cross closes the whole stack; `one` set, only the view, as its close button does."""
    person = who(ws, body)
    shown = own_view(ws, person, need(body, "view_id"))
    stack = views.stack(ws, person.id)
    if shown not in stack:
        raise DemoError("not_a_modal", "a Home cannot be closed")
    cleared = not body.get("one") or bool(shown.body["clear_on_close"])
    told = stack[0] if cleared else shown
    if cleared:
        views.clear(ws, person.id)
    else:
        views.pop(ws, shown)
    if not told.body["notify_on_close"]:
        return {"ok": True}
    actor = Actor(person, ws.state.teams[told.team_id])
    more = {"view": told.body, "is_cleared": cleared}
    payload = payloads.head(ws, "view_closed", actor) | more
    return outcome(await interactions.send(ws, told.body["callback_id"], payload))


async def shortcut(ws: Workspace, body: Body) -> Payload:
    """A global shortcut, or with `channel` and `ts` one from a message's menu."""
    person, callback_id = who(ws, body), need(body, "callback_id")
    row = ws.manifest.shortcut(callback_id)
    if row is None and not body.get("force"):
        raise DemoError("shortcut_not_found", f"the manifest has no shortcut {callback_id}")
    on_message = bool(body.get("ts"))
    if row is not None and (row.type == "message") != on_message and not body.get("force"):
        raise DemoError("wrong_place", f"{callback_id} is a {row.type} shortcut")
    source = seen_message(ws, person, body) if on_message else None
    actor = Actor(person, ws.state.home_team(person, source[0] if source else None))
    if person.team_id != actor.team.id and not body.get("force"):
        raise DemoError("not_allowed", "people of other workspaces have no shortcuts of this app")
    payload = payloads.head(ws, "shortcut", actor) | {
        "callback_id": callback_id,
        "action_ts": f"{ws.now().timestamp():.6f}",
        "trigger_id": ws.triggers.issue(person.id, actor.team.id),
    }
    if source is not None:
        channel, message = source
        payload |= {
            "type": "message_action",
            "message_ts": message.ts,
            "channel": payloads.channel_ref(channel),
            "message": messages.render(message, channel),
            "response_url": ws.url + ws.response_urls.issue(actor, channel, message),
        }
    return outcome(await interactions.send(ws, callback_id, payload))


async def react(ws: Workspace, body: Body) -> Payload:
    person = who(ws, body)
    _, message = seen_message(ws, person, body)
    name, remove = need(body, "name").strip(":"), bool(body.get("remove"))
    changed = messages.react(ws, person, message, name, remove=remove)
    return {"ok": True, "changed": changed}
