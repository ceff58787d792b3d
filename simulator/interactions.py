"""What a person's press, pick, submit or command sends to the app, and what its ack does here."""

from simulator import blocks as kit
from simulator import messages, payloads, views
from simulator.delivery.letters import Answer, Letter
from simulator.errors import ApiError
from simulator.limits import check_ack, check_message, check_options
from simulator.model import Actor, Channel, Message, OpenView, Payload
from simulator.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
Place = OpenView | Message


async def send(ws: Workspace, name: str, payload: Payload) -> Answer:
    return await ws.post.ask(Letter(kind="interactive", name=name, payload=payload))


async def slash(ws: Workspace, actor: Actor, channel: Channel, command: str, text: str) -> Answer:
    """A slash command; an ack body is shown to the person, or to all if it says `in_channel`."""
    fields = payloads.slash_fields(ws, actor, channel, command, text)
    fields["response_url"] = ws.url + ws.response_urls.issue(actor, channel)
    answer = await ws.post.ask(Letter(kind="slash_commands", name=command, payload=fields))
    if answer.ok and answer.body:
        body = answer.body if isinstance(answer.body, dict) else {"text": answer.body}
        problems = [str(problem) for problem in check_ack("command", body)]
        if problems:
            ws.refuse(f"ack of {command}", problems, body)
        else:
            reply(ws, actor, channel, body)
    return answer


def reply(ws: Workspace, actor: Actor, channel: Channel, body: Payload) -> Message:
    """A message an app answers with: for this person alone unless it says `in_channel`."""
    public = body.get("response_type") == "in_channel"
    only_for = None if public else actor.person.id
    return messages.by_app(ws, actor.team, channel, body, only_for=only_for)


def faults_of(body: Payload) -> list[str]:
    """Why a reply cannot be shown; nothing when it can."""
    if not any(body.get(key) for key in ("text", "blocks", "attachments")):
        return ["no_text"]
    return [str(problem) for problem in check_message(body)]


async def press(ws: Workspace, actor: Actor, place: Place, action: Payload) -> Answer:
    """One action of a message or view, with all that is picked there so far."""
    payload = payloads.head(ws, "block_actions", actor) | {"actions": [action]}
    payload |= _where(ws, place)
    if isinstance(place, Message):
        channel = ws.state.channels[place.channel_id]
        payload |= {
            "trigger_id": ws.triggers.issue(actor.person.id, actor.team.id),
            "response_url": ws.url + ws.response_urls.issue(actor, channel, place),
            "state": {"values": place.state.get(actor.person.id, {})},
        }
        return await send(ws, action["action_id"], payload)
    payload["trigger_id"] = ws.triggers.issue(actor.person.id, actor.team.id, place.id)
    answer = await send(ws, action["action_id"], payload)
    views.fail(ws, actor.person.id, None if answer.ok else TROUBLE)
    return answer


def _where(ws: Workspace, place: Place) -> Payload:
    """`container` and what it holds; of an ephemeral message Slack sends no content."""
    if isinstance(place, OpenView):
        return {"container": {"type": "view", "view_id": place.id}, "view": place.body}
    channel = ws.state.channels[place.channel_id]
    ephemeral = place.only_for is not None
    container = {
        "type": "message",
        "message_ts": place.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if place.thread_ts:
        container["thread_ts"] = place.thread_ts
    found = {"container": container, "channel": payloads.channel_ref(channel)}
    if not ephemeral:
        found["message"] = messages.render(place, channel, metadata=True)
    return found


async def submit(ws: Workspace, actor: Actor, shown: OpenView) -> Answer:
    """Sends what the view holds; the ack closes, corrects, replaces or stacks."""
    payload = payloads.head(ws, "view_submission", actor) | {
        "trigger_id": ws.triggers.issue(actor.person.id, actor.team.id, shown.id),
        "view": shown.body,
        "response_urls": _response_urls(ws, actor, shown),
    }
    answer = await send(ws, shown.body["callback_id"], payload)
    if not answer.ok:
        views.fail(ws, actor.person.id, TROUBLE)
        return answer
    try:
        problems = _obey(ws, actor, shown, answer)
    except ApiError as error:
        problems = [error.code]
    if problems:
        ws.refuse(f"ack of {shown.body['callback_id']}", problems, answer.body)
        views.fail(ws, actor.person.id, TROUBLE)
        return Answer(status=answer.status, body=answer.body, error="invalid_ack")
    return answer


def _response_urls(ws: Workspace, actor: Actor, shown: OpenView) -> list[Payload]:
    """One for each channel picked in an input that asks for a response URL."""
    found = []
    for block, element in kit.elements(shown.body["blocks"]):
        if not element.get("response_url_enabled"):
            continue
        held = shown.body["state"]["values"][block["block_id"]][element["action_id"]]
        channel_id = held.get("selected_conversation") or held.get("selected_channel")
        channel = ws.state.channels.get(channel_id or "")
        if channel is not None:
            url = ws.url + ws.response_urls.issue(actor, channel)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            found.append({**ids, "channel_id": channel.id, "response_url": url})
    return found


def _obey(ws: Workspace, actor: Actor, shown: OpenView, answer: Answer) -> list[str]:
    """Does what a submission's ack says; or why Slack would not understand it."""
    problems = check_ack("view_submission", answer.body, shown.body)
    if problems:
        return [str(problem) for problem in problems]
    body = answer.mapping
    match body.get("response_action"):
        case "clear":
            views.clear(ws, shown.user)
        case "update":
            views.update(ws, shown, body["view"])
        case "push":
            views.push(ws, actor.team, shown.user, body["view"])
        case "errors":
            views.fail(ws, shown.user, None)
        case _:
            views.pop(ws, shown)
    return []


async def suggest(
    ws: Workspace, actor: Actor, place: Place, placed: kit.Placed, text: str
) -> Answer:
    """Asks for the options of an external select, and remembers what was offered."""
    action_id = placed.element["action_id"]
    payload = payloads.head(ws, "block_suggestion", actor) | {
        "action_id": action_id,
        "block_id": placed.block["block_id"],
        "value": text,
        **_where(ws, place),
    }
    answer = await send(ws, action_id, payload)
    if not answer.ok:
        return answer
    problems = [str(problem) for problem in check_options(answer.body)]
    if problems:
        ws.refuse(f"options of {action_id}", problems, answer.body)
        return Answer(status=answer.status, body=answer.body, error="invalid_options")
    offered = list(answer.mapping.get("options") or [])
    for group in answer.mapping.get("option_groups") or ():
        offered += group["options"]
    place.suggested[action_id] = offered
    return answer
