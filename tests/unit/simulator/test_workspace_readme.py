"""The README names every control call and every flag, and no others."""

import re
from pathlib import Path

import simulator
from simulator.__main__ import arguments
from simulator.control.endpoint import DEEDS, LOOKS

README = (Path(simulator.__file__).parent / "README.md").read_text()


def documented(verb: str) -> set[str]:
    return set(re.findall(rf"^\| `{verb} /_demo/([\w/]+)", README, re.MULTILINE))


def test_every_look_is_documented() -> None:
    assert documented("GET") == LOOKS.keys() | {"events"}


def test_every_deed_is_documented() -> None:
    assert documented("POST") == DEEDS.keys() | {"upload"}


def test_every_flag_is_documented() -> None:
    known = set(re.findall(r"--[a-z-]+", arguments().format_help())) - {"--help"}
    assert set(re.findall(r"^\| `(--[a-z-]+)`", README, re.MULTILINE)) == known
