"""The spans Slack keeps on real time, whatever the workspace's clock says. All in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Slack's own figures, but for the retries of an event, which it spreads over six minutes.

    `ack` is how long an app has to answer a delivery, `trigger` how long a trigger id lives,
    `retries` the pauses before each repetition of an event, `patience` how long an advancing
    clock waits for a listener.
    """

    ack: float = 3.0
    trigger: float = 3.0
    retries: tuple[float, ...] = (0.0, 1.0, 5.0)
    patience: float = 30.0


SLACKS = Pace()
