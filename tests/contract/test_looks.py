"""Every message and view the app can emit is inside Slack's limits, with the largest data."""

import inspect
from types import ModuleType

import pytest
from slackblocks import Message as _SlackBlocksMessage  # noqa: F401 - a second opinion is installed

from handlers import views
from handlers.blocks import Message, told
from handlers.render import render
from handlers.views import alerts, clients, deliveries, home, people, reports, tickets, workspaces
from simulator.limits import check_home, check_message, check_view
from tests.contract import largest

TEXT_LIMIT = 3000
PRIVATE = {"pager", "choice", "line"}  # parts of the others


@pytest.mark.parametrize("notice", [*largest.notices()], ids=lambda n: type(n).__name__)
def test_what_is_delivered(notice):
    check(render(notice))


@pytest.mark.parametrize("message", [*largest.messages()])
def test_what_is_answered(message):
    check(message)
    assert check_view(told("&" * 40, message)) == []


@pytest.mark.parametrize("view", [*largest.modals()])
def test_modals(view):
    assert check_view(view) == []


@pytest.mark.parametrize("view", [*largest.homes()])
def test_homes(view):
    assert check_home(view) == []


def check(message: Message) -> None:
    made = message.arguments()
    assert check_message(made) == []
    assert len(made["text"]) <= TEXT_LIMIT
    for broadcast in ("<!channel>", "<!here>", "<!everyone>"):
        assert broadcast not in str(made)


def test_no_look_is_left_out():
    """Each public function that makes a look is named in the walk."""
    walked = inspect.getsource(largest) + inspect.getsource(inspect.getmodule(render))
    modules: list[ModuleType] = [
        alerts,
        clients,
        deliveries,
        home,
        people,
        reports,
        tickets,
        workspaces,
    ]
    forgotten = [
        f"{module.__name__}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and name not in PRIVATE
        and f"{module.__name__.rsplit('.', 1)[-1]}.{name}(" not in walked
    ]
    assert forgotten == []
    assert {m.__name__ for m in modules} == {
        f"{views.__name__}.{path.stem}"
        for path in __import__("pathlib").Path(views.__file__).parent.glob("*.py")
        if path.stem not in {"__init__", "words"}
    }
