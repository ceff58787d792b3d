"""How trouble with delivery looks to an admin: what is stuck, why, and what to do."""

from bot.domain.ids import ChannelId
from bot.domain.notices import DeliveryParked
from handlers.blocks import Message
from handlers.mrkdwn import channel, escape

WHAT = {
    "TicketTriage": "a ticket's card",
    "AlertRaised": "an alert",
    "DailyDigest": "the daily snapshot",
    "DeliveryParked": "a message to an admin",
}
CURE = {
    "not_in_channel": "Type `/invite @ClientOps` in that channel; it is then sent by itself.",
    "channel_not_found": (
        "The channel is gone, or private without me: type `/invite @ClientOps` there, or choose "
        "another one in `/ops settings`."
    ),
    "is_archived": "Unarchive the channel, or choose another one in `/ops settings`.",
}


def parked(notice: DeliveryParked) -> Message:
    place = notice.destination
    where = channel(ChannelId(place)) if place[:1] in {"C", "G"} else "a person"
    cure = CURE.get(notice.reason, "See the logs of the worker for the reason.")
    what = WHAT.get(notice.what, "a message")
    return Message(
        f"⚠️ I could not deliver {what} to {where} (Slack says: "
        f"{escape(notice.reason, 200)}). {cure}"
    )
