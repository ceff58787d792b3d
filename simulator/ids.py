"""Slack-like identifiers, unique within a run and across restarts of the workspace."""

import itertools
import secrets


class Ids:
    """Makes ids such as `C3FA9C00001`: a prefix, a mark of this run, a counter.

    The mark keeps an app's database of an earlier run from taking a new event for a repeat.
    """

    def __init__(self) -> None:
        self._run = secrets.token_hex(2).upper()
        self._counter = itertools.count(1)

    def new(self, prefix: str) -> str:
        return f"{prefix}{self._run}{next(self._counter):05d}"
