"""Makes one daily snapshot: `python -m bench.snapshot DATABASE_URL` writes its cost as JSON.

In a process of its own, because the peak of memory is read from the process.
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

import uvloop

from bot.app import build_services, open_database, policy_of
from bot.clocks import SystemClock
from bot.settings import Settings

_KIB = 1024


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB


def _rss_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


async def _measure(url: str) -> dict[str, float]:
    settings = Settings.model_validate({"database_url": url})
    database = open_database(settings)
    desks = build_services(database, database.installations, SystemClock(), policy_of(settings))
    try:
        [workspace] = await database.installations.workspaces()
        before, started = _rss_bytes(), time.perf_counter()
        snapshot = await desks.reports.daily(workspace.id)
        seconds = time.perf_counter() - started
    finally:
        await database.close()
    assert snapshot.at_risk.total > 0
    return {"seconds": seconds, "grown_bytes": _peak_bytes() - before}


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.write(json.dumps(runner.run(_measure(sys.argv[1]))))
