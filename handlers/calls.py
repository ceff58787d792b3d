"""Runs a typed command: the row, or help; a wrong line gets its usage, a near miss its buttons."""

from collections.abc import Sequence

from bot.domain.errors import NotFound, UsageError
from bot.domain.ids import ChannelId
from bot.domain.people import Asker
from handlers import helping, routing
from handlers.blocks import Message, section
from handlers.helping import Again
from handlers.inbound import Call
from handlers.mrkdwn import escape
from handlers.payloads import Origin
from handlers.replies import Reply
from handlers.routing import Route, Typed
from handlers.table import Desk, Tables


async def run(tables: Tables, desk: Desk, asker: Asker, origin: Origin, typed: Typed) -> Reply:
    """The row's reply, or words about what was typed instead."""
    found = routing.route(tables.slashes, typed)
    if isinstance(found, Message):
        return found
    call = Call(
        asker=asker,
        root=found.root,
        verb=found.verb,
        line=found.line,
        channel=origin.channel or ChannelId(""),
        key=origin.key,
    )
    try:
        return await found.command.run(call, desk)
    except UsageError as error:
        return helping.misused(found.root, found.command, escape(str(error)))
    except NotFound as error:
        return _not_found(found, error)


def _not_found(route: Route, error: NotFound) -> Message:
    """What is near, as buttons that run the same command with it."""
    near = [Again(root=route.root, text=routing.repeated(route, item)) for item in error.near]
    if not route.verb and (first := route.line.head()):
        near.extend(_verbs(route, first[0].text))
    said = escape(str(error))
    buttons = helping.offers(near)
    return Message(said, (section(said), *buttons) if buttons else ())


def _verbs(route: Route, word: str) -> Sequence[Again]:
    """A default row's first word may have been meant as a verb: `/ticket lst`."""
    found = route.line.head()
    rest = found[1].raw if found else ""
    close = routing.close_verbs(route.slash, word)
    return [helping.again(route.root, verb, rest) for verb in close]
