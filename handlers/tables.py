"""Every row of the product, listed. The manifest is made from these, so the two cannot differ."""

from handlers.actions import alerts as alert_actions
from handlers.actions import clients as client_actions
from handlers.actions import ops as ops_actions
from handlers.actions import tickets as ticket_actions
from handlers.commands import clients, ops, reports, tickets
from handlers.events import directory, home, messages
from handlers.modals import clients as client_modals
from handlers.modals import ops as ops_modals
from handlers.modals import tickets as ticket_modals
from handlers.options import clients as client_options
from handlers.shortcuts import tickets as ticket_shortcuts
from handlers.table import Tables

TABLES = Tables.of(
    slashes=(clients.SLASH, tickets.SLASH, reports.SLASH, ops.SLASH),
    actions=(
        *client_actions.ACTIONS,
        *ticket_actions.ACTIONS,
        *alert_actions.ACTIONS,
        *ops_actions.ACTIONS,
    ),
    modals=(*client_modals.MODALS, *ticket_modals.MODALS, *ops_modals.MODALS),
    shortcuts=ticket_shortcuts.SHORTCUTS,
    options=client_options.OPTIONS_ROWS,
    events=(*messages.EVENTS, *directory.EVENTS, *home.EVENTS),
)
