"""`auth.*`, `apps.*`, `team.*`, `bots.*`, `api.*`: who calls, and from where."""

from simulator.api.call import Call
from simulator.errors import ApiError
from simulator.messages import bot_profile
from simulator.model import Payload
from simulator.workspace import Workspace


async def api_test(call: Call) -> Payload:
    if call.args.get("error"):
        raise ApiError(str(call.args["error"]))
    return {"args": call.args}


async def auth_test(call: Call) -> Payload:
    return {
        "url": f"{call.ws.url}/",
        "team": call.team.name,
        "user": call.bot.name,
        "team_id": call.team.id,
        "user_id": call.bot.id,
        "bot_id": call.bot.bot_id,
        "is_enterprise_install": False,
    }


async def connections_open(ws: Workspace) -> Payload:
    """Of the app, not of a team: there is no `Call` yet."""
    ticket = ws.post.sockets.issue_ticket()
    address = ws.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={ticket}&app_id={ws.state.app.id}"}


async def team_info(call: Call) -> Payload:
    team = call.team
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "url": f"{call.ws.url}/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


async def bots_info(call: Call) -> Payload:
    if call.text("bot") not in {None, call.bot.bot_id}:
        raise ApiError("bot_not_found")
    profile = bot_profile(call.ws, call.team, call.bot)
    return {"bot": {**profile, "user_id": call.bot.id}}
