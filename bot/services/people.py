"""Use cases about people: the directory, the first admin, roles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import Conflict, Forbidden, InvalidInput
from bot.domain.ids import UserId, WorkspaceId
from bot.domain.people import Asker, Person, Profile, Role, require_admin
from bot.ports import Clock, UnitOfWork, UnitsOfWork
from bot.services.rerun import rerun_when_stale


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRoles:
    """From now on `user_id` holds exactly `roles`."""

    by: Asker
    user_id: UserId
    roles: frozenset[Role]


class PeopleDesk:
    def __init__(self, uow: UnitsOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def take_in(self, workspace_id: WorkspaceId, profiles: Sequence[Profile]) -> None:
        """Keep what Slack's directory says; nobody is entered by hand."""
        async with self._uow(workspace_id) as uow:
            await uow.people.put(profiles)

    async def get(self, workspace_id: WorkspaceId, user_id: UserId) -> Person:
        """Raises NotFound."""
        async with self._uow(workspace_id) as uow:
            return await uow.people.get(user_id)

    async def with_roles(self, workspace_id: WorkspaceId) -> Sequence[Person]:
        async with self._uow(workspace_id) as uow:
            return await uow.people.with_roles()

    async def claim_admin(self, asker: Asker) -> Asker:
        """The first Slack owner or admin who opens `/ops` becomes our first admin.

        Returns the asker, with the role if it was theirs to take.
        """
        if asker.person.has(Role.ADMIN) or not (asker.person.owner and asker.person.is_member):
            return asker
        now = self._clock.now()
        async with self._uow(asker.workspace_id) as uow:
            if await _admins(uow):
                return asker
            roles = asker.person.roles | {Role.ADMIN}
            await uow.people.set_roles(asker.user_id, roles)
            await uow.audit.record(
                "people.first_admin", by=asker.user_id, subject=f"person:{asker.user_id}", now=now
            )
        return replace(asker, person=replace(asker.person, roles=roles))

    async def note_refusal(self, asker: Asker, what: str) -> None:
        """Keep who was refused what (reliability, Security): once a day for each of both."""
        now = self._clock.now()
        async with self._uow(asker.workspace_id) as uow:
            key = f"refused:{asker.user_id}:{what}:{now.date()}"
            if await uow.inbox.first(key, now=now):
                await uow.audit.record(
                    "access.refused",
                    by=asker.user_id,
                    subject=f"person:{asker.user_id}",
                    now=now,
                    fields={"what": what},
                )

    @rerun_when_stale
    async def assign(self, request: AssignRoles) -> Person:
        """Raises Forbidden, InvalidInput for a non-member, Conflict for the last admin."""
        require_admin(request.by.person, "assign roles")
        now = self._clock.now()
        async with self._uow(request.by.workspace_id) as uow:
            person = await uow.people.get(request.user_id)
            if not person.is_member:
                raise InvalidInput("person", f"{person.name} is no member of this workspace.")
            if person.has(Role.ADMIN) and Role.ADMIN not in request.roles:
                # Two admins who remove each other at once: the second one is run again.
                await uow.workspaces.save(await uow.workspaces.get())
                await _require_another_admin(uow, person)
            await uow.people.set_roles(person.user_id, request.roles)
            await uow.audit.record(
                "people.roles_assigned",
                by=request.by.user_id,
                subject=f"person:{person.user_id}",
                now=now,
                fields={"roles": sorted(request.roles)},
            )
        return replace(person, roles=request.roles)


async def _admins(uow: UnitOfWork) -> list[Person]:
    people = await uow.people.with_roles()
    return [p for p in people if p.is_member and p.has(Role.ADMIN)]


async def _require_another_admin(uow: UnitOfWork, leaving: Person) -> None:
    if all(admin.user_id == leaving.user_id for admin in await _admins(uow)):
        raise Conflict("The last admin cannot be removed. Make somebody else an admin first.")


def require_roles_reader(asker: Asker) -> None:
    """`/ops people` is read by leaders and changed by admins (reliability, Security)."""
    if not asker.person.has(Role.ADMIN, Role.OPERATIONS_MANAGER, Role.MANAGING_DIRECTOR):
        raise Forbidden("People and roles are shown to admins and managers.")
