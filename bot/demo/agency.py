"""Who works in the demo agency and whom it serves, as of any day of its past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path

from bot.domain.clients import ClientStatus, OnboardingDates
from bot.domain.errors import ConfigError
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import Role
from bot.domain.tickets import Priority
from bot.imports.clients import read_clients
from bot.imports.documents import read_yaml
from bot.services.clients import ClientRow

HERE = Path(__file__).parent
WRITTEN_ON = date(2026, 6, 1)  # the day agency.yml speaks of

OPERATIONS_MANAGER = "dana.novak@northwind.example"
ROLES: Mapping[str, frozenset[Role]] = {
    "anna.becker@northwind.example": frozenset({Role.ACCOUNT_MANAGER}),
    "ben.okafor@northwind.example": frozenset(
        {Role.IMPLEMENTATION_MANAGER, Role.TECHNICAL_SPECIALIST}
    ),
    "carla.rossi@northwind.example": frozenset({Role.SUPPORT_CONTACT, Role.TRAINING_COORDINATOR}),
    OPERATIONS_MANAGER: frozenset({Role.OPERATIONS_MANAGER, Role.ADMIN}),
    "erik.lund@northwind.example": frozenset({Role.MANAGING_DIRECTOR}),
    "farid.haddad@northwind.example": frozenset({Role.SALES_REPRESENTATIVE, Role.ACCOUNT_MANAGER}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something a client asks for. `scene` names the one moment of the present it is kept for."""

    title: str
    priority: Priority
    text: str
    answer: str
    resolution: str
    scene: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something said in a channel, `ago` working days before, at that time of the agency's day."""

    who: UserId
    channel: ChannelId
    ago: int
    at: str
    text: str


def requests() -> tuple[Request, ...]:
    found = []
    for document in read_yaml(HERE / "requests.yml").documents:
        texts = {name: str(value) for name, value in document.fields.items()}
        priority = Priority(texts.pop("priority"))
        found.append(Request(priority=priority, **texts))
    return tuple(found)


def remarks() -> tuple[Remark, ...]:
    found = []
    for document in read_yaml(HERE / "talk.yml").documents:
        texts = {name: str(value) for name, value in document.fields.items()}
        who, channel = UserId(texts.pop("who")), ChannelId(texts.pop("channel"))
        found.append(Remark(who=who, channel=channel, ago=int(texts.pop("ago")), **texts))
    return tuple(found)


def clients(today: date) -> tuple[ClientRow, ...]:
    """The agency's clients, their days moved by whole weeks so that they fit `today`.

    Raises ConfigError when agency.yml cannot be imported.
    """
    file = read_clients(HERE / "agency.yml")
    if file.problems or file.warnings:
        problems = [f"{problem.place}: {problem.reason}" for problem in file.problems]
        raise ConfigError([*problems, *file.warnings])
    shift = timedelta(weeks=(today - WRITTEN_ON).days // 7)
    return tuple(
        _with_dates(row, {n: d + shift for n, d in _days(row).items()}) for row in file.rows
    )


def as_of(row: ClientRow, day: date) -> ClientRow:
    """A client as one would have written it down on that day: nothing later is in it."""
    known = {name: on for name, on in _days(row).items() if on <= day}
    status = _status(row, known)
    return _with_dates(replace(row, draft=replace(row.draft, status=status)), known)


def turning_days(rows: Sequence[ClientRow]) -> list[date]:
    """The days on which something about any of them changed, in order."""
    return sorted({on for row in rows for on in _days(row).values()})


def _status(row: ClientRow, known: Mapping[str, date]) -> ClientStatus:
    signed = row.draft.dates.contract_signed_on
    if signed is None:
        return row.draft.status
    if "contract_signed_on" not in known:
        return ClientStatus.PROPOSAL
    if "handed_off_on" not in known:
        return ClientStatus.ONBOARDING
    if row.draft.status is ClientStatus.CHURNED and "churned_on" not in known:
        return ClientStatus.ACTIVE
    return row.draft.status


def _days(row: ClientRow) -> dict[str, date]:
    values = {part.name: getattr(row.draft.dates, part.name) for part in fields(OnboardingDates)}
    return {name: on for name, on in values.items() if on is not None}


def _with_dates(row: ClientRow, days: Mapping[str, date]) -> ClientRow:
    return replace(row, draft=replace(row.draft, dates=OnboardingDates(**days)))
