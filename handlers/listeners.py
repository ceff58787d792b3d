"""From Slack's payload to its row: found in a dictionary of ours, never by asking each in turn."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.errors import Forbidden
from bot.domain.ids import TeamId
from bot.domain.people import NOT_FOR_YOU, Asker, Standing
from handlers import calls, event_payloads, helping, payloads, routing
from handlers.acks import Ack
from handlers.askers import Askers
from handlers.blocks import Message
from handlers.codec import TOO_OLD, decode
from handlers.conductor import Conductor
from handlers.elements import SILENT
from handlers.happenings import Happening, Mentioned, MessagePosted
from handlers.inbound import EventCall
from handlers.payloads import Origin, Raw
from handlers.replies import Nothing
from handlers.routing import Typed
from handlers.table import Desk, EventRow, Tables
from handlers.turns import Failed, Kind, Offered, Outcome, Pending, Turn

_Run: TypeAlias = Callable[[Asker], Awaitable[Outcome]]
_WHAT_LIMIT = 200
_QUIET = "link."
"""Buttons that are links are reported too; their action ids start like this and have no row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """One method for each kind of payload; each answers with the ack."""

    tables: Tables
    desk: Desk
    askers: Askers
    conductor: Conductor

    async def command(self, body: Raw, team: TeamId) -> Ack:
        origin = payloads.command_origin(body, team)

        async def run(asker: Asker) -> Outcome:
            typed = Typed(command=body["command"], text=body.get("text") or "")
            return await calls.run(self.tables, self.desk, asker, origin, typed)

        return await self._asked(Kind.COMMAND, origin, body, run)

    async def press(self, body: Raw, team: TeamId) -> Ack:
        origin = payloads.interaction_origin(body, team)
        action_id = body["actions"][0]["action_id"].partition(":")[0]
        if action_id == SILENT or action_id.startswith(_QUIET):
            return await self._conduct(Kind.PRESS, origin, body, _nothing)
        row = self.tables.actions.get(action_id)

        async def run(asker: Asker) -> Outcome:
            press = payloads.press(body, asker, origin)
            if action_id == helping.RUN_AGAIN:
                typed = routing.reread(decode(helping.Again, press.value))
                return await calls.run(self.tables, self.desk, asker, origin, typed)
            return await row.run(press, self.desk) if row else _outdated()

        open_to_clients = row is not None and row.open_to_clients
        return await self._asked(Kind.PRESS, origin, body, run, open_to_clients=open_to_clients)

    async def submission(self, body: Raw, team: TeamId) -> Ack:
        origin = payloads.interaction_origin(body, team)
        row = self.tables.modals.get(body["view"]["callback_id"])

        async def run(asker: Asker) -> Outcome:
            if row is None:
                return _outdated()
            return await row.submit(payloads.submission(body, asker, origin), self.desk)

        open_to_clients = row is not None and row.open_to_clients
        return await self._asked(
            Kind.SUBMISSION, origin, body, run, open_to_clients=open_to_clients
        )

    async def closing(self, body: Raw, team: TeamId) -> Ack:
        origin = payloads.interaction_origin(body, team)
        row = self.tables.modals.get(body["view"]["callback_id"])
        closed = row.closed if row else None
        if row is None or closed is None:
            return await self._conduct(Kind.CLOSING, origin, body, _nothing)

        async def run(asker: Asker) -> Outcome:
            await closed(payloads.closing(body, asker, origin), self.desk)
            return Nothing()

        return await self._asked(
            Kind.CLOSING, origin, body, run, open_to_clients=row.open_to_clients, refuses=False
        )

    async def shortcut(self, body: Raw, team: TeamId) -> Ack:
        origin = payloads.interaction_origin(body, team)
        row = self.tables.shortcuts.get(body["callback_id"])

        async def run(asker: Asker) -> Outcome:
            if row is None:
                return _outdated()
            return await row.run(payloads.shortcut(body, asker, origin), self.desk)

        return await self._asked(Kind.SHORTCUT, origin, body, run)

    async def options(self, body: Raw, team: TeamId) -> Ack:
        origin = payloads.interaction_origin(body, team)
        row = self.tables.options.get(body["action_id"].partition(":")[0])

        async def run(asker: Asker) -> Outcome:
            if row is None:
                return Offered(())
            query = payloads.options_query(body, asker, origin)
            return Offered(await row.run(query, self.desk))

        return await self._asked(Kind.OPTIONS, origin, body, run)

    async def event(self, body: Raw, team: TeamId) -> Ack:
        origin = event_payloads.event_origin(body, team)
        what = event_payloads.happening(body, team)
        row = self.tables.events.get(type(what)) if what is not None else None
        if what is None or row is None:
            return await self._conduct(Kind.EVENT, origin, body, _nothing)
        run = self._event_run(row, what, origin, external=bool(body.get("is_ext_shared_channel")))
        if not event_payloads.is_acted(what):
            return await self._conduct(Kind.EVENT, origin, body, lambda _pending: run(None))
        return await self._asked(
            Kind.EVENT,
            origin,
            body,
            run,
            open_to_clients=row.open_to_clients,
            refuses=_is_addressed(what),
        )

    def _event_run(
        self, row: EventRow[Happening], what: Happening, origin: Origin, *, external: bool
    ) -> Callable[[Asker | None], Awaitable[Outcome]]:
        async def run(asker: Asker | None) -> Outcome:
            call = EventCall(
                asker=asker,
                team=origin.team,
                happening=what,
                external=external,
                key=origin.key,
            )
            return await row.run(call, self.desk)

        return run

    async def _asked(  # what is asked, and how a refusal goes
        self,
        kind: Kind,
        origin: Origin,
        body: Raw,
        run: _Run,
        *,
        open_to_clients: bool = False,
        refuses: bool = True,
    ) -> Ack:
        """Ask who it is first; somebody new is looked up in Slack, after the ack."""

        async def work(pending: Pending) -> Outcome:
            asker = await self.askers.find(origin)
            if asker is None:
                pending.offer(None)
                asker = await self.askers.meet(origin)
            try:
                if asker is not None and (asker.person.is_member or open_to_clients):
                    return await run(asker)
                return _refused(asker) if refuses else Nothing()
            except Forbidden:
                if asker is not None:
                    await self.desk.services.people.note_refusal(asker, _what(kind, body))
                raise

        return await self._conduct(kind, origin, body, work)

    async def _conduct(
        self,
        kind: Kind,
        origin: Origin,
        body: Raw,
        work: Callable[[Pending], Awaitable[Outcome]],
    ) -> Ack:
        return await self.conductor.answer(Turn(kind=kind, origin=origin, body=body, work=work))


async def _nothing(_pending: Pending) -> Outcome:
    return Nothing()


def _refused(asker: Asker | None) -> Outcome:
    """One polite line, and never a word to a bot: it might answer."""
    if asker is not None and asker.person.standing is Standing.BOT:
        return Nothing()
    raise Forbidden(NOT_FOR_YOU)


def _what(kind: Kind, body: Raw) -> str:
    """What somebody asked for, for the audit: never its text."""
    match kind:
        case Kind.COMMAND:
            name = body["command"]
        case Kind.PRESS:
            name = body["actions"][0]["action_id"]
        case Kind.SUBMISSION | Kind.CLOSING:
            name = body["view"]["callback_id"]
        case Kind.SHORTCUT:
            name = body["callback_id"]
        case Kind.OPTIONS:
            name = body["action_id"]
        case Kind.EVENT:
            name = body["event"]["type"]
    return f"{kind}:{name}"[:_WHAT_LIMIT]


def _outdated() -> Outcome:
    return Failed(Message(TOO_OLD))


def _is_addressed(what: Happening) -> bool:
    """Said to us, so silence would be rude."""
    return isinstance(what, Mentioned) or (isinstance(what, MessagePosted) and what.direct)
