"""Slack's composition objects: texts, options, confirm dialogs, files and filters.

Where sources disagree the stricter one is taken: all four texts of a confirm dialog are required
and plain, `emoji` belongs to plain text and `verbatim` to mrkdwn.
"""

from simulator.limits.engine import FLAG, Chars, Check, Choice, Fields, Listing, Tagged

TEXT_MOST = 3000
ID = Chars(255)
# For names and ids of Slack's own: whatever they are, they are not empty.
NAME = Chars()
URL = Chars(3000, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:\S+", form="not a URL")
SECURE_URL = Chars(3000, pattern=r"https://\S+", form="not an https URL")
ACCESSIBILITY_LABEL = Chars(75)


def plain(most: int) -> Tagged:
    """A plain_text object of 1 to `most` characters."""
    return Tagged("text", {"plain_text": Fields({"text": Chars(most)}, {"emoji": FLAG})})


def words(most: int = TEXT_MOST) -> Tagged:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    mrkdwn = Fields({"text": Chars(most)}, {"verbatim": FLAG})
    return Tagged("text", {**plain(most).kinds, "mrkdwn": mrkdwn})


CONFIRM = Fields(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": Choice(("primary", "danger"))},
)
PLACEHOLDER = plain(150)
OPTION = Fields({"text": plain(75), "value": Chars(150)}, {"description": plain(75)})
OVERFLOW_OPTION = Fields(OPTION.required, {**OPTION.optional, "url": URL})
# Check boxes and radio buttons are the two that may carry formatting.
RICH_OPTION = Fields({"text": words(75), "value": Chars(150)}, {"description": words(75)})
OPTION_GROUP = Fields({"label": plain(75), "options": Listing(OPTION, 100)})
SLACK_FILE = Fields({}, {"id": NAME, "url": URL}, one_of=("id", "url"))
IMAGE_FIELDS: dict[str, Check] = {"image_url": URL, "slack_file": SLACK_FILE}
IMAGE = Fields({"alt_text": Chars(2000)}, IMAGE_FIELDS, one_of=("image_url", "slack_file"))
IMAGE_ELEMENT = Tagged("image", {"image": IMAGE})
CONVERSATION_FILTER = Fields(
    {},
    {
        "include": Listing(Choice(("im", "mpim", "private", "public")), 4, unique=True),
        "exclude_bot_users": FLAG,
        "exclude_external_shared_channels": FLAG,
    },
    any_of=("include", "exclude_bot_users", "exclude_external_shared_channels"),
)
DISPATCH_CONFIG = Fields(
    {
        "trigger_actions_on": Listing(
            Choice(("on_enter_pressed", "on_character_entered")), 2, unique=True
        )
    }
)
WORKFLOW = Fields(
    {
        "trigger": Fields(
            {"url": SECURE_URL},
            {
                "customizable_input_parameters": Listing(
                    Fields({"name": NAME, "value": Chars(least=0)}), least=0
                )
            },
        )
    }
)
