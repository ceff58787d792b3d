"""What is documented is there: targets, links, commands, subcommands, variables."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from handlers.routing import Route, Typed, route
from handlers.tables import TABLES

ROOT = Path(__file__).parents[2]
DOCS = ("README.md", "ARCHITECTURE.md", "DECISIONS.md", "CHANGELOG.md", "simulator/README.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCS)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?://)([^)#]+)\)", text)
    missing = [target for target in targets if not ((ROOT / name).parent / target).exists()]
    assert missing == []


def test_every_make_target_named_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert named
    assert named <= targets


@pytest.mark.parametrize(
    "typed",
    sorted(
        t for t in set(re.findall(r"`(/[a-z]+ [^`…]*)`", README)) if not t.startswith("/invite")
    ),
)
def test_every_command_shown_is_understood(typed):
    command, _, text = typed.partition(" ")
    meant = route(TABLES.slashes, Typed(command=command, text=re.sub(r"[\[\]<>]", "", text)))
    assert isinstance(meant, Route) or "help" in text


def test_every_subcommand_named_is_there():
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"COLUMNS": "200"},
    )
    named = set(re.findall(r"python -m bot ([a-z]+)", README))
    assert named
    assert [name for name in named if name not in done.stdout] == []


def test_every_variable_named_is_read():
    named = set(re.findall(r"\b((?:SLACK|CLIENTOPS|DATABASE)_[A-Z_]+)\b", README))
    assert named <= {field.upper() for field in Settings.model_fields}


@pytest.mark.parametrize("name", [*DOCS, "Makefile", ".ci/run", "pyproject.toml"])
def test_no_machine_of_ours_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w/])/(work|root|home)/", text)
