"""What an app answers in an acknowledgement: options for a menu, the fate of a modal, a message.

Refuses an answer Slack would show to the user as an error.
"""

from typing import Literal, TypeAlias

from simulator.limits.engine import ANYTHING, Choice, Entries, Fields, Listing
from simulator.limits.layout import placed_blocks
from simulator.limits.messages import message_problems
from simulator.limits.problems import Found, Problem, below, kind_of, shown
from simulator.limits.texts import NAME, OPTION, OPTION_GROUP
from simulator.limits.views import modal_problems

Interaction: TypeAlias = Literal[
    "block_actions", "block_suggestion", "command", "shortcut", "view_closed", "view_submission"
]

_OPTIONS = Fields(
    {},
    {
        "options": Listing(OPTION, 100, 0),
        "option_groups": Listing(OPTION_GROUP, 100, 0),
    },
    one_of=("options", "option_groups"),
)
_ACTIONS = ("errors", "update", "push", "clear")
_VIEW = Fields({"response_action": ANYTHING, "view": ANYTHING})
_SUBMISSION = {
    "errors": Fields({"response_action": ANYTHING, "errors": Entries(NAME)}),
    "update": _VIEW,
    "push": _VIEW,
    "clear": Fields({"response_action": ANYTHING}),
}


def options_problems(answer: object) -> Found:
    """Everything wrong with the answer to a block_suggestion; an empty list of options is fine."""
    yield from _OPTIONS.problems(answer, "")


def ack_problems(kind: Interaction, answer: object, submitted: object = None) -> Found:
    """Everything wrong with an acknowledgement's body; nothing at all is always a good one.

    `submitted` is the view a view_submission came from: errors may name its input blocks only.
    """
    if kind == "block_suggestion":
        yield from options_problems(answer)
    elif answer in (None, "", {}):
        return
    elif kind == "view_submission":
        yield from _submission_problems(answer, submitted)
    elif kind == "command":
        yield from _reply_problems(answer)
    else:
        yield Problem("", f"Slack wants an empty answer to {kind}")


def _submission_problems(answer: object, submitted: object) -> Found:
    if not isinstance(answer, dict):
        yield Problem("", f"must be an object, not {kind_of(answer)}")
        return
    action = answer.get("response_action")
    if not isinstance(action, str) or action not in _SUBMISSION:
        yield from Choice(_ACTIONS).problems(action, "/response_action")
        return
    yield from _SUBMISSION[action].problems(answer, "")
    if "view" in answer and action in ("update", "push"):
        yield from modal_problems(answer["view"], "/view")
    if action == "errors":
        yield from _error_problems(answer.get("errors"), submitted)


def _error_problems(errors: object, submitted: object) -> Found:
    if not isinstance(errors, dict):
        return
    if not errors:
        yield Problem("/errors", "must name at least one block")
    if not isinstance(submitted, dict):
        return
    inputs = {
        block.value.get("block_id")
        for block in placed_blocks(submitted.get("blocks"), "/blocks")
        if block.type == "input" and isinstance(block.value.get("block_id"), str)
    }
    for name in errors:
        if isinstance(name, str) and name not in inputs:
            yield Problem(below("/errors", name), f"{shown(name)} is no input block of the modal")


def _reply_problems(answer: object) -> Found:
    """A command may be answered with a message at once, or with text alone."""
    if isinstance(answer, str):
        yield from message_problems({"text": answer})
        return
    yield from message_problems(answer)
    if isinstance(answer, dict) and "response_type" in answer:
        kinds = Choice(("ephemeral", "in_channel"))
        yield from kinds.problems(answer["response_type"], "/response_type")
