"""What every table shares: how Python types become columns, and how constraints are named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase

from bot.domain.alerts import Condition, EpisodeState
from bot.domain.clients import ClientStatus
from bot.domain.deliveries import DeliveryState
from bot.domain.ids import (
    ChannelId,
    ClientId,
    DeliveryId,
    EpisodeId,
    MessageTs,
    TeamId,
    TicketId,
    TimerId,
    UserId,
    WorkspaceId,
)
from bot.domain.people import Role, Standing
from bot.domain.tickets import Intake, Priority, TicketStatus
from bot.domain.timers import TimerKind
from store.types import Choice, Choices, Facts, RowId, Text, UtcDateTime

_SLACK_ID = String(32)
_ENUMS = (
    ClientStatus,
    Condition,
    DeliveryState,
    EpisodeState,
    Intake,
    Priority,
    Role,
    Standing,
    TicketStatus,
    TimerKind,
)


class Row(DeclarativeBase):
    """Rows hold no behaviour and no relationships: repositories translate."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: Mapping[Any, Any] = {
        **{enum: Choice(enum) for enum in _ENUMS},
        **dict.fromkeys((ClientId, DeliveryId, EpisodeId, TicketId, TimerId, WorkspaceId), RowId()),
        **dict.fromkeys((ChannelId, MessageTs, TeamId, UserId), _SLACK_ID),
        str: Text(),
        datetime: UtcDateTime(),
        frozenset[Role]: Choices(Role),
        dict[str, Any]: Facts(),
        list[Any]: Facts(),
    }
