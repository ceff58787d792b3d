"""Every statement of the store finds its rows by an index that fits; none reads what it drops."""

import re
import sqlite3

import pytest
from sqlalchemy.dialects import sqlite

from tests.rules.test_store_scope import STATEMENTS

WHOLE_WORKSPACE = {
    ("store.cards", "_ALL"),
    ("store.facts", "_NAMES"),
    ("store.facts", "_NAMES_PAGE"),
    ("store.facts", "_NAMES_TOTAL"),
    ("store.people", "_WITH_ROLES"),
    ("store.snapshots", "_BY_STATUS"),
}
ALL_WORKSPACES = {
    ("store.installations", "_LIVING"),
    ("store.installations", "_SEALED"),
}
PARTS = {key for key in STATEMENTS if key[1] == "_IN_WORKSPACE"}  # others are made of these


@pytest.fixture(scope="module")
def planner(sqlite_template):
    connection = sqlite3.connect(sqlite_template)
    yield connection
    connection.close()


@pytest.mark.parametrize("key", sorted(STATEMENTS.keys() - PARTS), ids=".".join)
def test_a_statement_finds_its_rows_by_an_index_that_fits(planner, key):
    sql = str(STATEMENTS[key].compile(dialect=sqlite.dialect()))
    listed = re.sub(r"\(__\[POSTCOMPILE_\w+\]\)", "(?, ?)", sql)
    plan = planner.execute(f"EXPLAIN QUERY PLAN {listed}", (1,) * listed.count("?")).fetchall()
    steps = [step for *_, step in plan if step.startswith(("SCAN", "SEARCH"))]
    loose = [step for step in steps if step.endswith("(workspace_id=?)")]
    scanned = [step for step in steps if re.match(r"SCAN (?!\(|anon|CONSTANT)", step)]
    assert bool(loose) is (key in WHOLE_WORKSPACE)
    assert bool(scanned) is (key in ALL_WORKSPACES)
