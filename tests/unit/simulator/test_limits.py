"""Every limit at its figure and one past it, and every payload that is simply good."""

import pytest
import slackblocks
from slackblocks import _limits as published

from simulator.limits import check_ack, check_home, check_message, check_options, check_view
from tests.unit.simulator.block_figures import BLOCK_FIGURES, Build
from tests.unit.simulator.element_figures import ELEMENT_FIGURES
from tests.unit.simulator.slack_samples import (
    Json,
    full_message,
    full_modal,
    home,
    modal,
    options,
    section,
)

FIGURES = BLOCK_FIGURES | ELEMENT_FIGURES
# Here slackblocks knows larger figures than Slack's own pages, or pages say "under".
STRICTER = {
    "data_table rows",
    "data_table text",
    "pie segments",
    "series",
    "video title",
    "video author",
}


@pytest.mark.parametrize(("figure", "build", "_name"), FIGURES.values(), ids=FIGURES)
def test_a_limit_holds_at_its_figure_and_not_one_past_it(figure: int, build: Build, _name: str):
    assert build(figure) == []
    found = build(figure + 1)
    assert found
    assert all(str(figure) in problem.reason for problem in found)


@pytest.mark.parametrize("label", [label for label, row in FIGURES.items() if row[2]])
def test_figures_agree_with_slackblocks_or_are_stricter(label: str):
    figure, _, name = FIGURES[label]
    theirs = [
        getattr(published, f"{name}_{end}")
        for end in ("MAX_LENGTH", "MAX_ITEMS", "MAX")
        if hasattr(published, f"{name}_{end}")
    ]
    assert len(theirs) == 1
    assert figure < theirs[0] if label in STRICTER else figure == theirs[0]


GOOD_MESSAGES: dict[str, Json] = {
    "every block": full_message(),
    "text alone": {"text": "x"},
    "fields of the call": {"channel": "C1", "text": "x", "thread_ts": "1.2", "mrkdwn": True},
    "null is left out": {"text": "x", "blocks": None, "attachments": None},
    "blocks with an empty text": {"text": "", "blocks": [section()]},
    "an update that clears": {"text": "x", "blocks": [], "attachments": []},
    "an update that takes its metadata off": {"text": "x", "metadata": {}},
    "a deletion": {"delete_original": True},
    "a file": {"file_ids": ["F1"]},
    "a Work Object": {"text": "x", "metadata": {"entities": [{}]}},
}


@pytest.mark.parametrize("message", GOOD_MESSAGES.values(), ids=GOOD_MESSAGES)
def test_a_good_message_has_no_problems(message: Json):
    assert check_message(message) == []


def test_a_modal_may_carry_every_input_and_home_as_well():
    view = full_modal()
    assert check_view(view) == []
    files = {"alert", "file_input", "channels_select"}
    blocks = [
        block
        for block in view["blocks"]
        if not files & {block["type"], block.get("element", {}).get("type")}
    ]
    assert check_home(home(*blocks)) == []


def test_characters_are_code_points():
    assert check_message({"blocks": [section("🦊" * 3000)]}) == []


def test_options_may_be_none_at_all_or_grouped():
    assert check_options({"options": []}) == []
    group = {"label": {"type": "plain_text", "text": "x"}, "options": options(2)}
    assert check_options({"option_groups": [group]}) == []


GOOD_ACKS = [
    ("view_submission", None),
    ("view_submission", ""),
    ("view_submission", {}),
    ("view_submission", {"response_action": "clear"}),
    ("view_submission", {"response_action": "update", "view": modal()}),
    ("view_submission", {"response_action": "push", "view": modal()}),
    ("view_submission", {"response_action": "errors", "errors": {"plain_text_input": "No."}}),
    ("block_actions", None),
    ("command", {"response_type": "in_channel", "text": "x"}),
    ("command", "x"),
    ("block_suggestion", {"options": options(1)}),
]


@pytest.mark.parametrize(("kind", "answer"), GOOD_ACKS)
def test_a_good_acknowledgement_has_no_problems(kind, answer):
    assert check_ack(kind, answer, full_modal()) == []


def test_what_slackblocks_builds_is_good():
    """A second opinion on names and shapes: objects made by a library that knows Slack's."""

    def words(text: str) -> slackblocks.Text:
        return slackblocks.Text(text, type_=slackblocks.TextType.PLAINTEXT)

    choice = slackblocks.Option(text=words("o"), value="v")
    select = slackblocks.StaticSelectMenu(
        action_id="s", placeholder=words("p"), options=[choice], initial_option=choice
    )
    confirm = slackblocks.ConfirmationDialogue(title="t", text=words("x"), confirm="y", deny="n")
    points = [slackblocks.DataPoint("Jan", 1), slackblocks.DataPoint("Feb", 2)]
    line = slackblocks.LineChart(
        [slackblocks.DataSeries("new", points)], slackblocks.AxisConfig(["Jan", "Feb"])
    )
    built = slackblocks.Message(
        channel="C1",
        blocks=[
            slackblocks.SectionBlock("x", accessory=slackblocks.Button("b", "a", confirm=confirm)),
            slackblocks.ActionsBlock([select, slackblocks.DatePicker("d")]),
            slackblocks.ContextBlock([slackblocks.Text("x")]),
            slackblocks.HeaderBlock("x"),
            slackblocks.RichTextBlock(slackblocks.RichTextSection([slackblocks.RichText("x")])),
            slackblocks.DataTableBlock(
                [[slackblocks.RawText("h")], [slackblocks.RawNumber(1, "1")]], caption="c"
            ),
            slackblocks.DataVisualizationBlock("x", line),
            slackblocks.ContainerBlock([slackblocks.DividerBlock()], title="x"),
            slackblocks.PlanBlock("x", [slackblocks.TaskCardBlock("1", "x", status="pending")]),
            slackblocks.ContextActionsBlock([slackblocks.IconButton("x", action_id="i")]),
        ],
    )
    assert check_message(built.to_dict()) == []
