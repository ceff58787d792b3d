"""What a row answers with; `handlers.acks` and `handlers.afterwards` decide where it goes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from handlers.blocks import Message, View

Fill: TypeAlias = Callable[[], Awaitable[View]]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Done, nothing to say. A submitted modal closes."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens a modal, or puts it on top of the one the person is in.

    `view` must be made without waiting; `fill` may read, its view then replaces the light one.
    """

    view: View
    fill: Fill | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """Replaces the view the person is in: the modal of a press or submission, or their Home."""

    view: View


@dataclass(frozen=True, slots=True)
class Cleared:
    """Closes the whole modal stack; for submissions."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Takes the message away whose button was pressed (ephemeral or by response URL)."""


@dataclass(frozen=True, slots=True)
class HomeShown:
    """Publishes the asker's Home."""

    view: View


Reply: TypeAlias = Message | Nothing | Opening | Showing | Cleared | Removed | HomeShown
"""A Message as the reply to a submission is shown in the modal's place, with a Close button."""
