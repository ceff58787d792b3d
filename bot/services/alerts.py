"""Use cases about alerts: acknowledge one, climb on when its time is up, take delivery reports."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.alerts import Episode
from bot.domain.clients import Client
from bot.domain.deliveries import Delivery, Lane, Promise
from bot.domain.errors import Conflict
from bot.domain.ids import Destination, EpisodeId, UserId
from bot.domain.notices import AlertRaised, DeliveryParked
from bot.domain.people import Asker, Role, require_steer
from bot.domain.policy import Policy
from bot.domain.tickets import Ticket
from bot.domain.timers import Timer
from bot.ports import Clock, UnitOfWork, UnitsOfWork
from bot.services.episodes import climb_on, ladder_calendar
from bot.services.moment import Moment, moment
from bot.services.rerun import rerun_when_stale
from bot.services.telling import (
    CHANNEL_CARD,
    episode_subject,
    show_everywhere,
    ticket_facts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeEpisode:
    by: Asker
    episode_id: EpisodeId


class AlertDesk:
    def __init__(self, uow: UnitsOfWork, clock: Clock, policy: Policy) -> None:
        self._uow = uow
        self._clock = clock
        self._policy = policy

    @rerun_when_stale
    async def acknowledge(self, request: AcknowledgeEpisode) -> Episode:
        """Stop the ladder for everybody, for as long as policy says. Twice does no harm.

        Raises Forbidden, Conflict when the episode is over.
        """
        by = request.by
        async with self._uow(by.workspace_id) as uow:
            m = await moment(uow, self._policy, self._clock.now())
            episode, ticket, client = await _load(m, request.episode_id)
            require_steer(by.person, client.team, episode.told)
            if not episode.is_running:
                raise Conflict(f"This alert is over already: {episode.closed_because}.")
            if episode.acknowledged_until is not None and m.now < episode.acknowledged_until:
                return episode
            episode = episode.acknowledged(by.user_id, m.now, self._until(m, by, episode))
            await uow.audit.record(
                "alert.acknowledged", by=by.user_id, subject=f"episode:{episode.id}", now=m.now
            )
            await uow.outbox.withdraw(episode_subject(episode.id), now=m.now)
            await show_everywhere(m, episode, ticket_facts(m, ticket, client))
            return await climb_on(m, episode, ticket, client)

    @rerun_when_stale
    async def on_timer(self, timer: Timer) -> None:
        """A level's time, or an acknowledgement, is over."""
        async with self._uow(timer.workspace_id) as uow:
            if not await uow.timers.take(timer):
                return
            m = await moment(uow, self._policy, self._clock.now())
            episode, ticket, client = await _load(m, EpisodeId(int(timer.subject)))
            if episode.is_running:
                await climb_on(m, episode, ticket, client)

    def _until(self, m: Moment, by: Asker, episode: Episode) -> datetime:
        calendar = m.calendar(ladder_calendar(episode.ladder, episode.severity), by.zone)
        return calendar.add(m.now, self._policy.acknowledged_for[episode.severity])


class DeliveryReports:
    """What follows when a message arrived, or is stuck. Runs in the courier's transaction."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    async def delivered(self, uow: UnitOfWork, delivery: Delivery, now: datetime) -> None:
        """The time of a level runs from its delivery (domain 9)."""
        notice = delivery.notice
        if not isinstance(notice, AlertRaised) or not notice.asks:
            return
        m = await moment(uow, self._policy, now)
        episode, ticket, client = await _load(m, notice.episode_id)
        ascent = episode.ascent
        if not episode.is_running or ascent is None or ascent.since is not None:
            return
        if ascent.level == notice.level:
            episode = replace(episode, ascent=ascent.delivered(now))
            await climb_on(m, episode, ticket, client)

    async def parked(self, uow: UnitOfWork, delivery: Delivery, reason: str, now: datetime) -> None:
        """An alert nobody can read goes on: a person's to the next level, a channel's to ops."""
        m = await moment(uow, self._policy, now)
        notice = delivery.notice
        await _tell_admins_once(m, delivery, reason)
        if isinstance(notice, AlertRaised) and notice.asks:
            episode, ticket, client = await _load(m, notice.episode_id)
            lost = (*episode.unreachable, UserId(delivery.to))
            if episode.is_running:
                await climb_on(m, replace(episode, unreachable=lost), ticket, client)
        elif isinstance(notice, AlertRaised):
            await _fall_back(m, delivery, notice)


async def _load(m: Moment, episode_id: EpisodeId) -> tuple[Episode, Ticket, Client]:
    episode = await m.uow.episodes.get(episode_id)
    if episode.ticket_id is None:
        raise Conflict("This alert is about no ticket.")
    ticket = await m.uow.tickets.get(episode.ticket_id)
    return episode, ticket, await m.uow.clients.get(episode.client_id)


async def _tell_admins_once(m: Moment, delivery: Delivery, reason: str) -> None:
    """Once a day for each destination and reason; never about a message to that very admin."""
    day = m.calendar("24x7").local_date(m.now)
    what = type(delivery.notice).__name__
    for person in await m.uow.people.with_roles():
        if person.has(Role.ADMIN) and person.user_id != delivery.to:
            notice = DeliveryParked(destination=delivery.to, reason=reason, what=what)
            key = f"parked:{delivery.to}:{reason}:{day}:{person.user_id}"
            promise = Promise(
                notice=notice, to=person.user_id, key=key, subject="parked", lane=Lane.ALERT
            )
            await m.uow.outbox.put(promise, now=m.now)


async def _fall_back(m: Moment, delivery: Delivery, notice: AlertRaised) -> None:
    """What the alert channel cannot show, the ops channel does; failing that, the admins."""
    alerts, ops = m.workspace.alert_channel, m.workspace.ops_channel
    if delivery.to == alerts and ops not in {None, alerts}:
        readers: list[Destination | None] = [ops]
    elif delivery.to in {alerts, ops}:
        people = await m.uow.people.with_roles()
        readers = [person.user_id for person in people if person.has(Role.ADMIN)]
    else:
        return
    for to in readers:
        if to is not None:
            promise = Promise(
                notice=notice,
                to=to,
                key=f"fallback:{delivery.id}:{to}",
                subject=delivery.subject,
                lane=delivery.lane,
                card=f"{delivery.subject}:{CHANNEL_CARD}",
            )
            await m.uow.outbox.put(promise, now=m.now)
