"""The page as a person uses it: every promise is kept in a real browser."""

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
OPS = "C0OPS"


async def test_a_typed_message_appears_with_its_marks(desk):
    await desk.open("U0ANNA", OPS)
    composer = desk.page.get_by_test_id("composer")
    await composer.fill("*Bold* & <b>not</b> :tada:")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("second line")
    await composer.press("Enter")
    message = desk.page.get_by_test_id("message").last
    await expect(message.locator("strong")).to_have_text("Bold")
    await expect(message).to_contain_text("& <b>not</b> 🎉")
    await expect(message).to_contain_text("second line")
    await expect(message).to_contain_text("09:30")
    await expect(composer).to_have_value("")


async def test_a_mention_is_picked_from_the_list(desk):
    await desk.open("U0ANNA", OPS)
    composer = desk.page.get_by_test_id("composer")
    await composer.press_sequentially("Hi @ben")
    await composer.press("Tab")
    await expect(composer).to_have_value("Hi @Ben Okafor ")
    await composer.press("Enter")
    await expect(desk.page.locator(".message .mention")).to_have_text("@Ben Okafor")
    assert desk.ws.state.channels[OPS].messages[-1].body["text"] == "Hi <@U0BEN>"


async def test_commands_are_offered_with_the_manifests_hints(desk):
    await desk.open("U0ANNA", OPS)
    composer = desk.page.get_by_test_id("composer")
    await composer.press_sequentially("/")
    offers = desk.page.get_by_test_id("completion")
    await expect(offers).to_contain_text("/gallery [block]")
    await expect(offers).to_contain_text("Shows every block")
    await composer.press_sequentially("fo")
    await composer.press("Tab")
    await expect(composer).to_have_value("/form ")
    await expect(desk.page.get_by_test_id("usage-hint")).to_contain_text("[title]")
    await expect(offers).to_be_hidden()


async def test_a_command_that_fails_comes_back_with_the_reason(desk):
    await desk.open("U0ANNA", OPS)
    composer = desk.page.get_by_test_id("composer")
    await composer.fill("/nonsense here")
    await composer.press("Enter")
    await expect(desk.page.get_by_test_id("composer-notice")).to_contain_text("/nonsense")
    await expect(composer).to_have_value("/nonsense here")


async def test_every_block_is_drawn(desk):
    await desk.open("U0ANNA", OPS)
    await desk.do("act", as_="U0ANNA", channel=OPS, text="/gallery")
    message = desk.page.get_by_test_id("message").last
    for name in ("header", "section", "divider", "actions", "context", "rich_text", "markdown"):
        await expect(message.get_by_test_id(f"block:{name}").first).to_be_attached()
    for name in ("table", "data_table", "data_visualization", "container", "card", "carousel"):
        await expect(message.get_by_test_id(f"block:{name}").first).to_be_attached()
    await expect(message.locator(".unknown-block")).to_have_count(0)
    await expect(message.get_by_role("img", name="Hours per month. Acme: Jun 3")).to_be_visible()
    await expect(message.get_by_text("<b>", exact=False).first).to_be_visible()
    assert not desk.ws.problems


async def test_a_data_table_is_sorted_filtered_and_paged(desk):
    await desk.open("U0ANNA", OPS)
    await desk.do("act", as_="U0ANNA", channel=OPS, text="/gallery data_table")
    table = desk.page.get_by_test_id("block:data_table")
    await table.get_by_role("button", name="Tickets").click()
    await table.get_by_role("button", name="Tickets").click()
    await expect(table.locator("tbody tr").first).to_contain_text("Cyberdyne")
    await table.get_by_role("button", name="Next page").click()
    await expect(table).to_contain_text("2 of 3")
    await table.get_by_role("searchbox").fill("wonka")
    await expect(table.locator("tbody tr")).to_have_count(1)


async def test_a_press_waits_for_its_confirmation(desk):
    await desk.open("U0ANNA", OPS)
    await desk.do("act", as_="U0ANNA", channel=OPS, text="/gallery")
    await desk.action("bad").click()
    await desk.page.get_by_test_id("confirm-no").click()
    await desk.action("bad").click()
    await desk.page.get_by_test_id("confirm-yes").click()
    await desk.action("menu").click()
    await desk.page.get_by_role("menuitem", name="Archive").click()
    await expect(desk.page.get_by_test_id("menu")).to_have_count(0)
    first, second = await desk.peer.presses(2)
    assert (first["action_id"], second["action_id"]) == ("bad", "menu")
    assert second["selected_option"]["value"] == "archive"


