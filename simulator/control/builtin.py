"""Slack's own slash commands, as far as they change who is in a channel."""

from collections.abc import Callable

from simulator import membership, typed
from simulator.errors import DemoError
from simulator.model import Channel, Person
from simulator.workspace import Workspace


def invite(ws: Workspace, person: Person, channel: Channel, rest: str) -> None:
    """`/invite @name …`, apps included."""
    for other in _named(ws, person, rest):
        if other.id not in channel.members:
            membership.join(ws, channel, other, inviter=person.id)


def remove(ws: Workspace, person: Person, channel: Channel, rest: str) -> None:
    """`/remove @name …`."""
    for other in _named(ws, person, rest):
        if other.id in channel.members:
            membership.leave(ws, channel, other)


def leave(ws: Workspace, person: Person, channel: Channel, _rest: str) -> None:
    membership.leave(ws, channel, person)


BUILT_IN: dict[str, Callable[[Workspace, Person, Channel, str], None]] = {
    "/invite": invite,
    "/kick": remove,
    "/leave": leave,
    "/remove": remove,
}


def _named(ws: Workspace, person: Person, rest: str) -> list[Person]:
    team = ws.state.teams[person.team_id]
    found = typed.people(ws.state, rest, team)
    if not found:
        raise DemoError("user_not_found", f"{rest or 'nobody'} is not known here")
    return found
