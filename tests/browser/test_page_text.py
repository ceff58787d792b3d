"""Text as Slack writes it: what becomes a mark, what stays as typed, and nothing is markup."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

DRAW = """async ([module, name, given]) => {
  const drawn = (await import(`/page/text/${module}.js`))[name](given);
  return { html: drawn.innerHTML, text: drawn.innerText };
}"""

MARKS = [
    ("*bold* _em_ ~gone~", "<strong>bold</strong> <em>em</em> <s>gone</s>"),
    ("*both _at_ once*", "<strong>both <em>at</em> once</strong>"),
    ("a*b*c snake_case_name 2 * 3 * 4", "a*b*c snake_case_name 2 * 3 * 4"),
    ("`*not bold*` `<@U0ANNA>`", "<code>*not bold*</code> <code>@U0ANNA</code>"),
    ("&lt;b&gt; &amp;amp; & <", "&lt;b&gt; &amp;amp; &amp; &lt;"),
    (":tada: :no_such_thing: 10:30:00", ":no_such_thing: 10:30:00"),
    ("(*loud*), _soft_.", "(<strong>loud</strong>), <em>soft</em>."),
    ("*open", "*open"),
]


async def draw(desk, module, name, given):
    await desk.open("U0ANNA", "C0OPS")
    return await desk.page.evaluate(DRAW, [module, name, given])


async def test_marks_are_read_as_slack_reads_them(desk):
    await desk.open("U0ANNA", "C0OPS")
    for given, expected in MARKS:
        drawn = await desk.page.evaluate(DRAW, ["mrkdwn", "mrkdwn", given])
        assert expected in drawn["html"], given


async def test_tokens_become_names_links_and_dates(desk):
    given = (
        "<@U0BEN> <#C0OPS> <!here> <https://a.example/?a=1&amp;b=2|the *site*> <mailto:a@b.example>"
    )
    drawn = await draw(desk, "mrkdwn", "mrkdwn", given)
    assert "@Ben Okafor" in drawn["html"]
    assert "#ops" in drawn["html"]
    assert "@here" in drawn["html"]
    assert 'href="https://a.example/?a=1&amp;b=2"' in drawn["html"]
    assert ">a@b.example</a>" in drawn["html"]


async def test_dates_are_shown_in_the_workspaces_zone(desk):
    given = "<!date^1795165200^{date_num} {time} {nonsense}|then> <!date^x^{date}|fallback>"
    drawn = await draw(desk, "mrkdwn", "mrkdwn", given)
    assert drawn["text"] == "2026-11-20 10:00 {nonsense} fallback"


async def test_quotes_and_code_blocks_keep_their_lines(desk):
    drawn = await draw(
        desk, "mrkdwn", "mrkdwn", "before\n&gt; one\n&gt; two\n```x = 1\n*y*```after"
    )
    assert "<blockquote>one\ntwo</blockquote>" in drawn["html"]
    assert "<pre>x = 1\n*y*</pre>" in drawn["html"]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<javascript:alert(1)|click>",
    "<data:text/html,hi|click>",
    "&lt;img src=x onerror=alert(1)&gt;",
    '<https://a.example" onclick="alert(1)|x>',
    "[x](javascript:alert(1)) ![x](data:text/html,1)",
]


@pytest.mark.parametrize("module", ["mrkdwn", "markdown"])
async def test_no_text_becomes_markup_or_a_dangerous_link(desk, module):
    await desk.open("U0ANNA", "C0OPS")
    for given in HOSTILE:
        html = (await desk.page.evaluate(DRAW, [module, module, given]))["html"]
        for forbidden in ("<script", "<img", 'href="javascript:', 'href="data:', ' onclick="'):
            assert forbidden not in html, given


async def test_markdown_has_lists_tables_and_headings(desk):
    given = (
        "## Plan\n- a\n  - b\n- [x] c\n\n| H |\n|---|\n| **v** |\n\n> q\n\n```\ncode\n```\n1. one"
    )
    html = (await draw(desk, "markdown", "markdown", given))["html"]
    for part in (
        'aria-level="4">Plan',
        "<ul><li>a<ul><li>b</li></ul></li>",
        "☑ c",
        "<td><strong>v</strong></td>",
        "<blockquote><p>q</p></blockquote>",
        "<pre>code</pre>",
        '<ol start="1"><li>one</li></ol>',
    ):
        assert part in html
