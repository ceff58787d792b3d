"""Kill -9 at any moment, restart: no promise lost, none kept twice (reliability, Delivery 6)."""

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.databases import CLEAR, execute
from tests.soak.season import season

SEED = int(os.environ.get("SOAK_SEED") or secrets.randbelow(10**6))
KILLS = int(os.environ.get("SOAK_KILLS") or 50)
FEW = 5


TELLING = 25  # fewer kills may all miss the moment between a post and its mark


async def test_a_few_kills_lose_nothing_and_repeat_nothing(database_url, tmp_path, capsys) -> None:
    await survive(database_url, FEW, tmp_path, capsys)


@pytest.mark.soak
async def test_many_kills_lose_nothing_and_repeat_nothing(database_url, tmp_path, capsys) -> None:
    report = await survive(database_url, KILLS, tmp_path, capsys)
    assert report["repaired"] or KILLS < TELLING, "no kill fell between a post and its mark"


@pytest.mark.soak
async def test_many_kills_beside_a_worker_that_goes_on(postgres_url, tmp_path, capsys) -> None:
    try:
        await survive(postgres_url, KILLS, tmp_path, capsys, worker=True)
    finally:
        await execute(make_url(postgres_url), CLEAR)


async def survive(database_url: str, kills: int, folder: Path, capsys, **more) -> dict[str, Any]:
    async with season(database_url, SEED, folder, **more) as one:
        await one.suffer(kills)
        books = await one.end()
        found, report = one.violations(books), one.report(books)
    engine = database_url.partition("+")[0]
    with capsys.disabled():
        sys.stdout.write(f"\n{engine}, SOAK_SEED={SEED}: {json.dumps(report)}\n")
    assert not found, "\n".join([f"SOAK_SEED={SEED}", *found, "after:", *one.deaths])
    return report