async def test_picks_in_a_message_reach_the_app_when_they_are_made(desk):
    await desk.open("U0ANNA", OPS)
    await desk.do("act", as_="U0ANNA", channel=OPS, text="/gallery actions")
    await desk.action("pick").click()
    await desk.page.get_by_role("option", name="Low").click()
    await desk.action("who").fill("dana")
    await desk.page.keyboard.press("Enter")
    await desk.action("ticks").get_by_role("checkbox", name="High").check()
    await desk.action("one_of").get_by_role("radio", name="Low").check()
    await desk.action("due").press_sequentially("12252026")
    await desk.action("due").press("Enter")
    made = {row["action_id"]: row for row in await desk.peer.presses(5)}
    assert made["pick"]["selected_option"]["value"] == "low"
    assert made["who"]["selected_user"] == "U0DANA"
    assert [row["value"] for row in made["ticks"]["selected_options"]] == ["high"]
    assert made["one_of"]["selected_option"]["value"] == "low"
    assert made["due"]["selected_date"] == "2026-12-25"
    assert len(desk.peer.pressed) == len(made)
    await expect(desk.action("pick")).to_have_value("Low")


async def test_reactions_are_counted_and_taken_back(desk):
    ts = (await desk.do("act", as_="U0BEN", channel=OPS, text="Look"))["ts"]
    await desk.do("react", as_="U0BEN", channel=OPS, ts=ts, name="eyes")
    await desk.open("U0ANNA", OPS)
    eyes = desk.page.get_by_test_id("reaction:eyes")
    await expect(eyes).to_contain_text("1")
    await eyes.click()
    await expect(eyes).to_contain_text("2")
    await expect(eyes).to_have_attribute("aria-pressed", "true")
    await eyes.click()
    await expect(eyes).to_contain_text("1")
    await desk.page.get_by_test_id("message").hover()
    await desk.page.get_by_test_id("add-reaction").click()
    await desk.page.get_by_test_id("emoji-search").fill("ticket")
    await desk.page.get_by_test_id("emoji:ticket").click()
    await expect(desk.page.get_by_test_id("reaction:ticket")).to_be_visible()


async def test_a_thread_opens_beside_the_channel(desk):
    await desk.do("act", as_="U0BEN", channel=OPS, text="Question")
    await desk.open("U0ANNA", OPS)
    await desk.page.get_by_test_id("message").hover()
    await desk.page.get_by_test_id("reply").click()
    await desk.page.get_by_test_id("thread-composer").fill("Answer")
    await desk.page.get_by_test_id("thread-composer").press("Enter")
    thread = desk.page.get_by_test_id("thread-messages")
    await expect(thread.get_by_test_id("message")).to_have_count(2)
    await expect(desk.page.get_by_test_id("thread-summary")).to_contain_text("1 reply")
    await thread.press("Escape")
    await expect(thread).to_have_count(0)
    await desk.page.get_by_test_id("thread-summary").click()
    await expect(thread).to_contain_text("Answer")


async def test_a_message_shortcut_answers_that_person_only(desk):
    await desk.do("act", as_="U0BEN", channel=OPS, text="Remember this")
    await desk.open("U0ANNA", OPS)
    await desk.page.get_by_test_id("message").hover()
    await desk.page.get_by_test_id("more").click()
    await desk.page.get_by_test_id("shortcut:keep").click()
    whisper = desk.page.locator('[data-ephemeral="true"]')
    await expect(whisper).to_contain_text("Only visible to you")
    await expect(whisper).to_contain_text("Kept: Remember this")
    await switch(desk, "U0BEN")
    await expect(desk.page.get_by_test_id("message")).to_have_count(1)


async def switch(desk, person):
    await desk.page.get_by_test_id("act-as").click()
    await desk.page.get_by_test_id(f"act-as:{person}").click()
    await expect(desk.page.get_by_test_id("act-as")).to_have_attribute("data-user", person)


async def test_acting_as_an_outsider_shows_what_they_see(desk):
    await desk.do("act", as_="U0ANNA", channel="C0ACME", text="Welcome")
    await desk.open("U0ANNA", "C0ACME")
    await expect(desk.page.get_by_test_id("external")).to_be_visible()
    await switch(desk, "U0OLAF")
    await expect(desk.page.get_by_test_id("channel:#client-acme")).to_be_visible()
    await expect(desk.page.get_by_test_id("channel:#ops")).to_have_count(0)
    await expect(desk.page.get_by_test_id("message")).to_contain_text("Welcome")
    await desk.page.get_by_test_id("composer").fill("/")
    await expect(desk.page.get_by_test_id("completion")).to_be_hidden()
    await expect(desk.page.get_by_test_id("shortcuts")).to_have_count(0)


