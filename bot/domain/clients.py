"""What a client is and how its code looks (domain 2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import InvalidInput
from bot.domain.ids import ChannelId, ClientId, UserId
from bot.domain.people import Role

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
NAME_LIMIT = 200
RESERVED_CODES = frozenset(
    {
        *("archive", "close", "contacts", "delay", "draft", "edit", "export", "health", "help"),
        *("import", "link", "list", "log", "merge", "metrics", "move", "new", "note", "plan"),
        *("qbr", "reply", "reopen", "resolve", "settings", "show", "start", "status", "task"),
        *("team", "timeline", "update"),
    }
)


class ClientStatus(StrEnum):
    LEAD = "lead"
    QUALIFIED = "qualified"
    PROPOSAL = "proposal"
    ONBOARDING = "onboarding"
    ACTIVE = "active"
    PAUSED = "paused"
    CHURNED = "churned"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Seed 000's `location`, field by field."""

    name: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person on the client's side. Exactly one is primary when there is any."""

    name: str
    email: str = ""
    phone: str = ""
    title: str = ""
    slack_user_id: UserId | None = None
    preferred_channel: str = ""
    survey: bool = False
    primary: bool = False
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnboardingDates:
    """The days that belong to the latest onboarding."""

    contract_signed_on: date | None = None
    kicked_off_on: date | None = None
    first_win_on: date | None = None
    handed_off_on: date | None = None
    churned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDraft:
    code: str
    name: str
    status: ClientStatus = ClientStatus.LEAD
    website: str = ""
    type: str = ""
    notes: str = ""
    external_id: str = ""
    primary_email: str = ""
    package: str = ""
    industry: str = ""
    size: str = ""
    tags: tuple[str, ...] = ()
    zone: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    location: Location = Location()
    contacts: tuple[Contact, ...] = ()
    internal_channel: ChannelId | None = None
    client_channel: ChannelId | None = None
    team: Mapping[Role, UserId] = field(default_factory=dict)
    dates: OnboardingDates = OnboardingDates()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(ClientDraft):
    id: ClientId
    created_at: datetime
    version: int = 1

    @property
    def account_manager(self) -> UserId | None:
        return self.team.get(Role.ACCOUNT_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientName:
    """What a look-up needs to know of a client: its code, its name."""

    id: ClientId
    code: str
    name: str
    status: ClientStatus


def fold(text: str) -> str:
    """How names and codes are compared: any case, any spacing."""
    return " ".join(text.casefold().split())


def checked(draft: ClientDraft) -> ClientDraft:
    """The draft, if its code and name can be kept.

    Raises InvalidInput naming the field.
    """
    if not CODE.fullmatch(draft.code):
        raise InvalidInput(
            "code",
            "A code is 1 to 20 letters, digits, - or _, and starts with a letter or digit.",
        )
    if draft.code.casefold() in RESERVED_CODES:
        raise InvalidInput("code", f"“{draft.code}” is a command word. Choose another code.")
    if not draft.name.strip() or len(draft.name) > NAME_LIMIT:
        raise InvalidInput("name", f"A name is 1 to {NAME_LIMIT} characters.")
    if sum(contact.primary for contact in draft.contacts) > 1:
        raise InvalidInput("contacts", "Only one contact can be the primary one.")
    return draft
