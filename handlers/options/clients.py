"""The client picker, wherever a form asks for a client."""

from collections.abc import Sequence

from handlers.elements import OPTIONS, Option
from handlers.inbound import OptionsQuery
from handlers.table import Desk, OptionsRow
from handlers.views.clients import choice


async def pick(query: OptionsQuery, desk: Desk) -> Sequence[Option]:
    found = await desk.services.clients.search(query.asker.workspace_id, query.typed, OPTIONS)
    return [choice(name) for name in found]


OPTIONS_ROWS = (OptionsRow(action_id="client.pick", run=pick),)
