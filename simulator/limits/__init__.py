"""Slack's limits on everything an app can send, as checks that answer with a list of problems.

Plain dictionaries in, problems out. Any value at all may be passed: nothing here raises.
"""

from simulator.limits.answers import Interaction, ack_problems, options_problems
from simulator.limits.manifest import manifest_problems
from simulator.limits.messages import message_problems
from simulator.limits.problems import Problem
from simulator.limits.views import home_problems, modal_problems

__all__ = [
    "Interaction",
    "Problem",
    "check_ack",
    "check_home",
    "check_manifest",
    "check_message",
    "check_options",
    "check_view",
]


def check_message(message: object) -> list[Problem]:
    """Problems of a message: `{text?, blocks?, attachments?, metadata?, markdown_text?}`.

    Other fields of a call (channel, thread_ts, unfurl_links, …) may be there and are not judged.
    """
    return list(message_problems(message))


def check_view(view: object) -> list[Problem]:
    """Problems of a modal, as given to views.open, views.push and views.update."""
    return list(modal_problems(view))


def check_home(view: object) -> list[Problem]:
    """Problems of a Home tab, as given to views.publish."""
    return list(home_problems(view))


def check_options(answer: object) -> list[Problem]:
    """Problems of the answer to a block_suggestion: `{options}` or `{option_groups}`."""
    return list(options_problems(answer))


def check_ack(kind: Interaction, answer: object, submitted: object = None) -> list[Problem]:
    """Problems of an acknowledgement's body, decoded; None or "" is the empty one.

    `submitted` is the view behind a view_submission: with it, errors are matched to its blocks.
    """
    return list(ack_problems(kind, answer, submitted))


def check_manifest(manifest: object) -> list[Problem]:
    """Problems of an app manifest, major version 2, read from YAML or JSON."""
    return list(manifest_problems(manifest))
