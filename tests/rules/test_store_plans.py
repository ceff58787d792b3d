"""Every statement of the store finds its rows by an index that fits; none reads what it drops."""

import re
import shutil
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


@pytest.fixture
def planner_of_few_workspaces(sqlite_template, tmp_path):
    """Somebody let the database count its rows while there was one workspace."""
    connection = sqlite3.connect(shutil.copy(sqlite_template, tmp_path))
    connection.execute("ANALYZE")
    counted = ("workspaces", "sqlite_autoindex_workspaces_1", "1 1")
    connection.execute("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", counted)
    connection.execute("ANALYZE sqlite_schema")
    yield connection
    connection.close()


def steps_of(planner, key):
    sql = str(STATEMENTS[key].compile(dialect=sqlite.dialect()))
    listed = re.sub(r"\(__\[POSTCOMPILE_\w+\]\)", "(?, ?)", sql)
    plan = planner.execute(f"EXPLAIN QUERY PLAN {listed}", (1,) * listed.count("?")).fetchall()
    return [step for *_, step in plan if step.startswith(("SCAN", "SEARCH"))]


def test_what_was_claimed_is_read_by_its_key_whatever_was_counted(planner_of_few_workspaces):
    steps = steps_of(planner_of_few_workspaces, ("store.claiming", "_TAKEN"))
    by_key = "USING INTEGER PRIMARY KEY (rowid=?)"
    assert steps[:2] == [f"SEARCH outbox {by_key}", f"SEARCH workspaces {by_key}"]


@pytest.mark.parametrize("key", sorted(STATEMENTS.keys() - PARTS), ids=".".join)
def test_a_statement_finds_its_rows_by_an_index_that_fits(planner, key):
    steps = steps_of(planner, key)
    loose = [step for step in steps if step.endswith("(workspace_id=?)")]
    scanned = [step for step in steps if re.match(r"SCAN (?!\(|anon|CONSTANT)", step)]
    assert bool(loose) is (key in WHOLE_WORKSPACE)
    assert bool(scanned) is (key in ALL_WORKSPACES)
