"""Accounts that are new or changed, and our own coming and going."""

from handlers.happenings import AccountChanged, ChannelReopened, Uninstalled
from handlers.inbound import EventCall
from handlers.replies import Nothing, Reply
from handlers.table import Desk, EventRow


async def account(call: EventCall[AccountChanged], desk: Desk) -> Reply:
    """Roles stay; standing, name and zone follow Slack."""
    workspace = await desk.services.workspaces.of_team(call.team)
    if workspace is not None:
        await desk.services.people.take_in(workspace.id, [call.happening.profile])
    return Nothing()


async def reopened(call: EventCall[ChannelReopened], desk: Desk) -> Reply:
    """What was parked for that channel is tried again."""
    workspace = await desk.services.workspaces.of_team(call.team)
    if workspace is not None:
        await desk.services.workspaces.wake(workspace.id, call.happening.channel)
    return Nothing()


async def uninstalled(call: EventCall[Uninstalled], desk: Desk) -> Reply:
    await desk.services.workspaces.uninstall(call.team)
    return Nothing()


EVENTS = (
    EventRow(on=AccountChanged, run=account, open_to_clients=True),
    EventRow(on=ChannelReopened, run=reopened, open_to_clients=True),
    EventRow(on=Uninstalled, run=uninstalled, open_to_clients=True),
)
