"""Every statement of the store is bound to one workspace, but for those listed here."""

import importlib
import pkgutil
import re

import pytest
from sqlalchemy import Delete, Select, Update

import store
from store import facts

ACROSS_WORKSPACES = {
    "store.facts": {"_ASKER"},  # by team id, which is the workspace
    "store.installations": {"_WORKSPACE", "_LIVING", "_LIVING_IN", "_FIND", "_REVOKE", "_SEALED"}
    | {"_RESEAL"},
    "store.claiming": {"_CANDIDATES", "_HELD", "_MARK", "_LEASE", "_TAKEN"},
    "store.outbox_queue": {"_FIRST_DUE"},
    "store.timers": {"_DUE", "_NEXT"},
}
BOUND = re.compile(r"(\.workspace_id|workspaces\.id) = :workspace\b")


def named_statements():
    for module in pkgutil.iter_modules(store.__path__, "store."):
        if module.ispkg:
            continue
        values = vars(importlib.import_module(module.name))
        flat = {
            **values,
            **{k: v for v in values.values() if isinstance(v, dict) for k, v in v.items()},
        }
        for name, value in flat.items():
            if isinstance(value, Select | Update | Delete):
                yield module.name, str(name), value


STATEMENTS = {(module, name): statement for module, name, statement in named_statements()}


@pytest.mark.parametrize(("module", "name"), STATEMENTS, ids=str)
def test_a_statement_is_bound_to_one_workspace(module, name):
    bound = BOUND.search(str(STATEMENTS[module, name].compile()))
    assert bool(bound) is (name not in ACROSS_WORKSPACES.get(module, set()))


@pytest.mark.parametrize("of_code", [True, False])
@pytest.mark.parametrize("of_assignee", [True, False])
def test_a_page_of_tickets_is_bound_to_one_workspace(of_code, of_assignee):
    for statement in facts._open_tickets(of_code=of_code, of_assignee=of_assignee):
        assert BOUND.search(str(statement.compile()))


def test_the_list_names_statements_that_exist():
    listed = {(module, name) for module, names in ACROSS_WORKSPACES.items() for name in names}
    assert listed <= STATEMENTS.keys()
    assert len(STATEMENTS) > 40
