"""The one table of Web API methods: what runs, its rate limit tier, the scopes that open it."""

from simulator.api import chat, conversations, files, meta, reactions, users, views
from simulator.api.call import Method
from simulator.ratelimits import Tier

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write")

METHODS: dict[str, Method] = {
    "api.test": Method(meta.api_test, Tier.FOUR),
    "auth.test": Method(meta.auth_test, Tier.SPECIAL),
    "bots.info": Method(meta.bots_info, Tier.THREE, ("users:read",)),
    "chat.delete": Method(chat.delete, Tier.THREE, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, Tier.SPECIAL),
    "chat.postEphemeral": Method(chat.post_ephemeral, Tier.FOUR, ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, Tier.SPECIAL, ("chat:write",)),
    "chat.update": Method(chat.update, Tier.THREE, ("chat:write",)),
    "conversations.archive": Method(conversations.archive, Tier.TWO, _MANAGE),
    "conversations.create": Method(conversations.create, Tier.TWO, _MANAGE),
    "conversations.history": Method(conversations.history, Tier.THREE, _HISTORY),
    "conversations.info": Method(conversations.info, Tier.THREE, _READ),
    "conversations.invite": Method(conversations.invite, Tier.THREE, _MANAGE),
    "conversations.join": Method(conversations.join, Tier.THREE, ("channels:join",)),
    "conversations.kick": Method(conversations.kick, Tier.THREE, _MANAGE),
    "conversations.leave": Method(conversations.leave, Tier.THREE, _MANAGE),
    "conversations.list": Method(conversations.conversations_list, Tier.TWO, _READ),
    "conversations.members": Method(conversations.members, Tier.FOUR, _READ),
    "conversations.open": Method(conversations.open_conversation, Tier.THREE, ("im:write",)),
    "conversations.replies": Method(conversations.replies, Tier.THREE, _HISTORY),
    "conversations.unarchive": Method(conversations.unarchive, Tier.TWO, _MANAGE),
    "files.completeUploadExternal": Method(files.complete_upload, Tier.FOUR, ("files:write",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, Tier.FOUR, ("files:write",)),
    "files.info": Method(files.info, Tier.FOUR, ("files:read",)),
    "reactions.add": Method(reactions.add, Tier.THREE, ("reactions:write",)),
    "reactions.get": Method(reactions.get, Tier.THREE, ("reactions:read",)),
    "reactions.remove": Method(reactions.remove, Tier.TWO, ("reactions:write",)),
    "team.info": Method(meta.team_info, Tier.THREE, ("team:read",)),
    "users.conversations": Method(users.users_conversations, Tier.TWO, _READ),
    "users.info": Method(users.users_info, Tier.FOUR, ("users:read",)),
    "users.list": Method(users.users_list, Tier.TWO, ("users:read",)),
    "users.lookupByEmail": Method(users.users_lookup_by_email, Tier.THREE, ("users:read.email",)),
    "views.open": Method(views.open_view, Tier.FOUR),
    "views.publish": Method(views.publish, Tier.FOUR),
    "views.push": Method(views.push, Tier.FOUR),
    "views.update": Method(views.update, Tier.FOUR),
}

# The only method of an app-level token, and the only one without a team.
CONNECTIONS_OPEN = "apps.connections.open"
