"""The parsing rules of commands: leading words and key=value are read, prose stays as typed."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UsageError
from handlers.grammar import ChannelRef, Line, Link, UserRef, plain


def words(raw: str) -> list[str]:
    found, line = [], Line(raw)
    while (step := line.head()) is not None:
        word, line = step
        found.append(word.text)
    return found


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("status acme", ["status", "acme"]),
        ("  status   acme  ", ["status", "acme"]),
        ('status "Acme Ltd"', ["status", "Acme Ltd"]),
        ("status “Acme Ltd”", ["status", "Acme Ltd"]),
        ("status „Acme GmbH“ x", ["status", "Acme GmbH", "x"]),
        ("O'Brien's can't", ["O'Brien's", "can't"]),
        ('say "hi', ["say", '"hi']),
        ('5" pipe 6" pipe', ['5"', "pipe", '6"', "pipe"]),
        ("R&amp;D &lt;b&gt;", ["R&D", "<b>"]),
        ("&amp;amp;", ["&amp;"]),
        ("", []),
        ("👩‍👩‍👧 שלום", ["👩‍👩‍👧", "שלום"]),
    ],
)
def test_words(raw: str, expected: list[str]) -> None:
    assert words(raw) == expected


@pytest.mark.parametrize(
    ("raw", "text", "ref"),
    [
        ("<@U1|anna>", "@anna", UserRef(user_id="U1", label="anna")),
        ("<@U1>", "@U1", UserRef(user_id="U1")),
        ("<#C1|gen-eral>", "#gen-eral", ChannelRef(channel_id="C1", label="gen-eral")),
        (
            "<http://acme.com|acme.com>",
            "acme.com",
            Link(url="http://acme.com", label="acme.com"),
        ),
        (
            "<https://a.com/x?a=1&amp;b=2>",
            "https://a.com/x?a=1&b=2",
            Link(url="https://a.com/x?a=1&b=2"),
        ),
        (
            "<https://acme.com|their site>",
            "their site (https://acme.com)",
            Link(url="https://acme.com", label="their site"),
        ),
        (
            "<mailto:a@b.de|a@b.de>",
            "a@b.de",
            Link(url="mailto:a@b.de", label="a@b.de"),
        ),
        ("<!here>", "@here", None),
        ("<!subteam^S1|@ops>", "@ops", None),
        ("<!date^1700000000^{date} at {time}|14 Nov>", "14 Nov", None),
    ],
)
def test_what_slack_points_to_becomes_a_typed_value(raw: str, text: str, ref: object) -> None:
    step = Line(f"{raw} rest").head()
    assert step is not None
    assert (step[0].text, step[0].ref, step[1].text) == (text, ref, "rest")


def test_the_rest_is_as_typed() -> None:
    step = Line('acme  Login   "fails" since  <@U1|anna>: 1 &lt; 2').head()
    assert step is not None
    assert step[1].text == 'Login   "fails" since  @anna: 1 < 2'


def test_options_stand_before_or_after_the_prose() -> None:
    line = Line('priority=high due="next fri" login=broken is priority=low here FOR=<@U1|anna>')
    options, rest = line.options("priority", "due", "for")
    assert {key: word.text for key, word in options.items()} == {
        "priority": "high",
        "due": "next fri",
        "for": "@anna",
    }
    assert options["for"].user == "U1"
    assert rest.text == "login=broken is priority=low here"


def test_a_missing_word_is_named() -> None:
    with pytest.raises(UsageError, match="Client is missing"):
        Line("  ").take("Client")


@given(st.text())
def test_prose_never_fails_and_never_gets_lost(text: str) -> None:
    raw = html.escape(text, quote=False)
    assert plain(raw) == text
    assert Line(raw).text == text.strip()
    words(raw)
    Line(raw).options("priority", "due")


@given(st.text(alphabet="<>@#!|^&amp;lt \"“”'=aU1\n\t ", max_size=60))
def test_broken_markup_never_fails(raw: str) -> None:
    words(raw)
    Line(raw).options("a", "amp")


@pytest.mark.parametrize("raw", ["<" * 20_000, '"' * 20_000, "a=" * 20_000, " x=1" * 20_000])
def test_hostile_lines_are_read_in_linear_time(raw: str) -> None:
    words(raw)
    Line(raw).options("a", "x")
