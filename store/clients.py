"""Clients, as rows, with team and contacts. What they answer to is kept by `client_names`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.clients import Client, ClientDraft, Contact, Location, OnboardingDates, fold
from bot.domain.errors import InvalidInput, NotFound, StaleVersion
from bot.domain.ids import ChannelId, ClientId
from store import client_names, codec
from store.schema import ClientNameRow, ClientRow, ClientTeamRow, ContactRow
from store.scope import WORKSPACE, Scope

_IN_WORKSPACE = select(ClientRow).where(ClientRow.workspace_id == WORKSPACE)
_GET = _IN_WORKSPACE.where(ClientRow.id == bindparam("client"))
_BY_CHANNEL = _IN_WORKSPACE.where(ClientRow.client_channel == bindparam("channel"))
_BY_CODE = _IN_WORKSPACE.where(
    ClientRow.id
    == select(ClientNameRow.client_id)
    .where(
        ClientNameRow.workspace_id == WORKSPACE,
        ClientNameRow.folded == bindparam("code"),
        ClientNameRow.kind.in_(client_names.EXACT),
    )
    .scalar_subquery()
)
_TEAM = select(ClientTeamRow.role, ClientTeamRow.user_id).where(
    ClientTeamRow.workspace_id == WORKSPACE, ClientTeamRow.client_id == bindparam("client")
)
_CONTACTS = (
    select(ContactRow)
    .where(ContactRow.workspace_id == WORKSPACE, ContactRow.client_id == bindparam("client"))
    .order_by(ContactRow.position)
)
_ADD = insert(ClientRow).returning(ClientRow.id)
_ADD_TEAM = insert(ClientTeamRow)
_ADD_CONTACT = insert(ContactRow)
_SAVE = update(ClientRow).where(
    ClientRow.workspace_id == WORKSPACE,
    ClientRow.id == bindparam("client"),
    ClientRow.version == bindparam("read_version"),
)
_DROP_TEAM = delete(ClientTeamRow).where(
    ClientTeamRow.workspace_id == WORKSPACE, ClientTeamRow.client_id == bindparam("client")
)
_DROP_CONTACTS = delete(ContactRow).where(
    ContactRow.workspace_id == WORKSPACE, ContactRow.client_id == bindparam("client")
)


class SqlClients:
    """Every client it writes is marked as touched, so that its card is made anew before commit."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, draft: ClientDraft, *, now: datetime) -> Client:
        await client_names.check_free(self._scope, draft.code)
        await self._check_channel(draft.client_channel, owner=None)
        values = {**_values(draft), "created_at": now, "last_ticket": 0, "version": 1}
        client_id: ClientId = (await self._scope.insert(_ADD, **values)).scalar_one()
        await client_names.add_code(self._scope, client_id, draft.code)
        await client_names.add_name(self._scope, client_id, draft.name)
        await self._add_team(client_id, draft)
        await self._add_contacts(client_id, draft)
        self._scope.touched.add(client_id)
        return _client(draft, id=client_id, created_at=now)

    async def get(self, client_id: ClientId) -> Client:
        row = (await self._scope.run(_GET, client=client_id)).one_or_none()
        if row is None:
            raise NotFound("That client is not here.")
        return await self._whole(row)

    async def by_code(self, code: str) -> Client | None:
        row = (await self._scope.run(_BY_CODE, code=fold(code))).one_or_none()
        return None if row is None else await self._whole(row)

    async def by_channel(self, channel: ChannelId) -> Client | None:
        row = (await self._scope.run(_BY_CHANNEL, channel=channel)).one_or_none()
        return None if row is None else await self._whole(row)

    async def save(self, client: Client) -> None:
        """Write what changed. Raises InvalidInput as `add` does, StaleVersion, NotFound."""
        before = await self.get(client.id)
        renamed = await client_names.check_free(self._scope, client.code, client_id=client.id)
        await self._check_channel(client.client_channel, owner=client.id)
        written = await self._scope.run(
            _SAVE,
            client=client.id,
            read_version=client.version,
            **_values(client),
            version=client.version + 1,
        )
        if written.rowcount != 1:
            raise StaleVersion(f"{client.name} was changed meanwhile.")
        if renamed:
            await client_names.change_code(self._scope, client.id, client.code)
        if client.name != before.name:
            await client_names.change_name(self._scope, client.id, client.name)
        await self._save_parts(before, client)
        self._scope.touched.add(client.id)

    async def _save_parts(self, before: Client, client: Client) -> None:
        if client.team != before.team:
            await self._scope.run(_DROP_TEAM, client=client.id)
            await self._add_team(client.id, client)
        if client.contacts != before.contacts:
            await self._scope.run(_DROP_CONTACTS, client=client.id)
            await self._add_contacts(client.id, client)

    async def _whole(self, row: Any) -> Client:
        team = {place.role: place.user_id for place in await self._scope.run(_TEAM, client=row.id)}
        contacts = [
            _contact(contact) for contact in await self._scope.run(_CONTACTS, client=row.id)
        ]
        return _client_of(row, team, contacts)

    async def _check_channel(self, channel: ChannelId | None, *, owner: ClientId | None) -> None:
        if channel is None:
            return
        row = (await self._scope.run(_BY_CHANNEL, channel=channel)).one_or_none()
        if row is not None and row.id != owner:
            raise InvalidInput(
                "client_channel", f"That channel is {row.name}'s already. A channel has one client."
            )

    async def _add_team(self, client_id: ClientId, draft: ClientDraft) -> None:
        await self._scope.insert_all(
            _ADD_TEAM,
            (
                {"client_id": client_id, "role": role, "user_id": user}
                for role, user in draft.team.items()
            ),
        )

    async def _add_contacts(self, client_id: ClientId, draft: ClientDraft) -> None:
        await self._scope.insert_all(
            _ADD_CONTACT,
            (
                {"client_id": client_id, "position": position, **_contact_values(contact)}
                for position, contact in enumerate(draft.contacts)
            ),
        )


