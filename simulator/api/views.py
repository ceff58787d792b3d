"""`views.*`: modals by a trigger, changes by id and hash, and the Home of one person."""

from collections.abc import Callable, Sequence

from simulator import views
from simulator.api.call import Call
from simulator.errors import ApiError, invalid_arguments
from simulator.limits import Problem, check_home, check_view
from simulator.model import OpenView, Payload
from simulator.tickets import Trigger


async def open_view(call: Call) -> Payload:
    trigger = _trigger(call)
    view = _view(call, check_view)
    trigger.spent = True
    return _shown(views.open_root(call.ws, call.team, trigger.user, view))


async def push(call: Call) -> Payload:
    trigger = _trigger(call)
    view = _view(call, check_view)
    if trigger.view_id is None or trigger.view_id not in call.ws.state.views:
        raise ApiError("invalid_trigger_id")
    trigger.spent = True
    return _shown(views.push(call.ws, call.team, trigger.user, view))


async def update(call: Call) -> Payload:
    shown = views.named(call.ws, call.team, call.text("view_id"), call.text("external_id"))
    check = check_home if shown.body["type"] == "home" else check_view
    view = _view(call, check)
    views.check_hash(shown, call.text("hash"))
    return _shown(views.update(call.ws, shown, view))


async def publish(call: Call) -> Payload:
    if not call.ws.manifest.home:
        raise ApiError("not_enabled")
    person = call.user("user_id")
    view = _view(call, check_home)
    return _shown(views.publish(call.ws, call.team, person, view, call.text("hash")))


def _shown(view: OpenView) -> Payload:
    return {"view": view.body}


def _trigger(call: Call) -> Trigger:
    trigger_id = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger_id:
        raise invalid_arguments("missing required field: trigger_id")
    return call.ws.triggers.look(trigger_id, call.team.id)


def _view(call: Call, check: Callable[[Payload], Sequence[Problem]]) -> Payload:
    view: Payload | None = call.json("view", dict, "invalid_arguments")
    if view is None:
        raise invalid_arguments("missing required field: view")
    problems = check(view)
    if problems:
        call.ws.refuse(call.method, [str(problem) for problem in problems], view)
        lines = [f"{row.reason} [json-pointer:/view{row.pointer}]" for row in problems]
        raise invalid_arguments(*lines)
    return view
