"""What is not answered to anybody: messages sent, the daily snapshot, starting, waiting."""

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.servers import ROOT, Cores, product


@dataclass(frozen=True, slots=True)
class Posting:
    """On one engine: seconds a row, and of the processor; `few` and `many` are how many wait."""

    engine: str
    sdk: float
    courier: float
    sdk_cpu: float
    courier_cpu: float
    few_cpu: float
    many_cpu: float


@dataclass(frozen=True, slots=True)
class Idling:
    """`python -m bot all` with nothing to do. CPU is a share of one core."""

    first_ack_seconds: float
    rss_bytes: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    seconds: float
    grown_bytes: float


async def posting(
    engine: str, empty: str, full: str, *, api_url: str, rounds: int, cores: Cores
) -> Posting:
    found = await _in_process(cores.server, "bench.posting", empty, full, api_url, str(rounds))
    seconds = {name: statistics.median(pair[0] for pair in of) for name, of in found.items()}
    cpu = {name: statistics.median(pair[1] for pair in of) for name, of in found.items()}
    return Posting(
        engine=engine,
        sdk=seconds["sdk"],
        courier=seconds["courier"],
        sdk_cpu=cpu["sdk"],
        courier_cpu=cpu["courier"],
        few_cpu=cpu["few"],
        many_cpu=cpu["many"],
    )


async def snapshot(url: str, *, rounds: int, cores: Cores) -> Snapshot:
    made = [await _in_process(cores.server, "bench.snapshot", url) for _ in range(rounds)]
    return Snapshot(
        seconds=statistics.median(one["seconds"] for one in made),
        grown_bytes=max(one["grown_bytes"] for one in made),
    )


async def idling(
    url: str, *, api_url: str, seconds: float, cores: Cores, directory: Path
) -> Idling:
    started = time.perf_counter()
    async with product(
        "all", url, api_url=api_url, core=cores.server, directory=directory
    ) as server:
        first_ack = time.perf_counter() - started
        await asyncio.sleep(2)  # what follows a start is over
        before = server.cpu_seconds()
        await asyncio.sleep(seconds)
        used = server.cpu_seconds() - before
        return Idling(first_ack, server.rss_bytes(), used / seconds)


async def _in_process(core: int, *arguments: str) -> Any:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    os.sched_setaffinity(process.pid, {core})
    output, _ = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{_spelled(arguments)} failed.")
    return json.loads(output)


def _spelled(arguments: Sequence[str]) -> str:
    return " ".join(("python -m", *arguments))
