"""Modals in a real browser: every kind of input, problems in place, the stack, and a silent app."""

from pathlib import Path

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def pick(desk, action_id, typed, name):
    await desk.action(action_id).click()
    await desk.action(action_id).press_sequentially(typed)
    await desk.page.get_by_role("option", name=name).click()


async def fill_required(desk, title="A title"):
    await desk.action("title").fill(title)
    await pick(desk, "client", "acm", "Acme Industries")
    await pick(desk, "priority", "", "High")


async def save(desk):
    await desk.page.get_by_test_id("modal-submit").click()


async def saved(desk):
    """What the app got, by action id, once the modal is gone."""
    await save(desk)
    await expect(desk.page.get_by_test_id("modal")).to_have_count(0)
    return {name: row[name] for name, row in desk.peer.submitted[0].items() if name in row}


async def test_what_is_typed_arrives_as_slack_sends_it(desk):
    await desk.form()
    await fill_required(desk)
    await desk.action("story").fill("Line one\nline two")
    await desk.action("email").fill("anna@agency.example")
    await desk.action("url").fill("https://example.com/a")
    await desk.action("number").fill("2.5")
    await desk.action("rich").fill("*Bold* words\n- a point")
    held = await saved(desk)
    assert held["title"] == {"type": "plain_text_input", "value": "A title"}
    assert held["story"]["value"] == "Line one\nline two"
    assert held["email"]["value"] == "anna@agency.example"
    assert held["url"]["value"] == "https://example.com/a"
    assert held["number"]["value"] == "2.5"
    first, second = held["rich"]["rich_text_value"]["elements"]
    assert first["elements"][0] == {"type": "text", "text": "Bold", "style": {"bold": True}}
    assert second["type"] == "rich_text_list"


async def test_what_is_picked_arrives_as_slack_sends_it(desk):
    await desk.form()
    await fill_required(desk)
    await pick(desk, "clients", "glob", "Globex")
    await pick(desk, "clients", "init", "Initech")
    await desk.page.keyboard.press("Escape")
    await pick(desk, "tags", "lo", "Low")
    await desk.page.keyboard.press("Escape")
    await pick(desk, "owner", "ben", "Ben Okafor")
    await pick(desk, "team", "car", "Carla Rossi")
    await desk.page.keyboard.press("Escape")
    await pick(desk, "where", "ops", "#ops")
    await pick(desk, "channel", "rand", "#random")
    await desk.action("checks").get_by_role("checkbox", name="Low").check()
    await desk.action("kind").get_by_role("radio", name="High").check()
    held = await saved(desk)
    assert held["client"]["selected_option"]["value"] == "acme industries"
    assert values(held["clients"]) == ["globex", "initech"]
    assert held["priority"]["selected_option"]["value"] == "high"
    assert values(held["tags"]) == ["low"]
    assert held["owner"]["selected_user"] == "U0BEN"
    assert held["team"]["selected_users"] == ["U0CARLA"]
    assert held["where"]["selected_conversation"] == "C0OPS"
    assert held["channel"]["selected_channel"] == "C0RANDOM"
    assert values(held["checks"]) == ["low"]
    assert held["kind"]["selected_option"]["value"] == "high"


def values(state):
    return [row["value"] for row in state["selected_options"]]


async def test_moments_and_files_arrive_as_slack_sends_them(desk, tmp_path: Path):
    (tmp_path / "plan.txt").write_text("a plan")
    await desk.form()
    await fill_required(desk)
    await desk.action("day").fill("2026-12-01")
    await desk.action("time").fill("14:05")
    await desk.action("moment").fill("2026-12-01T09:00")
    await desk.action("files").set_input_files(tmp_path / "plan.txt")
    await expect(desk.page.locator(".files-picked")).to_contain_text("plan.txt")
    held = await saved(desk)
    assert held["day"]["selected_date"] == "2026-12-01"
    assert held["time"]["selected_time"] == "14:05"
    nine_in_berlin = 1796112000  # the browser itself is in Tokyo
    assert held["moment"]["selected_date_time"] == nine_in_berlin
    assert held["files"]["files"][0]["name"] == "plan.txt"


async def test_what_is_missing_is_said_under_the_field(desk):
    await desk.form()
    await desk.action("email").fill("nobody")
    await save(desk)
    blocks = desk.page.get_by_test_id("modal-blocks")
    for name in ("title", "client", "priority"):
        field = blocks.locator(f'[data-block-id="{name}"]')
        await expect(field.get_by_test_id("field-error")).to_contain_text("required")
    await expect(blocks.locator('[data-block-id="email"]')).to_contain_text("valid email")
    await expect(desk.action("title")).to_be_focused()
    await desk.action("title").press_sequentially("Now there is one")
    await expect(blocks.locator('[data-block-id="title"] .problem')).to_have_count(0)
    assert desk.peer.submitted == []


