"""What the application needs from outside, in the words of the domain.

Everything a `UnitOfWork` reaches belongs to the one workspace it was opened for; only the queues
of the courier and the scheduler look across workspaces, and they hand out one row at a time.
"""

from bot.ports.facts import Facts, Span
from bot.ports.outside import Clock, Directory, Sender, Threads
from bot.ports.queues import DueTimers, Installations, Queue
from bot.ports.records import (
    Audit,
    Clients,
    Episodes,
    Inbox,
    Outbox,
    People,
    Slots,
    Tickets,
    Timers,
    UnitOfWork,
    UnitsOfWork,
    Workspaces,
)

__all__ = [
    "Audit",
    "Clients",
    "Clock",
    "Directory",
    "DueTimers",
    "Episodes",
    "Facts",
    "Inbox",
    "Installations",
    "Outbox",
    "People",
    "Queue",
    "Sender",
    "Slots",
    "Span",
    "Threads",
    "Tickets",
    "Timers",
    "UnitOfWork",
    "UnitsOfWork",
    "Workspaces",
]
