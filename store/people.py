"""People of a workspace, as rows: what Slack says of them, and the roles we gave."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, case, select, update

from bot.domain.clients import fold
from bot.domain.errors import NotFound
from bot.domain.ids import UserId
from bot.domain.people import Person, Profile, Role, Standing
from store.schema import MemberRow
from store.scope import WORKSPACE, Insert, Scope, on_both

_IN_WORKSPACE = select(MemberRow).where(MemberRow.workspace_id == WORKSPACE)
_FIND = _IN_WORKSPACE.where(MemberRow.user_id == bindparam("user"))
_BY_EMAIL = (
    _IN_WORKSPACE.where(MemberRow.folded_email == bindparam("email"))
    .order_by(case((MemberRow.standing == Standing.MEMBER, 0), else_=1), MemberRow.user_id)
    .limit(1)
)
_NAMES = select(MemberRow.user_id, MemberRow.name).where(
    MemberRow.workspace_id == WORKSPACE,
    MemberRow.user_id.in_(bindparam("users", expanding=True)),
)
_WITH_ROLES = _IN_WORKSPACE.where(
    MemberRow.standing == Standing.MEMBER, MemberRow.roles != frozenset()
)
_SET_ROLES = update(MemberRow).where(
    MemberRow.workspace_id == WORKSPACE, MemberRow.user_id == bindparam("user")
)


def _put(insert: Any) -> Insert:
    """What Slack says wins; the roles of somebody known stay."""
    statement: Insert = insert(MemberRow)
    said = ("name", "email", "folded_email", "zone", "standing", "owner")
    return statement.on_conflict_do_update(
        index_elements=[MemberRow.workspace_id, MemberRow.user_id],
        set_={column: statement.excluded[column] for column in said},
    )


_PUT = on_both(_put)


def person_of(row: Any) -> Person:
    return Person(
        user_id=row.user_id,
        name=row.name,
        email=row.email,
        zone=row.zone,
        standing=row.standing,
        owner=row.owner,
        roles=row.roles,
    )


class SqlPeople:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def get(self, user_id: UserId) -> Person:
        person = await self.find(user_id)
        if person is None:
            raise NotFound(f"{user_id} is nobody we know in this workspace.")
        return person

    async def find(self, user_id: UserId) -> Person | None:
        row = (await self._scope.run(_FIND, user=user_id)).one_or_none()
        return None if row is None else person_of(row)

    async def by_email(self, email: str) -> Person | None:
        """By address in any case; a member before anybody else who shares it."""
        row = (await self._scope.run(_BY_EMAIL, email=fold(email))).one_or_none()
        return None if row is None else person_of(row)

    async def names(self, user_ids: Collection[UserId]) -> Mapping[UserId, str]:
        rows = await self._scope.run(_NAMES, users=list(user_ids))
        return {row.user_id: row.name for row in rows}

    async def with_roles(self) -> Sequence[Person]:
        people = map(person_of, await self._scope.run(_WITH_ROLES))
        return sorted(people, key=lambda person: (fold(person.name), person.user_id))

    async def put(self, profiles: Sequence[Profile]) -> None:
        """Insert or update; of two profiles of the same account the last one stands."""
        latest = {profile.user_id: profile for profile in profiles}
        await self._scope.insert_all(_PUT, map(_values, latest.values()))

    async def set_roles(self, user_id: UserId, roles: frozenset[Role]) -> None:
        written = await self._scope.run(_SET_ROLES, user=user_id, roles=roles)
        if written.rowcount != 1:
            raise NotFound(f"{user_id} is nobody we know in this workspace.")


def _values(profile: Profile) -> dict[str, Any]:
    return {
        "user_id": profile.user_id,
        "name": profile.name,
        "email": profile.email,
        "folded_email": fold(profile.email) if profile.email else None,
        "zone": profile.zone,
        "standing": profile.standing,
        "owner": profile.owner,
        "roles": frozenset(),
    }
