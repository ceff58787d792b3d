"""Every error we raise on purpose.

* DeskError
  x UserError            shown to the person, its text is written for them
    + UsageError         the command text cannot be read
    + NotFound           nothing answers to that reference
      - Ambiguous        several things do: they are offered, none is guessed
    + Forbidden          this person may not do that
    + Conflict           the thing is not in a state that allows this
    + InvalidInput       one field is wrong; a form shows the text in place
  x RetryLater           transient, try again after a pause
    + StaleVersion       somebody wrote the same thing meanwhile
    + UnknownOutcome     the call may or may not have taken effect
  x Undeliverable        permanent, never try again by itself
  x ConfigError          the process cannot start like this; all reasons together
"""

from collections.abc import Sequence
from datetime import timedelta


class DeskError(Exception):
    """Base of everything raised on purpose."""


class UserError(DeskError):
    """A mistake the person can correct, or a refusal; its text is written for them."""


class UsageError(UserError):
    """The command text does not match its usage line."""


class NotFound(UserError):
    """Nothing answers to that reference; `near` are references that nearly do."""

    def __init__(self, text: str, *, near: Sequence[str] = ()) -> None:
        super().__init__(text)
        self.near = tuple(near)


class Ambiguous(NotFound):
    """Several things answer to that reference; `near` names them."""


class Forbidden(UserError):
    """This person may not do that; refusals are audited."""


class Conflict(UserError):
    """The thing is not in a state that allows this."""


class InvalidInput(UserError):
    """One field of a form or row is wrong. `field` is the domain's name of it."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class RetryLater(DeskError):
    """The other side is busy; the same call may work after `pause`."""

    def __init__(self, reason: str, pause: timedelta | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


class StaleVersion(RetryLater):
    """Somebody wrote the same aggregate between our read and our write."""


class UnknownOutcome(RetryLater):
    """The connection broke after the request left: it may have taken effect."""


class Undeliverable(DeskError):
    """The other side will refuse this message however often it is sent."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class ConfigError(DeskError):
    """The environment does not add up; `problems` names each with what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
