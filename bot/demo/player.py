"""Plays stories: each deed through the use case that a command or a button would have run."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.app import App
from bot.demo.stage import Stage
from bot.demo.stories import Story
from bot.domain.errors import ConfigError
from bot.domain.ids import ChannelId, ClientId, MessageTs, UserId, WorkspaceId
from bot.domain.people import Asker
from bot.domain.tickets import Source, Ticket
from bot.services.alerts import AcknowledgeEpisode
from bot.services.tickets import ClientRef, Heard, OpenTicket


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something to be done at an instant."""

    at: datetime
    do: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The agency's members, as the application knows them."""

    workspace_id: WorkspaceId
    members: Mapping[str, Asker]

    def by_id(self, user: UserId) -> Asker:
        return next(asker for asker in self.members.values() if asker.user_id == user)


class Player:
    """One story: what was said of it, and its ticket once there is one."""

    def __init__(self, app: App, stage: Stage, cast: Cast, story: Story, key: str) -> None:
        self._services = app.services
        self._uow = app.database.unit_of_work
        self._stage = stage
        self._cast = cast
        self._key = key
        self._source: Source | None = None
        self._ticket: Ticket | None = None
        self.story = story

    @property
    def ticket(self) -> Ticket | None:
        return self._ticket

    def deeds(self) -> list[Deed]:
        """What is to be done, in order of time."""
        story = self.story
        steps = [
            (story.asked_at, self._ask),
            (story.logged_at, self._log),
            (story.taken_at, self._take),
            *((at, self._notice) for at in story.noticed_at),
            (story.answered_at, self._answer),
            (story.closed_at, self._close),
        ]
        deeds = [Deed(at=at, do=do) for at, do in steps if at is not None]
        return sorted(deeds, key=lambda deed: deed.at)

    async def _ask(self) -> None:
        channel, author = self.story.client.draft.client_channel, self.story.asked_by
        if channel is not None and author is not None:
            ts = await self._stage.say(author, channel, self.story.request.text)
            self._source = Source(channel=channel, ts=ts, author=author)

    async def _log(self) -> None:
        story, request = self.story, self.story.request
        opened = await self._services.tickets.open(
            OpenTicket(
                by=self._member(story.logged_by),
                client_id=await self._client_id(),
                title=request.title,
                description=request.text,
                priority=request.priority,
                intake=story.door,
                requester=story.asked_by,
                requested_at=story.asked_at,
                source=self._source,
                key=self._key,
            )
        )
        self._ticket = opened.ticket

    async def _take(self) -> None:
        await self._services.tickets.take(self._taker, self._logged.id)

    async def _notice(self) -> None:
        """Whoever was told last acknowledges what is running about the ticket."""
        async with self._uow(self._cast.workspace_id) as uow:
            episodes = await uow.episodes.running(ticket_id=self._logged.id)
        for episode in episodes:
            if episode.ladder is not None and episode.told:
                by = self._cast.by_id(episode.told[-1])
                request = AcknowledgeEpisode(by=by, episode_id=episode.id)
                await self._services.alerts.acknowledge(request)

    async def _answer(self) -> None:
        """In the thread where there is one, as the event would tell it; else on the phone."""
        ts = await self._reply(self.story.request.answer)
        if self._source is None or ts is None:
            await self._services.tickets.mark_responded(self._taker, self._logged.id)
            return
        await self._services.tickets.hear(
            Heard(
                workspace_id=self._cast.workspace_id,
                author=self._taker.user_id,
                channel=self._source.channel,
                thread_ts=self._source.ts,
                at=datetime.fromtimestamp(float(ts), UTC),
                key=f"heard:{self._source.channel}:{ts}",
            )
        )

    async def _close(self) -> None:
        await self._reply(self.story.request.resolution)
        resolution = self.story.request.resolution
        await self._services.tickets.close(self._taker, self._logged.id, resolution)

    async def _reply(self, text: str) -> MessageTs | None:
        if self._source is None:
            return None
        source, who = self._source, self._taker.user_id
        return await self._stage.say(who, ChannelId(source.channel), text, source.ts)

    async def _client_id(self) -> ClientId:
        code = self.story.client.draft.code
        ref = ClientRef(code=code)
        client = await self._services.tickets.find_client(self._cast.workspace_id, ref)
        if client is None:
            raise ConfigError([f"agency.yml: {code} was not there when a story needed it."])
        return client.id

    @property
    def _taker(self) -> Asker:
        return self._member(self.story.taken_by)

    @property
    def _logged(self) -> Ticket:
        if self._ticket is None:
            raise ConfigError([f"The story of {self.story.request.title} is out of order."])
        return self._ticket

    def _member(self, email: str) -> Asker:
        return self._cast.members[email]