async def test_the_apps_errors_come_back_in_place_and_nothing_typed_is_lost(desk):
    await desk.form()
    await fill_required(desk, "taken")
    await desk.action("story").fill("A long story")
    await save(desk)
    field = desk.page.locator('[data-block-id="title"]')
    await expect(field.get_by_test_id("field-error")).to_have_text("This title is taken.")
    await expect(desk.action("title")).to_have_attribute("aria-invalid", "true")
    await expect(desk.action("story")).to_have_value("A long story")
    await expect(desk.action("client")).to_have_value("Acme Industries")
    await desk.action("title").fill("free")
    await save(desk)
    await expect(desk.page.get_by_test_id("modal")).to_have_count(0)
    assert desk.peer.submitted[0]["story"]["story"]["value"] == "A long story"


async def test_an_external_select_asks_the_app_as_one_types(desk):
    await desk.form()
    await desk.action("client").click()
    await expect(desk.page.get_by_text("Type 1 or more characters")).to_be_visible()
    await desk.action("client").press_sequentially("wo")
    await expect(desk.page.get_by_role("option")).to_have_text(["Wonka"])
    await desk.action("client").fill("zzz")
    await expect(desk.page.get_by_text("No results")).to_be_visible()
    await desk.action("client").fill("umb")
    await expect(desk.page.get_by_role("option")).to_have_text(["Umbrella"])
    await desk.page.keyboard.press("Enter")
    await expect(desk.action("client")).to_have_value("Umbrella")
    await expect(desk.page.get_by_test_id("modal")).to_be_visible()


async def test_a_pushed_view_returns_to_what_was_typed(desk):
    await desk.form()
    await desk.action("title").fill("Kept")
    await desk.action("go_on").click()
    await expect(desk.page.get_by_test_id("modal-title")).to_have_text("One more thing")
    await desk.page.get_by_test_id("modal-back").click()
    await expect(desk.page.get_by_test_id("modal-title")).to_have_text("Every input")
    await expect(desk.action("title")).to_have_value("Kept")
    await desk.action("go_on").click()
    await desk.action("reason").fill("Because")
    await desk.action("reason").press("Enter")
    await expect(desk.page.get_by_test_id("modal")).to_have_count(0)
    assert desk.peer.submitted[0]["reason"]["reason"]["value"] == "Because"


async def test_news_while_a_form_is_open_disturb_nothing(desk):
    await desk.form()
    await desk.action("title").press_sequentially("half ")
    await desk.do("act", as_="U0BEN", channel="C0OPS", text="News")
    await expect(desk.page.get_by_test_id("message")).to_have_count(1)
    await desk.page.keyboard.type("typed")
    await expect(desk.action("title")).to_have_value("half typed")


async def test_escape_closes_and_gives_the_focus_back(desk):
    await desk.form()
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_test_id("modal")).to_have_count(0)
    await expect(desk.page.get_by_test_id("composer")).to_be_focused()


async def test_a_silent_app_gets_slacks_own_banner(desk):
    await desk.form()
    await fill_required(desk)
    desk.ws.post.http.url = "http://127.0.0.1:1/nobody"
    await save(desk)
    await expect(desk.page.get_by_test_id("modal-error")).to_contain_text("trouble connecting")
    await expect(desk.action("title")).to_have_value("A title")
    await expect(desk.page.get_by_test_id("modal-submit")).not_to_have_attribute(
        "aria-busy", "true"
    )


async def test_a_view_that_was_loading_is_filled_under_the_eyes(desk):
    await desk.open("U0ANNA", "C0OPS")
    await desk.page.get_by_test_id("composer").fill("/slow ")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.get_by_test_id("modal-blocks")).to_contain_text("⏳ One moment …")
    desk.peer.go_on.set()
    await expect(desk.action("title")).to_be_focused()
    await expect(desk.page.get_by_test_id("modal-submit")).to_have_text("Save")


async def test_an_update_by_the_app_keeps_what_was_entered(desk):
    await desk.form()
    await fill_required(desk, "Kept")
    await desk.action("refresh").click()
    await expect(desk.page.get_by_test_id("modal-blocks")).to_contain_text("Refreshed.")
    await expect(desk.action("title")).to_have_value("Kept")
    await expect(desk.action("client")).to_have_value("Acme Industries")
    await expect(desk.action("priority")).to_have_value("High")
    assert desk.peer.entered["title"]["title"]["value"] == "Kept"
