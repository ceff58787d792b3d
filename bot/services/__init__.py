"""The application, as the chat surface and the jobs see it. One method is one transaction."""

from dataclasses import dataclass

from bot.services.alerts import AlertDesk
from bot.services.clients import ClientDesk
from bot.services.people import PeopleDesk
from bot.services.reports import ReportDesk
from bot.services.tickets import TicketDesk
from bot.services.workspaces import WorkspaceDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    workspaces: WorkspaceDesk
    people: PeopleDesk
    clients: ClientDesk
    tickets: TicketDesk
    alerts: AlertDesk
    reports: ReportDesk
