"""The app's own process, run as `python -m tests.soak.mortal all`, with two differences from `bot`.

It does not keep Slack's posting pace, and it kills itself at the n-th step of its database work
when `SOAK_STATEMENTS` says so. It changes nothing else.
"""

import os
import signal
from itertools import count

from sqlalchemy import Engine, event

import bot.__main__
import bot.app

STATEMENTS = "SOAK_STATEMENTS"
STEPS = ("before_cursor_execute", "after_cursor_execute", "commit")


def die_at(number: int) -> None:
    """Before a statement, after it or before a commit, whichever is the n-th of these."""
    steps = count(1)

    def step(*_: object) -> None:
        if next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in STEPS:
        event.listen(Engine, name, step)


if __name__ == "__main__":
    bot.app.POST_GAP_SECONDS = 0.0
    if number := int(os.environ.get(STATEMENTS, "0")):
        die_at(number)
    bot.__main__.main()
