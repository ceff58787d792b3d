"""A workspace: one Slack team, and what is set for it (domain 1)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ChannelId, TeamId, UserId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """`zone` is an IANA name. Channels are None until somebody set them."""

    id: WorkspaceId
    team_id: TeamId
    name: str
    zone: str
    created_at: datetime
    ops_channel: ChannelId | None = None
    alert_channel: ChannelId | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Our bot in one team. The token is a secret: never logged, encrypted where it is stored."""

    team_id: TeamId
    team_name: str
    bot_token: str
    bot_user_id: UserId
    bot_id: str
    zone: str
    ops_channel: ChannelId | None = None
    alert_channel: ChannelId | None = None
