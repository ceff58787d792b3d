"""Which scope an event needs: any one of those listed; none where the set is empty.

Events that are not listed here are not judged.
"""

from collections.abc import Mapping

_CHANNEL_READ = frozenset({"channels:read", "groups:read"})
_ANY_READ = _CHANNEL_READ | {"im:read", "mpim:read"}
_USERS = frozenset({"users:read"})
_FILES = frozenset({"files:read"})
_REACTIONS = frozenset({"reactions:read"})
_USER_GROUPS = frozenset({"usergroups:read"})
_METADATA = frozenset({"metadata.message:read"})
_ASSISTANT = frozenset({"assistant:write"})
_NONE: frozenset[str] = frozenset()

METADATA_EVENTS = frozenset(
    {"message_metadata_posted", "message_metadata_updated", "message_metadata_deleted"}
)
EVENT_SCOPES: Mapping[str, frozenset[str]] = {
    "app_home_opened": _NONE,
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": _NONE,
    "tokens_revoked": _NONE,
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message.mpim": frozenset({"mpim:history"}),
    "assistant_thread_context_changed": _ASSISTANT,
    "assistant_thread_started": _ASSISTANT,
    "channel_archive": frozenset({"channels:read"}),
    "channel_created": frozenset({"channels:read"}),
    "channel_deleted": frozenset({"channels:read"}),
    "channel_id_changed": _ANY_READ,
    "channel_left": frozenset({"channels:read"}),
    "channel_rename": frozenset({"channels:read"}),
    "channel_shared": _CHANNEL_READ,
    "channel_unarchive": frozenset({"channels:read"}),
    "channel_unshared": _CHANNEL_READ,
    "group_archive": frozenset({"groups:read"}),
    "group_deleted": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "group_rename": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "member_joined_channel": _CHANNEL_READ,
    "member_left_channel": _CHANNEL_READ,
    "file_change": _FILES,
    "file_created": _FILES,
    "file_deleted": _FILES,
    "file_shared": _FILES,
    "link_shared": frozenset({"links:read"}),
    "reaction_added": _REACTIONS,
    "reaction_removed": _REACTIONS,
    "subteam_created": _USER_GROUPS,
    "subteam_members_changed": _USER_GROUPS,
    "subteam_updated": _USER_GROUPS,
    "team_join": _USERS,
    "user_change": _USERS,
    **dict.fromkeys(METADATA_EVENTS, _METADATA),
}
