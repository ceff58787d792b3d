"""The numbers of a workspace's policy as rules read them. YAML becomes this in bot.playbooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta

from bot.domain.ladders import Ladder
from bot.domain.sla import SlaTargets
from bot.domain.tickets import Priority
from bot.domain.windows import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A workspace's policy; every figure in it is a default of policy.yml.

    `working_hours` are the windows in which members may be disturbed, in their own zone.
    `acknowledged_for` is how long an acknowledgement holds, and on which calendar, by severity.
    `digest_at` is local time in the workspace's zone; `deadline_days` is how many working days
    ahead the daily snapshot looks.
    """

    sla: SlaTargets
    ladder: Ladder
    top_level: Mapping[Priority, int]
    acknowledged_for: Mapping[Priority, timedelta]
    working_hours: Week
    digest_at: time
    deadline_days: int
