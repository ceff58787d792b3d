"""Tables, one file a topic. `Row.metadata` knows them all once this package is imported."""

from store.schema.audit import AuditRow
from store.schema.clients import (
    ClientCardRow,
    ClientNameRow,
    ClientRow,
    ClientTeamRow,
    ContactRow,
)
from store.schema.deliveries import InboxRow, OutboxRow
from store.schema.duties import JobSlotRow, TimerRow
from store.schema.episodes import EpisodeRow
from store.schema.row import Row
from store.schema.tickets import TicketRow
from store.schema.workspaces import InstallationRow, MemberRow, WorkspaceRow

__all__ = [
    "AuditRow",
    "ClientCardRow",
    "ClientNameRow",
    "ClientRow",
    "ClientTeamRow",
    "ContactRow",
    "EpisodeRow",
    "InboxRow",
    "InstallationRow",
    "JobSlotRow",
    "MemberRow",
    "OutboxRow",
    "Row",
    "TicketRow",
    "TimerRow",
    "WorkspaceRow",
]
