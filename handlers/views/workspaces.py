"""How the workspace's settings look, and what `/ops` says first."""

from bot.domain.workspaces import Workspace
from handlers.blocks import Block, Message, View, actions, field, fields, modal, section
from handlers.elements import button, channel_select, text_input
from handlers.mrkdwn import channel, escape

SETTINGS = "workspace.settings"


def settings(workspace: Workspace, *, may_change: bool) -> Message:
    """What is set, and what is missing with what that means."""
    ops = channel(workspace.ops_channel) if workspace.ops_channel else "_not set_"
    alerts = channel(workspace.alert_channel) if workspace.alert_channel else "_not set_"
    blocks: list[Block] = [
        section(f"*Settings of {escape(workspace.name, 200)}*"),
        fields(
            f"*Time zone*\n{workspace.zone}",
            f"*Ops channel* (daily snapshot)\n{ops}",
            f"*Alert channel* (tickets, alerts)\n{alerts}",
        ),
    ]
    missing = _missing(workspace)
    blocks += [section(f"⚠️ {text}") for text in missing]
    if may_change:
        blocks.append(actions(button("Change settings", "workspace.change", style="primary")))
    text = (
        f"Settings of {escape(workspace.name, 200)}: time zone {workspace.zone}, ops channel "
        f"{ops}, alert channel {alerts}. {' '.join(missing)}"
    )
    return Message(text, tuple(blocks))


def _missing(workspace: Workspace) -> list[str]:
    missing = []
    if workspace.ops_channel is None:
        missing.append("Without an ops channel there is no daily snapshot.")
    if workspace.alert_channel is None:
        missing.append("Without an alert channel tickets have no triage card.")
    return missing


def settings_form(workspace: Workspace) -> View:
    return modal(
        SETTINGS,
        "Settings",
        [
            field(
                "workspace.zone",
                "Time zone",
                text_input(initial=workspace.zone, longest=64, placeholder="Europe/Berlin"),
                hint="An IANA name. Days, 08:00 and working hours are read in it.",
            ),
            field(
                "workspace.ops_channel",
                "Ops channel",
                channel_select(initial=workspace.ops_channel),
                optional=True,
                hint="Gets the daily snapshot at 08:00 of each working day.",
            ),
            field(
                "workspace.alert_channel",
                "Alert channel",
                channel_select(initial=workspace.alert_channel),
                optional=True,
                hint="Gets a card for each ticket, and every alert.",
            ),
        ],
        submit="Save",
    )


def saved(workspace: Workspace) -> Message:
    shown = settings(workspace, may_change=False)
    return Message(f"✅ Saved. {shown.text}", (section("✅ *Saved*"), *shown.blocks))
