"""Episodes, as rows: at most one is running for a condition and a subject."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.domain.alerts import Episode, EpisodeDraft, Step
from bot.domain.ascents import Ascent
from bot.domain.errors import NotFound, StaleVersion
from bot.domain.ids import EpisodeId, TicketId
from bot.domain.ladders import Ladder
from store import codec
from store.schema import EpisodeRow
from store.scope import WORKSPACE, Scope, on_both

_IN_WORKSPACE = select(EpisodeRow).where(EpisodeRow.workspace_id == WORKSPACE)
_GET = _IN_WORKSPACE.where(EpisodeRow.id == bindparam("episode"))
_RUNNING = _IN_WORKSPACE.where(
    EpisodeRow.ticket_id == bindparam("ticket"), EpisodeRow.closed_at.is_(None)
).order_by(EpisodeRow.id)
_ADD = on_both(lambda insert: insert(EpisodeRow).on_conflict_do_nothing().returning(EpisodeRow.id))
_SAVE = update(EpisodeRow).where(
    EpisodeRow.workspace_id == WORKSPACE,
    EpisodeRow.id == bindparam("episode"),
    EpisodeRow.version == bindparam("read_version"),
)
_write_trail = codec.encoder(tuple[Step, ...])
_read_trail = codec.decoder(tuple[Step, ...])


class SqlEpisodes:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, draft: EpisodeDraft) -> Episode | None:
        added = await self._scope.insert(_ADD, **_values(draft), version=1)
        row = added.one_or_none()
        if row is None:
            return None
        fields = {name: getattr(draft, name) for name in EpisodeDraft.__dataclass_fields__}
        return Episode(**fields, id=row.id)

    async def get(self, episode_id: EpisodeId) -> Episode:
        row = (await self._scope.run(_GET, episode=episode_id)).one_or_none()
        if row is None:
            raise NotFound("That alert is not here.")
        return _episode(row)

    async def running(self, *, ticket_id: TicketId) -> Sequence[Episode]:
        """Those of that ticket that are not closed, oldest first."""
        return [_episode(row) for row in await self._scope.run(_RUNNING, ticket=ticket_id)]

    async def save(self, episode: Episode) -> None:
        written = await self._scope.run(
            _SAVE,
            episode=episode.id,
            read_version=episode.version,
            **_values(episode),
            version=episode.version + 1,
        )
        if written.rowcount != 1:
            raise StaleVersion("That alert was changed meanwhile.")


def _values(episode: EpisodeDraft) -> dict[str, Any]:
    return {
        "condition": episode.condition,
        "subject": episode.subject,
        "client_id": episode.client_id,
        "ticket_id": episode.ticket_id,
        "severity": episode.severity,
        "due_at": episode.due_at,
        "opened_at": episode.opened_at,
        "ladder": episode.ladder and episode.ladder.to_facts(),
        "ascent": episode.ascent and episode.ascent.to_facts(),
        "state": episode.state,
        "late": episode.late,
        "messages": episode.messages,
        "unreachable": list(episode.unreachable),
        "trail": _write_trail(episode.trail),
        "acknowledged_by": episode.acknowledged_by,
        "acknowledged_until": episode.acknowledged_until,
        "closed_at": episode.closed_at,
        "closed_because": episode.closed_because,
    }


def _episode(row: Any) -> Episode:
    return Episode(
        id=row.id,
        condition=row.condition,
        subject=row.subject,
        client_id=row.client_id,
        ticket_id=row.ticket_id,
        severity=row.severity,
        due_at=row.due_at,
        opened_at=row.opened_at,
        ladder=row.ladder and Ladder.from_facts(row.ladder),
        ascent=row.ascent and Ascent.from_facts(row.ascent),
        state=row.state,
        late=row.late,
        messages=row.messages,
        unreachable=tuple(row.unreachable),
        trail=_read_trail(row.trail),
        acknowledged_by=row.acknowledged_by,
        acknowledged_until=row.acknowledged_until,
        closed_at=row.closed_at,
        closed_because=row.closed_because,
        version=row.version,
    )
