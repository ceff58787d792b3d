"""Buttons on alerts."""

from bot.domain.ids import EpisodeId
from bot.services.alerts import AcknowledgeEpisode
from handlers.blocks import Message
from handlers.codec import decode
from handlers.inbound import Press
from handlers.mrkdwn import mention
from handlers.replies import Nothing, Reply
from handlers.states import EpisodeRef
from handlers.table import ActionRow, Desk


async def acknowledge(press: Press, desk: Desk) -> Reply:
    """Every copy of the alert is edited by the outbox; only who came second is told so."""
    episode_id = EpisodeId(decode(EpisodeRef, press.value).episode_id)
    request = AcknowledgeEpisode(by=press.asker, episode_id=episode_id)
    episode = await desk.services.alerts.acknowledge(request)
    holder = episode.acknowledged_by
    if holder is None or holder == press.asker.user_id:
        return Nothing()
    return Message(f"{mention(holder)} has acknowledged this already.")


ACTIONS = (ActionRow(action_id="alert.acknowledge", run=acknowledge),)
