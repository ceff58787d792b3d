"""Tables of workspaces, our installation in each, and the people in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.ids import ChannelId, TeamId, UserId, WorkspaceId
from bot.domain.people import Role, Standing
from store.schema.row import Row


class WorkspaceRow(Row):
    __tablename__ = "workspaces"

    id: Mapped[WorkspaceId] = mapped_column(primary_key=True)
    team_id: Mapped[TeamId] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    created_at: Mapped[datetime]
    ops_channel: Mapped[ChannelId | None]
    alert_channel: Mapped[ChannelId | None]
    version: Mapped[int]


class InstallationRow(Row):
    """The token is sealed, or empty when it comes from the environment."""

    __tablename__ = "installations"

    team_id: Mapped[TeamId] = mapped_column(ForeignKey(WorkspaceRow.team_id), primary_key=True)
    team_name: Mapped[str]
    bot_token: Mapped[str]
    bot_user_id: Mapped[UserId]
    bot_id: Mapped[str]
    installed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class MemberRow(Row):
    """Every account of Slack's directory we were told of, members or not."""

    __tablename__ = "members"
    __table_args__ = (Index(None, "workspace_id", "folded_email"),)

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        ForeignKey(WorkspaceRow.id), primary_key=True, autoincrement=False
    )
    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None]
    folded_email: Mapped[str | None]
    zone: Mapped[str | None]
    standing: Mapped[Standing]
    owner: Mapped[bool]
    roles: Mapped[frozenset[Role]]