async def test_unread_messages_are_counted_until_they_are_read(desk):
    await desk.open("U0ANNA", OPS)
    await desk.do("act", as_="U0BEN", channel="C0SUPPORT", text="One")
    await desk.do("act", as_="U0BEN", channel="C0SUPPORT", text="Two")
    support = desk.page.get_by_test_id("channel:#support")
    await expect(support).to_contain_text("2 unread")
    await support.click()
    await expect(desk.page.get_by_test_id("message")).to_have_count(2)
    await expect(support).not_to_contain_text("unread")


async def test_the_home_is_drawn_and_its_buttons_work(desk):
    await desk.open("U0ANNA", OPS)
    await desk.page.get_by_test_id("home").click()
    home = desk.page.get_by_test_id("home-view")
    await expect(home).to_contain_text("Pressed 0 times")
    await desk.action("count").click()
    await expect(home).to_contain_text("Pressed 1 times")
    await desk.page.get_by_test_id("tab-messages").click()
    await expect(desk.page.get_by_test_id("composer")).to_be_visible()


async def test_the_clock_moves_and_says_so(desk):
    await desk.open("U0ANNA", OPS)
    clock = desk.page.get_by_test_id("clock")
    await expect(clock).to_contain_text("Fri, 20 Nov 2026")
    await expect(clock).to_contain_text("09:30")
    await desk.page.get_by_test_id("clock-hour").click()
    await expect(clock).to_contain_text("10:30")
    await desk.page.get_by_test_id("clock-next").click()
    await expect(clock).to_contain_text("Mon, 23 Nov 2026")
    await expect(clock).to_contain_text("08:00")


async def test_what_is_being_typed_survives_news_and_looking_elsewhere(desk):
    await desk.open("U0ANNA", OPS)
    composer = desk.page.get_by_test_id("composer")
    await composer.press_sequentially("half a ")
    await desk.do("act", as_="U0BEN", channel=OPS, text="News")
    await expect(desk.page.get_by_test_id("message")).to_have_count(1)
    await composer.press_sequentially("thought")
    await desk.page.get_by_test_id("channel:#random").click()
    await expect(composer).to_have_value("")
    await desk.page.get_by_test_id("channel:#ops").click()
    await expect(composer).to_have_value("half a thought")


async def test_people_edit_and_delete_what_they_wrote(desk):
    await desk.do("act", as_="U0ANNA", channel=OPS, text="Frist")
    await desk.open("U0ANNA", OPS)
    message = desk.page.get_by_test_id("message")
    await message.hover()
    await desk.page.get_by_test_id("more").click()
    await desk.page.get_by_test_id("edit-message").click()
    await desk.page.get_by_test_id("edit-text").fill("First")
    await desk.page.get_by_test_id("edit-save").click()
    await expect(message).to_contain_text("First (edited)")
    await message.hover()
    await desk.page.get_by_test_id("more").click()
    await desk.page.get_by_test_id("delete-message").click()
    await desk.page.get_by_test_id("confirm-yes").click()
    await expect(message).to_have_count(0)


async def test_messages_are_reached_by_keyboard(desk):
    await desk.do("act", as_="U0BEN", channel=OPS, text="One")
    await desk.do("act", as_="U0CARLA", channel=OPS, text="Two")
    await desk.open("U0ANNA", OPS)
    await desk.page.get_by_test_id("messages").focus()
    await desk.page.keyboard.press("ArrowUp")
    await desk.page.keyboard.press("ArrowUp")
    await expect(desk.page.get_by_test_id("message").first).to_be_focused()
    await desk.page.keyboard.press("Tab")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.get_by_test_id("reaction:white_check_mark")).to_be_visible()


async def test_the_inspector_shows_what_the_app_was_sent_and_what_was_refused(desk):
    await desk.open("U0ANNA", OPS)
    await desk.page.get_by_test_id("inspector").click()
    await desk.do("act", as_="U0ANNA", channel=OPS, text="/gallery header")
    await expect(desk.page.get_by_test_id("deliveries")).to_contain_text("/gallery")
    desk.ws.refuse("chat.postMessage", ["/blocks/0: too long"], {"blocks": []})
    await desk.do("act", as_="U0BEN", channel=OPS, text="Anything")
    await expect(desk.page.get_by_test_id("deliveries")).to_contain_text("chat.postMessage")