def _values(draft: ClientDraft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "name": draft.name,
        "folded_name": fold(draft.name),
        "status": draft.status,
        "website": draft.website,
        "type": draft.type,
        "notes": draft.notes,
        "external_id": draft.external_id,
        "primary_email": draft.primary_email,
        "package": draft.package,
        "industry": draft.industry,
        "size": draft.size,
        "tags": list(draft.tags),
        "zone": draft.zone,
        "links": dict(draft.links),
        "location": codec.encode(draft.location),
        "internal_channel": draft.internal_channel,
        "client_channel": draft.client_channel,
        "contract_signed_on": draft.dates.contract_signed_on,
        "kicked_off_on": draft.dates.kicked_off_on,
        "first_win_on": draft.dates.first_win_on,
        "handed_off_on": draft.dates.handed_off_on,
        "churned_on": draft.dates.churned_on,
    }


def _contact_values(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "title": contact.title,
        "slack_user_id": contact.slack_user_id,
        "preferred_channel": contact.preferred_channel,
        "survey": contact.survey,
        "is_primary": contact.primary,
        "external_id": contact.external_id,
    }


def _client(draft: ClientDraft, **born: Any) -> Client:
    return Client(
        **{name: getattr(draft, name) for name in ClientDraft.__dataclass_fields__}, **born
    )


def _client_of(row: Any, team: Mapping[Any, Any], contacts: Sequence[Contact]) -> Client:
    return Client(
        id=row.id,
        code=row.code,
        name=row.name,
        status=row.status,
        website=row.website,
        type=row.type,
        notes=row.notes,
        external_id=row.external_id,
        primary_email=row.primary_email,
        package=row.package,
        industry=row.industry,
        size=row.size,
        tags=tuple(row.tags),
        zone=row.zone,
        links=row.links,
        location=codec.decode(Location, row.location),
        contacts=tuple(contacts),
        internal_channel=row.internal_channel,
        client_channel=row.client_channel,
        team=team,
        dates=OnboardingDates(
            contract_signed_on=row.contract_signed_on,
            kicked_off_on=row.kicked_off_on,
            first_win_on=row.first_win_on,
            handed_off_on=row.handed_off_on,
            churned_on=row.churned_on,
        ),
        created_at=row.created_at,
        version=row.version,
    )


def _contact(row: Any) -> Contact:
    return Contact(
        name=row.name,
        email=row.email,
        phone=row.phone,
        title=row.title,
        slack_user_id=row.slack_user_id,
        preferred_channel=row.preferred_channel,
        survey=row.survey,
        primary=row.is_primary,
        external_id=row.external_id,
    )
