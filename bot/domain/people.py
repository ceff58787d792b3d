"""Who somebody is to us: a member with roles, a guest, an outsider. Authority is decided here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import Forbidden
from bot.domain.ids import TeamId, UserId, WorkspaceId


class Role(StrEnum):
    """The eight roles of seed 002, and two that only grant or limit rights."""

    SALES_REPRESENTATIVE = "sales_representative"
    ACCOUNT_MANAGER = "account_manager"
    IMPLEMENTATION_MANAGER = "implementation_manager"
    TECHNICAL_SPECIALIST = "technical_specialist"
    TRAINING_COORDINATOR = "training_coordinator"
    SUPPORT_CONTACT = "support_contact"
    OPERATIONS_MANAGER = "operations_manager"
    MANAGING_DIRECTOR = "managing_director"
    ADMIN = "admin"
    VIEWER = "viewer"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


LEADERS = frozenset({Role.OPERATIONS_MANAGER, Role.MANAGING_DIRECTOR})
TEAM_ROLES = tuple(role for role in Role if role not in {Role.ADMIN, Role.VIEWER})


class Standing(StrEnum):
    """What Slack says of an account, in the words of domain 1."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One account as Slack's directory shows it; `owner` is Slack's owner or admin."""

    user_id: UserId
    name: str
    email: str | None
    zone: str | None
    standing: Standing
    owner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account we know, with the roles our own admins gave it."""

    user_id: UserId
    name: str
    email: str | None
    zone: str | None
    standing: Standing
    owner: bool = False
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def is_member(self) -> bool:
        return self.standing is Standing.MEMBER

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who is asking, in which workspace, in which zone their dates are read."""

    workspace_id: WorkspaceId
    team_id: TeamId
    person: Person
    zone: str

    @property
    def user_id(self) -> UserId:
        return self.person.user_id


NOT_FOR_YOU = "Sorry, ClientOps answers members of this workspace only."


def require_member(person: Person) -> None:
    """Refuse guests, outsiders, bots and deactivated accounts with one polite line (domain 1)."""
    if not person.is_member:
        raise Forbidden(NOT_FOR_YOU)


def require_admin(person: Person, what: str) -> None:
    require_member(person)
    if not person.has(Role.ADMIN):
        raise Forbidden(f"Only an admin may {what}. Ask one of your ClientOps admins.")


def require_write(person: Person) -> None:
    """A viewer reads only (reliability, Security)."""
    require_member(person)
    if person.roles == {Role.VIEWER}:
        raise Forbidden("Your role is viewer: you can look, but not change anything.")


def may_steer(person: Person, team: Mapping[Role, UserId], own: Iterable[UserId] = ()) -> bool:
    """Client team, operations manager, managing director, admin, or whoever it is about."""
    if not person.is_member:
        return False
    return (
        person.has(Role.ADMIN, *LEADERS) or person.user_id in team.values() or person.user_id in own
    )


def require_steer(person: Person, team: Mapping[Role, UserId], own: Iterable[UserId] = ()) -> None:
    require_write(person)
    if not may_steer(person, team, own):
        raise Forbidden(
            "That is for the client's team, the operations manager, the managing director "
            "or an admin."
        )
