"""Opaque identifiers. A bare `int` or `str` never crosses a layer."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", int)
ClientId = NewType("ClientId", int)
TicketId = NewType("TicketId", int)
EpisodeId = NewType("EpisodeId", int)
DeliveryId = NewType("DeliveryId", int)
TimerId = NewType("TimerId", int)

# Slack's own identifiers, opaque to us.
TeamId = NewType("TeamId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
MessageTs = NewType("MessageTs", str)

Destination = ChannelId | UserId
"""Where a message goes: a channel, or a person (their DM with us)."""
