"""The daily snapshot's facts: counted and sorted by the database, a fixed number of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    bindparam,
    case,
    func,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.alerts import Condition, EpisodeState
from bot.domain.reports import DailySnapshot, Section, TicketLine
from bot.domain.sla import Clock
from bot.domain.tickets import Priority
from bot.domain.workspaces import Workspace
from bot.ports import Span
from store.reading import fetch
from store.schema import ClientRow, EpisodeRow, TicketRow
from store.scope import WORKSPACE
from store.types import UtcDateTime

LINES = 10

_WORST = case({priority: rank for rank, priority in enumerate(Priority)}, value=TicketRow.priority)
_OPEN = TicketRow.next_due_at.is_not(None)


def _at(name: str) -> Any:
    return bindparam(name, type_=UtcDateTime())


def _section(
    due_at: Any,
    *which: ColumnElement[bool],
    clock: Any,
    by: tuple[Any, ...],
    episodes: bool = False,
) -> Select[Any]:
    """The first lines, each with the number of all of them."""
    statement = (
        select(
            TicketRow.key,
            TicketRow.title,
            TicketRow.priority,
            ClientRow.name.label("client_name"),
            due_at.label("due_at"),
            clock.label("clock"),
            func.count().over().label("total"),
        )
        .join(
            ClientRow,
            (ClientRow.workspace_id == TicketRow.workspace_id)
            & (ClientRow.id == TicketRow.client_id),
        )
        .where(TicketRow.workspace_id == WORKSPACE, *which)
        .order_by(*by, TicketRow.id)
        .limit(LINES)
    )
    if not episodes:
        return statement
    return statement.join(
        EpisodeRow,
        (EpisodeRow.workspace_id == TicketRow.workspace_id)
        & (EpisodeRow.ticket_id == TicketRow.id),
    )


def _between(column: Any) -> tuple[ColumnElement[bool], ...]:
    return column >= _at("since"), column < _at("until")


_RESPONSE_AT_RISK = TicketRow.responded_at.is_(None) & (TicketRow.response_warn_at <= _at("now"))
_CLOCK_AT_RISK = case((_RESPONSE_AT_RISK, Clock.RESPONSE), else_=Clock.RESOLUTION)
_DUE_AT_RISK = case(
    (_RESPONSE_AT_RISK, TicketRow.response_due_at), else_=TicketRow.resolution_due_at
)
_AT_RISK = or_(_RESPONSE_AT_RISK, TicketRow.resolution_warn_at <= _at("now"))
_CLOCK_DUE_NEXT = case(
    (
        TicketRow.responded_at.is_(None) & (TicketRow.next_due_at == TicketRow.response_due_at),
        Clock.RESPONSE,
    ),
    else_=Clock.RESOLUTION,
)
_SECTIONS: Mapping[str, Select[Any]] = {
    "opened": _section(
        TicketRow.next_due_at,
        *_between(TicketRow.created_at),
        clock=_CLOCK_DUE_NEXT,
        by=(_WORST, TicketRow.created_at),
    ),
    "closed": _section(
        null(), *_between(TicketRow.closed_at), clock=null(), by=(_WORST, TicketRow.closed_at)
    ),
    "missed": _section(
        EpisodeRow.due_at,
        EpisodeRow.condition == Condition.SLA_BREACH,
        *_between(EpisodeRow.opened_at),
        clock=EpisodeRow.subject,
        by=(_WORST, EpisodeRow.due_at, EpisodeRow.id),
        episodes=True,
    ),
    "due_soon": _section(
        TicketRow.next_due_at,
        TicketRow.next_due_at > _at("now"),
        TicketRow.next_due_at <= _at("due_until"),
        not_(_AT_RISK),
        clock=_CLOCK_DUE_NEXT,
        by=(TicketRow.next_due_at,),
    ),
    "at_risk": _section(
        _DUE_AT_RISK,
        _OPEN,
        _AT_RISK,
        clock=_CLOCK_AT_RISK,
        by=(_DUE_AT_RISK,),
    ),
}
_BY_STATUS = (
    select(ClientRow.status, func.count().label("clients"))
    .where(ClientRow.workspace_id == WORKSPACE)
    .group_by(ClientRow.status)
    .order_by(ClientRow.status)
)
_UNACKNOWLEDGED = select(func.count()).where(
    EpisodeRow.workspace_id == WORKSPACE,
    EpisodeRow.closed_at.is_(None),
    EpisodeRow.state == EpisodeState.OPEN,
    EpisodeRow.condition != Condition.SLA_WARNING,
)


class Snapshots:
    def __init__(self, reads: AsyncEngine) -> None:
        self._reads = reads

    async def daily(
        self,
        workspace: Workspace,
        *,
        now: datetime,
        recent: Span,
        due_until: datetime,
        late: bool,
    ) -> DailySnapshot:
        """What the day starts with; `at_risk` are open tickets with a clock past its warning.

        A ticket whose clock was breached stays at risk until it is answered or closed.
        """
        instants = {
            "now": now,
            "since": recent.since,
            "until": recent.until,
            "due_until": due_until,
        }
        sections = {
            name: _section_of(await self._fetch(statement, workspace, **instants))
            for name, statement in _SECTIONS.items()
        }
        zone = ZoneInfo(workspace.zone)
        [unacknowledged] = await self._fetch(_UNACKNOWLEDGED, workspace)
        by_status = await self._fetch(_BY_STATUS, workspace)
        return DailySnapshot(
            day=recent.until.astimezone(zone).date(),
            since=recent.since.astimezone(zone).date(),
            zone=workspace.zone,
            as_of=now,
            clients_by_status={row.status: row.clients for row in by_status},
            **sections,
            unacknowledged=unacknowledged[0],
            late=late,
        )

    async def _fetch(
        self, statement: Executable, workspace: Workspace, **instants: datetime
    ) -> Sequence[Any]:
        return await fetch(self._reads, statement, workspace=workspace.id, **instants)


def _clock(row: Any) -> Clock | None:
    """A clock's name; of an episode it is the last word of its subject."""
    if row.clock is None or row.due_at is None:
        return None
    return Clock(str(row.clock).rsplit(":", 1)[-1])


def _section_of(rows: Sequence[Any]) -> Section:
    return Section(
        total=rows[0].total if rows else 0,
        lines=tuple(
            TicketLine(
                key=row.key,
                client_name=row.client_name,
                title=row.title,
                priority=row.priority,
                clock=_clock(row),
                due_at=row.due_at,
            )
            for row in rows
        ),
    )
