"""Block Kit within limits, and text from people that stays text."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import blocks, elements, mrkdwn
from handlers.blocks import Message

TOKEN = re.compile(r"<[@#!]")


@given(st.text(max_size=400), st.integers(min_value=10, max_value=300))
def test_escaped_text_is_no_markup_and_fits(text: str, limit: int) -> None:
    escaped = mrkdwn.escape(text, limit)
    assert len(escaped) <= limit
    assert "<" not in escaped
    assert ">" not in escaped
    assert re.sub(r"&(amp|lt|gt);", "", escaped).count("&") == 0


def test_what_is_cut_says_so() -> None:
    assert mrkdwn.escape("<" * 100, 20) == "&lt;" * 4 + "…"
    assert mrkdwn.cut("abcdef", 4) == "abc…"
    assert mrkdwn.escape("short <b>") == "short &lt;b&gt;"


@pytest.mark.parametrize("tail", ["<@U123456>", "&amp;", "<https://a.com|x>"])
def test_no_token_is_cut_in_half(tail: str) -> None:
    for limit in range(2, len(tail) + 2):
        shown = mrkdwn.cut_mrkdwn(f"a{tail}", limit)
        assert shown in {"a…", f"a{tail}"}


def test_a_label_cannot_break_out_of_its_link() -> None:
    assert (
        mrkdwn.link("https://a.com/?a=1&b=2", "x|<!channel>")
        == "<https://a.com/?a=1&amp;b=2|x¦&lt;!channel&gt;>"
    )
    assert "<!here>" not in mrkdwn.link("https://a.com/|y><!here>", "x")


def test_a_date_has_words_for_those_who_cannot_see_it() -> None:
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert (
        mrkdwn.date(at, "Europe/Berlin")
        == "<!date^1795253400^{date_short_pretty} at {time}|Sat 21 Nov 2026, 10:30 CET>"
    )


@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_is_spelled_as_the_c_locale_does(month: int) -> None:
    at = datetime(2026, month, month, month, 5, tzinfo=UTC)
    assert mrkdwn.spelled(at, "UTC") == f"{at:%a} {at.day} {at:%b %Y, %H:%M %Z}"


def test_every_mrkdwn_is_verbatim() -> None:
    made = [
        blocks.section("x")["text"],
        blocks.fields("x")["fields"][0],
        blocks.context("x")["elements"][0],
    ]
    assert all(text["verbatim"] is True for text in made)


def test_a_message_without_blocks_shows_all_its_text() -> None:
    text = "\n".join(f"line {number} {'x' * 90}" for number in range(50))
    shown = Message(text).arguments()
    assert len(shown["text"]) == 3000
    assert shown["text"].endswith("…")
    assert "".join(block["text"]["text"] for block in shown["blocks"]) == text


def test_too_many_blocks_end_in_a_line_that_says_so() -> None:
    many = tuple(blocks.section(str(number)) for number in range(60))
    shown = Message("x", many).arguments()["blocks"]
    assert len(shown) == 50
    assert shown[-1]["elements"][0]["text"] == "11 more parts do not fit here."
    assert len(blocks.modal("a.b", "t", many * 2)["blocks"]) == 100


def test_wrong_counts_are_refused_loudly() -> None:
    with pytest.raises(ValueError, match="26 given"):
        blocks.actions(*[elements.button("x", "a.b")] * 26)
    with pytest.raises(ValueError, match="0 given"):
        elements.select([])
    with pytest.raises(ValueError, match="2001 characters"):
        elements.button("x", "a.b", "v" * 2001)


def test_long_labels_are_cut_to_slacks_limits() -> None:
    view = blocks.modal("a.b", "t" * 30, [blocks.header("h" * 200)], submit="s" * 30)
    assert len(view["title"]["text"]) == len(view["submit"]["text"]) == 24
    assert len(view["blocks"][0]["text"]["text"]) == 150
    assert len(elements.button("b" * 80, "a.b")["text"]["text"]) == 75


def test_plain_text_turns_no_name_into_an_emoji() -> None:
    assert elements.plain(":boom: <!here>", 75) == {
        "type": "plain_text",
        "text": ":boom: <!here>",
        "emoji": False,
    }


def test_absent_parts_are_not_sent() -> None:
    assert elements.text_input() == {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": False,
    }
    options = [elements.option("A", "a"), elements.option("B", "b")]
    assert elements.select(options, initial="b")["initial_option"] == options[1]
    assert "initial_option" not in elements.select(options, initial="gone")
