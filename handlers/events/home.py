"""App Home: shown when opened."""

from handlers.happenings import HomeOpened
from handlers.inbound import EventCall
from handlers.pages import home_page
from handlers.replies import HomeShown, Nothing, Reply
from handlers.table import Desk, EventRow


async def opened(call: EventCall[HomeOpened], desk: Desk) -> Reply:
    if call.asker is None or call.happening.tab != "home":
        return Nothing()
    return HomeShown(await home_page(call.asker, desk))


EVENTS = (EventRow(on=HomeOpened, run=opened),)
