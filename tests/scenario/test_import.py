"""Flow 1 in bulk: `import clients FILE`, by the real command line and through the same use case."""

import asyncio
import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from bot.__main__ import main
from bot.domain.clients import ClientStatus
from bot.domain.people import Role
from bot.imports.clients import read_clients
from store.database import Database
from store.schema import AuditRow, ClientRow, ContactRow, OutboxRow, TimerRow
from tests.scenario.office import ANNA, CARLA, OPS, Office, open_office

SEED = Path(__file__).parents[1] / "data" / "clients" / "acme.yml"
COUNT = 40
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def agency(database_url) -> str:
    """A database that knows its workspace and its people; nobody is connected."""

    async def prepare() -> None:
        async with open_office(database_url):
            pass

    asyncio.run(prepare())
    return str(database_url)


def run(url: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        env=os.environ | {"DATABASE_URL": url},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def cli(agency, monkeypatch, capsys) -> Command:
    """The same without the price of a process: exit code, stdout, stderr."""

    def invoke(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", agency)
        monkeypatch.setattr(sys, "argv", ["clientops", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return invoke


def stored(url: str) -> dict[str, list[str]]:
    """What an import may touch, and what it must not."""

    async def read() -> dict[str, list[str]]:
        database = Database(url)
        async with database.reads.connect() as connection:
            found = {
                table.__tablename__: sorted(map(str, await connection.execute(select(table))))
                for table in (ClientRow, ContactRow, AuditRow, OutboxRow, TimerRow)
            }
        await database.close()
        return found

    return asyncio.run(read())


def forty(path: Path) -> Path:
    """Many documents, everything filled in."""
    documents = [
        {
            "code": f"C{number:02}",
            "name": f"Client № {number} & <Söhne>",
            "status": list(ClientStatus)[number % 4].value,
            "website": f"https://c{number}.example",
            "timezone": "Europe/Madrid",
            "tags": ["vip", "retainer"],
            "links": {"gdrive": f"https://drive.example/{number}"},
            "location": {"city": "Cádiz", "zip": "01100"},
            "contacts": [{"name": "Eva", "email": "e@x.example"}, {"name": "Tom", "primary": True}],
            "team": {"account_manager": "anna.becker@northwind.example", "support_contact": CARLA},
            "channel": OPS,
            "contract_signed_on": "2026-01-31",
        }
        for number in range(1, COUNT + 1)
    ]
    path.write_text(yaml.safe_dump_all(documents, allow_unicode=True), encoding="utf-8")
    return path


def test_the_seeds_own_example(agency: str) -> None:
    done = run(agency, "import", "clients", SEED)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 clients were created, 0 changed, 0 refused.\n"
    warnings = done.stderr.splitlines()
    assert len(warnings) == 3
    assert any("acme.yml:25" in w and "`contacts`" in w and "last one wins" in w for w in warnings)
    assert sum("https://" in w and "left empty" in w for w in warnings) == 2
    before = stored(agency)
    again = run(agency, "import", "clients", SEED)
    assert again.stdout == "0 clients were created, 0 changed, 0 refused.\n"
    assert stored(agency) == before


def test_what_the_example_becomes(database_url) -> None:
    async def imported() -> None:
        async with open_office(database_url) as office:
            await in_process(office, SEED)
            card = await office.reply(CARLA, "/client status acme")
            assert "ACME Incorporated (ACME) is lead." in card["text"]
            async with office.app.database.unit_of_work(office.workspace_id) as uow:
                client = await uow.clients.by_code("acme")
            assert client is not None
            assert client.external_id == "1"
            assert set(client.links) == {"github_repo", "github_project", "github_docs"}
            assert client.contacts == ()

    asyncio.run(imported())


async def in_process(office: Office, path: Path) -> None:
    report = await office.app.services.clients.take_in(office.workspace_id, read_clients(path).rows)
    assert report.refused == ()
    await office.settle()


async def test_an_import_is_silent(office: Office, tmp_path) -> None:
    before = await office.contents("outbox", "timers", "episodes")
    await in_process(office, forty(tmp_path / "forty.yml"))
    assert await office.contents("outbox", "timers", "episodes") == before
    listed = await office.reply(CARLA, "/client list")
    assert f"Clients 1 to 15 of {COUNT}" in listed["text"]
    async with office.silence():
        card = await office.reply(CARLA, "/client status c07")
    assert "Client № 7 &amp; &lt;Söhne&gt; (C07)" in card["text"]
    assert f"account manager: <@{ANNA}>" in card["text"]
    assert f"{Role.SUPPORT_CONTACT.label}: <@{CARLA}>" in card["text"]


def test_forty_clients_twice(agency: str, cli: Command, tmp_path) -> None:
    path = forty(tmp_path / "forty.yml")
    empty = stored(agency)
    dry = f"{COUNT} clients would be created, 0 changed, 0 refused.\n"
    assert cli("import", "clients", path, "--dry-run") == (0, dry, "")
    assert stored(agency) == empty
    done = f"{COUNT} clients were created, 0 changed, 0 refused.\n"
    assert cli("import", "clients", path) == (0, done, "")
    first = stored(agency)
    assert len(first["clients"]) == COUNT
    nothing = "0 clients were created, 0 changed, 0 refused.\n"
    assert cli("import", "clients", path) == (0, nothing, "")
    assert stored(agency) == first
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("Client № 7 ", "Client № seven "), encoding="utf-8")
    one = "0 clients were created, 1 changed, 0 refused.\n"
    assert cli("import", "clients", path) == (0, one, "")


BAD = """\
code: GOOD
name: Good Company
---
code: list
name: Reserved
---
code: NOSTATUS
name: Wrong status
status: sleeping
---
code: GOOD
name: Twice
---
code: TEAMLESS
name: Unknown people
team: {account_manager: nobody@example.com}
---
name: No code
---
code: TYPO
name: Unknown field
webiste: https://example.com
---
code: ZONE
name: Wrong zone
timezone: Europe/Atlantis
---
code: FINE
name: Fine Company
"""
REASONS = {  # by line
    4: "command word",
    9: "status",
    11: "was given before, at bad.yml:1",
    14: "is no member of this workspace",
    18: "code",
    22: "webiste",
    26: "timezone",
}


@pytest.fixture
def bad(tmp_path) -> Path:
    path = Path(tmp_path) / "bad.yml"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_every_bad_row_is_told_at_once(agency: str, cli: Command, bad: Path) -> None:
    before = stored(agency)
    code, _, said = cli("import", "clients", bad)
    assert code == 1
    for line, reason in REASONS.items():
        told = [row for row in said.splitlines() if row.startswith(f"bad.yml:{line}:")]
        assert len(told) == 1, (line, said)
        assert reason in told[0]
    assert "Nothing was imported." in said
    assert stored(agency) == before


def test_the_good_rows_go_in_if_asked(agency: str, cli: Command, bad: Path, tmp_path) -> None:
    refused = tmp_path / "refused.csv"
    code, said, _ = cli("import", "clients", bad, "--skip-bad", refused)
    assert (code, said) == (0, f"2 clients were created, 0 changed, {len(REASONS)} refused.\n")
    with refused.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(int(row["place"].split(":")[1]) for row in rows) == sorted(REASONS)
    for row in rows:
        assert REASONS[int(row["place"].split(":")[1])] in row["reason"]
    assert len(stored(agency)["clients"]) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("code: [1, 2", "this is not YAML"),
        ("just words", "expected `field: value` lines"),
        ("a: &x [1]\nb: *x\n", "no aliases"),
        ("tags: " + "[" * 30 + "]" * 30, "nested deeper"),
        ("code: X\x00Y\nname: N\n", "this is not YAML"),
        ("? {a: b}\n: c\n", "strange.yml:1: "),
    ],
)
def test_files_that_are_none(agency: str, cli: Command, tmp_path, content: str, told: str) -> None:
    path = tmp_path / "strange.yml"
    path.write_text(content, encoding="utf-8")
    before = stored(agency)
    code, _, said = cli("import", "clients", path)
    assert code == 1
    assert told in said
    assert "Traceback" not in said
    assert "Node(" not in said
    assert stored(agency) == before


def test_wrong_usage(cli: Command, tmp_path) -> None:
    assert cli("import", "clients", tmp_path / "nowhere.yml")[0] == 2
    assert cli("import", "unicorns", SEED)[0] == 2
