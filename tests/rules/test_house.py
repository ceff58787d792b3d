"""The rules of the house, as tests: who may import whom, how long things may be, where time is."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("bot", "handlers", "store", "simulator")
LONGEST_FUNCTION, LONGEST_FILE = 45, 320
BROAD_EXCEPTS = {
    "bot/clocks.py": 1,
    "bot/courier.py": 1,
    "bot/scheduler.py": 2,
    "handlers/boundary.py": 1,
}
CLOCKS = {"bot/clocks.py"}


def sources(*folders: str, suffix: str = ".py") -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if "versions" not in path.parts:
                yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_arrows_point_at_the_domain():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_no_function_is_too_long():
    long = [
        f"{name(path)}: {function} has {length} lines"
        for path in sources(*OURS, "bench")
        for function, length in functions(path)
        if length > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("suffix", [".py", ".js", ".css"])
def test_no_file_is_too_long(suffix):
    long = [
        f"{name(path)}: {length} lines"
        for path in sources(*OURS, "bench", suffix=suffix)
        if (length := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    ]
    assert long == []


def test_every_module_says_what_it_is():
    silent = [
        name(path)
        for path in sources(*OURS)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_the_machines_clock_is_read_in_one_place():
    reads = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    readers = {
        name(path)
        for path in sources("bot", "store", "handlers")
        if reads.search(path.read_text(encoding="utf-8"))
    }
    # Bolt's own sender of socket answers wants the machine's time for its log line.
    assert readers == CLOCKS | {"handlers/sockets.py"}


def test_broad_excepts_stand_where_they_are_named():
    found = {
        name(path): count
        for path in sources("bot", "store", "handlers")
        if (
            count := len(
                re.findall(
                    r"except (Exception|BaseException)\b|except:", path.read_text(encoding="utf-8")
                )
            )
        )
    }
    assert found == BROAD_EXCEPTS


def test_only_the_database_commits():
    commits = [
        name(path)
        for path in sources("bot", "store", "handlers")
        if re.search(r"\.commit\(\)", path.read_text(encoding="utf-8"))
    ]
    assert commits == []


def test_locks_name_no_registry():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert "--hash=sha256:" in text, lock
