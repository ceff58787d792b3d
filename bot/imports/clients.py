"""Clients from YAML: seed 000's example, a list, or many documents (contract, Import formats)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.domain.clients import ClientDraft, ClientStatus, Contact, Location, OnboardingDates
from bot.domain.ids import ChannelId, UserId
from bot.domain.people import TEAM_ROLES, Role
from bot.imports.documents import Document, Value, read_yaml
from bot.reasons import place, reason
from bot.services.clients import ClientRow, RowProblem

CHANNEL = r"^[CGD][A-Z0-9]{2,30}$"


def _empty(value: Any) -> Any:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_empty), Field(max_length=2000)]
Notes = Annotated[str, BeforeValidator(_empty), Field(max_length=20_000)]
Many = BeforeValidator(lambda value: value or [])
Some = BeforeValidator(lambda value: value or {})


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("this is no IANA zone, such as Europe/Berlin")
    return value


Zone = Annotated[str, AfterValidator(_known_zone)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Location(_Form):
    name: Text = ""
    address_1: Text = ""
    address_2: Text = ""
    city: Text = ""
    state: Text = ""
    zip: Text = ""
    country: Text = ""


class _Contact(_Form):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    external_id: Text = ""
    email: Text = ""
    phone: Text = ""
    title: Text = ""
    slack_user_id: str | None = None
    preferred_channel: Text = ""
    survey: Annotated[bool, BeforeValidator(lambda value: value or False)] = False
    primary: Annotated[bool, BeforeValidator(lambda value: value or False)] = False


class _Client(_Form):
    code: str
    name: str
    id: Text = ""
    website: Text = ""
    status: Annotated[ClientStatus, BeforeValidator(lambda value: value or "lead")] = (
        ClientStatus.LEAD
    )
    type: Text = ""
    notes: Notes = ""
    primary_email: Text = ""
    package: Text = ""
    industry: Text = ""
    size: Text = ""
    timezone: Zone | None = None
    tags: Annotated[list[str], Many] = []
    links: Annotated[dict[str, str | None], Some] = {}
    location: Annotated[_Location, Some] = _Location()
    contacts: Annotated[list[_Contact], Many] = []
    team: Annotated[dict[Role, str], Some] = {}
    channel: Annotated[str, Field(pattern=CHANNEL)] | None = None
    client_channel: Annotated[str, Field(pattern=CHANNEL)] | None = None
    contract_signed_on: date | None = None
    kicked_off_on: date | None = None
    first_win_on: date | None = None
    handed_off_on: date | None = None
    churned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFile:
    """What a file holds: rows to import, rows that cannot be, and what was read leniently."""

    rows: tuple[ClientRow, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[str, ...]


def read_clients(path: Path) -> ClientFile:
    """Read a file of clients. Raises UserError when it is no YAML at all."""
    read = read_yaml(path)
    rows, problems, warnings = [], [], list(read.warnings)
    for document in read.documents:
        at = f"{path.name}:{document.line}"
        fields = _without_empty_links(document, path, warnings)
        try:
            rows.append(_row(_Client.model_validate(fields), at))
        except ValidationError as error:
            problems += _problems(error, document, path)
    return ClientFile(rows=tuple(rows), problems=tuple(problems), warnings=tuple(warnings))


def _without_empty_links(document: Document, path: Path, warnings: list[str]) -> dict[str, Value]:
    fields = dict(document.fields)
    links = fields.get("links")
    if isinstance(links, Mapping):
        bare = {key for key, value in links.items() if _is_bare(value)}
        for key in sorted(bare, key=lambda name: document.line_of("links", name)):
            where = f"{path.name}:{document.line_of('links', key)}"
            warnings.append(f"{where}: the link `{key}` is only “{links[key]}”; left empty.")
        fields["links"] = {key: value for key, value in links.items() if key not in bare}
    return fields


def _is_bare(value: Value) -> bool:
    """`https://` and nothing behind it."""
    return isinstance(value, str) and "://" in value and not urlsplit(value).netloc


def _row(form: _Client, at: str) -> ClientRow:
    draft = ClientDraft(
        code=form.code,
        name=form.name,
        status=form.status,
        website=form.website,
        type=form.type,
        notes=form.notes,
        external_id=form.id,
        primary_email=form.primary_email,
        package=form.package,
        industry=form.industry,
        size=form.size,
        tags=tuple(form.tags),
        zone=form.timezone,
        links={key: value for key, value in form.links.items() if value},
        location=Location(**form.location.model_dump()),
        contacts=_contacts(form),
        internal_channel=ChannelId(form.channel) if form.channel else None,
        client_channel=ChannelId(form.client_channel) if form.client_channel else None,
        dates=OnboardingDates(
            contract_signed_on=form.contract_signed_on,
            kicked_off_on=form.kicked_off_on,
            first_win_on=form.first_win_on,
            handed_off_on=form.handed_off_on,
            churned_on=form.churned_on,
        ),
    )
    return ClientRow(
        draft=draft, team={r: p for r, p in form.team.items() if r in TEAM_ROLES}, place=at
    )


def _contacts(form: _Client) -> tuple[Contact, ...]:
    """Exactly one is primary when there is any: the marked one, else the first."""
    marked = any(contact.primary for contact in form.contacts)
    return tuple(
        Contact(
            name=contact.name,
            external_id=contact.external_id,
            email=contact.email,
            phone=contact.phone,
            title=contact.title,
            slack_user_id=UserId(contact.slack_user_id) if contact.slack_user_id else None,
            preferred_channel=contact.preferred_channel,
            survey=contact.survey,
            primary=contact.primary or (not marked and index == 0),
        )
        for index, contact in enumerate(form.contacts)
    )


def _problems(error: ValidationError, document: Document, path: Path) -> list[RowProblem]:
    problems = []
    for detail in error.errors():
        at = f"{path.name}:{document.line_of(*detail['loc'])}"
        problems.append(RowProblem(place=at, reason=f"{place(detail)}: {reason(detail)}"))
    return problems
