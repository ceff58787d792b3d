"""Modals and Homes: the stack before each person, their hashes, what was entered. Sends nothing."""

import secrets
from typing import Any

from simulator import blocks as kit
from simulator.errors import ApiError
from simulator.model import OpenView, Payload, Person, Team
from simulator.workspace import Workspace

MAX_STACK = 3
TAKEN = (
    "type", "title", "submit", "close", "blocks", "private_metadata", "callback_id",
    "clear_on_close", "notify_on_close", "submit_disabled", "external_id",
)  # fmt: skip


def stack(ws: Workspace, user: str) -> list[OpenView]:
    """The modals before this person, the top one last."""
    return [ws.state.views[view_id] for view_id in ws.state.stacks.get(user, [])]


def open_root(ws: Workspace, team: Team, user: str, view: Payload) -> OpenView:
    """A new modal in place of whatever stack the person had open."""
    _forget(ws, user)
    return _push(ws, team, user, view)


def push(ws: Workspace, team: Team, user: str, view: Payload) -> OpenView:
    if len(ws.state.stacks.get(user, [])) >= MAX_STACK:
        raise ApiError("push_limit_reached")
    return _push(ws, team, user, view)


def update(ws: Workspace, shown: OpenView, view: Payload) -> OpenView:
    """New content under the same id; what was entered stays where block and action ids do."""
    _claim_external_id(ws, shown.team_id, view, shown)
    fresh = {key: view[key] for key in TAKEN if key in view}
    fresh.setdefault("external_id", shown.body["external_id"])
    fresh["blocks"] = kit.with_ids(view.get("blocks") or [])
    kept = shown.body["state"]["values"]
    fresh["state"] = {"values": kit.initial_state(fresh["blocks"], kept)}
    defaults = {**_defaults(), "type": shown.body["type"]}
    shown.body = {**shown.body, **defaults, **fresh, "hash": _new_hash()}
    ws.state.view_errors.pop(shown.user, None)
    ws.changes.tell("views", user=shown.user)
    return shown


def publish(
    ws: Workspace, team: Team, person: Person, view: Payload, hash_: str | None
) -> OpenView:
    """The Home of one person. Raises ApiError hash_conflict when they see a newer one already."""
    known = ws.state.homes.get(person.id)
    if known is not None:
        shown = ws.state.views[known]
        check_hash(shown, hash_)
        return update(ws, shown, {**view, "type": "home"})
    shown = _build(ws, team, person.id, {**view, "type": "home"})
    shown.body["root_view_id"] = shown.id
    ws.state.homes[person.id] = shown.id
    ws.changes.tell("home", user=person.id)
    return shown


def named(ws: Workspace, team: Team, view_id: str | None, external_id: str | None) -> OpenView:
    """The view a call means, while it is still open. Raises ApiError not_found."""
    if view_id:
        shown = ws.state.views.get(view_id)
    else:
        shown = _by_external_id(ws, team.id, external_id) if external_id else None
    if shown is None or shown.team_id != team.id:
        raise ApiError("not_found")
    return shown


def check_hash(shown: OpenView, hash_: str | None) -> None:
    if hash_ and hash_ != shown.body["hash"]:
        raise ApiError("hash_conflict")


def pop(ws: Workspace, shown: OpenView) -> None:
    """Closes a view and all above it."""
    ids = ws.state.stacks.get(shown.user, [])
    if shown.id in ids:
        for view_id in ids[ids.index(shown.id) :]:
            ws.state.views.pop(view_id, None)
        del ids[ids.index(shown.id) :]
    ws.state.view_errors.pop(shown.user, None)
    ws.changes.tell("views", user=shown.user)


def clear(ws: Workspace, user: str) -> None:
    _forget(ws, user)
    ws.state.view_errors.pop(user, None)
    ws.changes.tell("views", user=user)


def fail(ws: Workspace, user: str, text: str | None) -> None:
    """What Slack shows in the view when the app did not answer well; None takes it away."""
    if text is None:
        ws.state.view_errors.pop(user, None)
    else:
        ws.state.view_errors[user] = text
    ws.changes.tell("views", user=user)


def _push(ws: Workspace, team: Team, user: str, view: Payload) -> OpenView:
    below = stack(ws, user)
    shown = _build(ws, team, user, view)
    shown.body["root_view_id"] = below[0].id if below else shown.id
    shown.body["previous_view_id"] = below[-1].id if below else None
    ws.state.stacks.setdefault(user, []).append(shown.id)
    ws.state.view_errors.pop(user, None)
    ws.changes.tell("views", user=user)
    return shown


def _build(ws: Workspace, team: Team, user: str, view: Payload) -> OpenView:
    _claim_external_id(ws, team.id, view, None)
    view_id = ws.state.ids.new("V")
    body: dict[str, Any] = {
        "id": view_id,
        "team_id": team.id,
        **_defaults(),
        **{key: view[key] for key in TAKEN if key in view},
        "previous_view_id": None,
        "app_id": ws.state.app.id,
        "app_installed_team_id": team.id,
        "bot_id": team.bot.bot_id,
    }
    body["blocks"] = kit.with_ids(view.get("blocks") or [])
    body["state"] = {"values": kit.initial_state(body["blocks"])}
    body["hash"] = _new_hash()
    shown = OpenView(id=view_id, team_id=team.id, user=user, body=body)
    ws.state.views[view_id] = shown
    return shown


def _defaults() -> Payload:
    return {
        "type": "modal",
        "callback_id": "",
        "private_metadata": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "external_id": "",
    }


def _new_hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_urlsafe(6)}"


def _forget(ws: Workspace, user: str) -> None:
    for view_id in ws.state.stacks.pop(user, []):
        ws.state.views.pop(view_id, None)


def _by_external_id(ws: Workspace, team_id: str, external_id: str) -> OpenView | None:
    rows = (row for row in ws.state.views.values() if row.team_id == team_id)
    return next((row for row in rows if row.body.get("external_id") == external_id), None)


def _claim_external_id(ws: Workspace, team_id: str, view: Payload, own: OpenView | None) -> None:
    external_id = view.get("external_id")
    if not external_id:
        return
    holder = _by_external_id(ws, team_id, external_id)
    if holder is not None and holder is not own:
        raise ApiError("duplicate_external_id")
