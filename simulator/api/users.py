"""`users.*`: people as the token's team sees them."""

from simulator.api.call import Call
from simulator.errors import ApiError
from simulator.model import Payload, Person
from simulator.payloads import channel_object, person_object


def _object(call: Call, person: Person) -> Payload:
    email = "users:read.email" in call.ws.manifest.scopes
    return person_object(call.ws.state, person, call.team, email=email)


async def users_list(call: Call) -> Payload:
    own = [row for row in call.ws.state.people.values() if row.team_id == call.team.id]
    page, metadata = call.page(own, default=1000)
    return {
        "members": [_object(call, person) for person in page],
        "cache_ts": call.ws.clock.timestamp(),
        "response_metadata": metadata,
    }


async def users_info(call: Call) -> Payload:
    return {"user": _object(call, call.user())}


async def users_lookup_by_email(call: Call) -> Payload:
    email = call.need("email").lower()
    for person in call.ws.state.people.values():
        if person.team_id == call.team.id and (person.email or "").lower() == email:
            return {"user": _object(call, person)}
    raise ApiError("users_not_found")


async def users_conversations(call: Call) -> Payload:
    """Those of `user` that the bot sees too; the bot's own without it."""
    person = call.user() if call.text("user") else call.bot
    wanted = set(call.names("types") or ["public_channel"])
    rows = [
        channel
        for channel in call.ws.state.channels_of(person.id)
        if call.sees(channel) and kind_name(channel.scope_family) in wanted
    ]
    if call.flag("exclude_archived"):
        rows = [row for row in rows if not row.is_archived]
    page, metadata = call.page(rows)
    channels = [channel_object(row, call.team) for row in page]
    return {"channels": channels, "response_metadata": metadata}


def kind_name(family: str) -> str:
    """A scope family's word in `types`."""
    return {"channels": "public_channel", "groups": "private_channel"}.get(family, family)
