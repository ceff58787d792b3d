"""Tables of clients: the client itself, its team, names, contacts, and the card that shows it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.clients import ClientStatus
from bot.domain.ids import ChannelId, ClientId, UserId, WorkspaceId
from bot.domain.people import Role
from store.schema.row import Row
from store.schema.workspaces import WorkspaceRow
from store.types import Choice, Folded, RowId

_EXACT = text("kind IN ('alias', 'code')")


class NameKind(StrEnum):
    """By which of its names a client was found; `WORD` is a word of its name."""

    ALIAS = "alias"
    CODE = "code"
    NAME = "name"
    WORD = "word"


class ClientRow(Row):
    """`last_ticket` is the number in the newest ticket's key."""

    __tablename__ = "clients"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "client_channel"),
        Index(None, "workspace_id", "status"),
        Index(None, "workspace_id", "folded_name", "id"),
    )

    id: Mapped[ClientId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId] = mapped_column(ForeignKey(WorkspaceRow.id))
    code: Mapped[str]
    name: Mapped[str]
    folded_name: Mapped[str] = mapped_column(Folded())
    status: Mapped[ClientStatus]
    website: Mapped[str]
    type: Mapped[str]
    notes: Mapped[str]
    external_id: Mapped[str]
    primary_email: Mapped[str]
    package: Mapped[str]
    industry: Mapped[str]
    size: Mapped[str]
    zone: Mapped[str | None]
    internal_channel: Mapped[ChannelId | None]
    client_channel: Mapped[ChannelId | None]
    contract_signed_on: Mapped[date | None]
    kicked_off_on: Mapped[date | None]
    first_win_on: Mapped[date | None]
    handed_off_on: Mapped[date | None]
    churned_on: Mapped[date | None]
    tags: Mapped[list[Any]]
    links: Mapped[dict[str, Any]]
    location: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    last_ticket: Mapped[int]
    version: Mapped[int]


def _of_client() -> ForeignKeyConstraint:
    """A child belongs to a client of its own workspace; the database itself refuses any other."""
    return ForeignKeyConstraint(
        ["workspace_id", "client_id"], [ClientRow.workspace_id, ClientRow.id]
    )


class ClientTeamRow(Row):
    __tablename__ = "client_team"
    __table_args__ = (_of_client(), Index(None, "workspace_id", "user_id"))

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True, autoincrement=False)
    client_id: Mapped[ClientId] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[Role] = mapped_column(primary_key=True)
    user_id: Mapped[UserId]


class ClientNameRow(Row):
    """What a client answers to, folded. Codes and aliases are unique, names and words need not be.

    The primary key is the order of a look-up: `NameKind` sorts from the surest to the vaguest.
    """

    __tablename__ = "client_names"
    __table_args__ = (
        _of_client(),
        Index(
            "uq_client_names_code",
            "workspace_id",
            "folded",
            unique=True,
            sqlite_where=_EXACT,
            postgresql_where=_EXACT,
        ),
        Index(None, "workspace_id", "client_id", "kind"),
    )

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True, autoincrement=False)
    folded: Mapped[str] = mapped_column(Folded(), primary_key=True)
    kind: Mapped[NameKind] = mapped_column(Choice(NameKind), primary_key=True)
    client_id: Mapped[ClientId] = mapped_column(primary_key=True, autoincrement=False)


class ContactRow(Row):
    __tablename__ = "contacts"
    __table_args__ = (_of_client(), Index(None, "workspace_id", "client_id", "position"))

    id: Mapped[int] = mapped_column(RowId(), primary_key=True)
    workspace_id: Mapped[WorkspaceId]
    client_id: Mapped[ClientId]
    position: Mapped[int]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    title: Mapped[str]
    slack_user_id: Mapped[UserId | None]
    preferred_channel: Mapped[str]
    survey: Mapped[bool]
    is_primary: Mapped[bool]
    external_id: Mapped[str]


class ClientCardRow(Row):
    """The projection `/client status` reads: written by `store.cards` alone."""

    __tablename__ = "client_cards"
    __table_args__ = (_of_client(),)

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True, autoincrement=False)
    client_id: Mapped[ClientId] = mapped_column(primary_key=True, autoincrement=False)
    facts: Mapped[dict[str, Any]]
