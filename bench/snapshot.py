"""Makes one daily snapshot: `python -m bench.snapshot DATABASE_URL` writes its cost as JSON.

In a process of its own, because the peak of memory is read from the process.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import uvloop

from bot.app import build_services, open_database, policy_of
from bot.clocks import SystemClock
from bot.settings import Settings

_KIB = 1024


def _memory(of: str) -> int:
    """`VmRSS` now or `VmHWM` at its highest, in bytes. `ru_maxrss` would count the parent's too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [found] = [line for line in lines if line.startswith(f"{of}:")]
    return int(found.split()[1]) * _KIB


async def _measure(url: str) -> dict[str, float]:
    settings = Settings.model_validate({"database_url": url})
    database = open_database(settings)
    desks = build_services(database, database.installations, SystemClock(), policy_of(settings))
    try:
        [workspace] = await database.installations.workspaces()
        before, started = _memory("VmRSS"), time.perf_counter()
        snapshot = await desks.reports.daily(workspace.id)
        seconds = time.perf_counter() - started
    finally:
        await database.close()
    assert snapshot.at_risk.total > 0
    return {"seconds": seconds, "grown_bytes": _memory("VmHWM") - before}


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(json.dumps(runner.run(_measure(sys.argv[1]))))
