"""Use cases about clients: open one, take many in, find one by whatever somebody typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bot.domain.cards import ClientCard
from bot.domain.clients import Client, ClientDraft, ClientName, checked, fold
from bot.domain.errors import Ambiguous, Conflict, InvalidInput, NotFound
from bot.domain.ids import UserId, WorkspaceId
from bot.domain.people import Asker, Role, require_write
from bot.ports import Clock, Facts, UnitOfWork, UnitsOfWork
from bot.services.rerun import rerun_when_stale

NEAR_SCORE = 60
NEAR_COUNT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClient:
    """`key` is the submission's own key: the same one twice makes one client."""

    by: Asker
    draft: ClientDraft
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One client of an import: `team` has e-mails or Slack ids, `place` is file and line."""

    draft: ClientDraft
    team: dict[Role, str]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: counts, and every refused row with its reason."""

    created: int
    updated: int
    refused: tuple[RowProblem, ...]


class _DryRun(Exception):
    """Raised inside a unit of work to leave nothing behind."""


class ClientDesk:
    def __init__(self, uow: UnitsOfWork, facts: Facts, clock: Clock) -> None:
        self._uow = uow
        self._facts = facts
        self._clock = clock

    @rerun_when_stale
    async def open(self, request: OpenClient) -> Client:
        """Create a client. Raises Forbidden, InvalidInput naming the field, Conflict."""
        require_write(request.by.person)
        draft = checked(request.draft)
        now = self._clock.now()
        async with self._uow(request.by.workspace_id) as uow:
            if not await uow.inbox.first(request.key, now=now):
                existing = await uow.clients.by_code(draft.code)
                if existing is not None:
                    return existing
                raise Conflict("This form was already sent.")
            client = await uow.clients.add(draft, now=now)
            await uow.audit.record(
                "client.opened", by=request.by.user_id, subject=f"client:{client.id}", now=now
            )
        return client

    async def card(self, workspace_id: WorkspaceId, reference: str) -> ClientCard:
        """The card of the client meant by a code, alias, name or a word of its name.

        Raises Ambiguous with the codes it could be, NotFound with the nearest ones.
        """
        cards = await self._facts.cards(workspace_id, reference)
        if len(cards) == 1:
            return cards[0]
        if cards:
            raise Ambiguous(
                f"“{reference}” could be any of these.", near=[card.code for card in cards]
            )
        near = nearest(reference, await self._facts.client_names(workspace_id))
        raise NotFound(f"No client answers to “{reference}”.", near=[name.code for name in near])

    async def search(
        self, workspace_id: WorkspaceId, text: str, limit: int
    ) -> Sequence[ClientName]:
        """Clients for a picker: what was typed first, the nearest ones after."""
        names = await self._facts.client_names(workspace_id)
        if not text.strip():
            return sorted(names, key=lambda name: name.name.casefold())[:limit]
        return nearest(text, names, limit=limit)

    @rerun_when_stale
    async def take_in(
        self,
        workspace_id: WorkspaceId,
        rows: Sequence[ClientRow],
        *,
        skip_bad: bool = False,
        dry_run: bool = False,
    ) -> Imported:
        """Import clients, silently: all or nothing unless `skip_bad`. The code is the key.

        A row that is already there, unchanged, changes nothing.
        """
        try:
            async with self._uow(workspace_id) as uow:
                report = await self._take_in(uow, rows)
                if dry_run or (report.refused and not skip_bad):
                    raise _DryRun
        except _DryRun:
            if report.refused and not skip_bad:
                return replace(report, created=0, updated=0)
        return report

    async def _take_in(self, uow: UnitOfWork, rows: Sequence[ClientRow]) -> Imported:
        created = updated = 0
        refused = []
        seen: dict[str, str] = {}
        for row in rows:
            try:
                first = seen.setdefault(fold(row.draft.code), row.place)
                if first != row.place:
                    raise InvalidInput("code", f"{row.draft.code} was given before, at {first}.")
                fresh = await self._take_in_one(uow, row)
            except InvalidInput as error:
                refused.append(RowProblem(place=row.place, reason=f"{error.field}: {error}"))
            else:
                created += fresh is True
                updated += fresh is False
        return Imported(created=created, updated=updated, refused=tuple(refused))

    async def _take_in_one(self, uow: UnitOfWork, row: ClientRow) -> bool | None:
        """True when created, False when changed, None when it was the same already."""
        team = {role: await _person(uow, ref) for role, ref in row.team.items()}
        draft = checked(replace(row.draft, team=team))
        existing = await uow.clients.by_code(draft.code)
        now = self._clock.now()
        if existing is None:
            client = await uow.clients.add(draft, now=now)
            action = "client.imported"
        else:
            client = _renewed(existing, draft)
            if client == existing:
                return None
            await uow.clients.save(client)
            action = "client.import_changed"
        await uow.audit.record(action, by=None, subject=f"client:{client.id}", now=now)
        return existing is None


def nearest(text: str, names: Sequence[ClientName], limit: int = NEAR_COUNT) -> list[ClientName]:
    """The clients whose code or name is nearest to what was typed, best first."""
    wanted = fold(text)
    scored = []
    for name in names:
        pair = (name.code.casefold(), fold(name.name))
        best = process.extractOne(wanted, pair, scorer=fuzz.WRatio, score_cutoff=NEAR_SCORE)
        if best is not None:
            scored.append((-best[1], name.code.casefold(), name))
    return [name for _, _, name in sorted(scored, key=lambda row: row[:2])[:limit]]


def _renewed(existing: Client, draft: ClientDraft) -> Client:
    fields = {name: getattr(draft, name) for name in ClientDraft.__dataclass_fields__}
    return replace(existing, **fields)


async def _person(uow: UnitOfWork, reference: str) -> UserId:
    person = (
        await uow.people.by_email(reference)
        if "@" in reference
        else await uow.people.find(UserId(reference))
    )
    if person is None or not person.is_member:
        raise InvalidInput("team", f"“{reference}” is no member of this workspace.")
    return person.user_id
