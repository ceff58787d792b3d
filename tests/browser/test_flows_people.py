"""Who sees what: a member their Home, a guest one polite line, an outsider nothing."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Product
from tests.scenario.office import ACME, ALERTS, BEN, CARLA, GLOBEX, GUEST, OUTSIDER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

REFUSAL = "Sorry, ClientOps answers members of this workspace only."


async def test_home_shows_my_tickets_and_opens_them(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("ACME")
    await screen.open(CARLA, ALERTS)
    home = await screen.open_home()
    await expect(home).to_contain_text("Nothing is assigned to you.")
    await office.log(BEN, "acme Login fails priority=high")
    [card] = await office.cards()
    await office.press(CARLA, card, "ticket.take", ALERTS)
    await screen.go("#alerts")
    home = await screen.open_home()
    await expect(home).to_contain_text("1 ticket, none overdue")
    await expect(home).to_contain_text("ACME-1 Login fails")
    await home.get_by_role("button", name="Show").click()
    await expect(screen.modal).to_contain_text("Assignee")
    await screen.close_modal()
    await home.get_by_role("button", name="Log a ticket").click()
    await expect(screen.field("Title")).to_be_visible()


async def test_a_guest_gets_one_polite_line(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("GLOBEX", name="Globex Logistics")
    before = await office.contents()
    await screen.open(GUEST, GLOBEX)
    for typed in ("/client status globex", "/ticket globex Let me in", "/report daily"):
        await screen.type(typed)
    await expect(screen.hook("message")).to_have_count(3)
    for answer in await screen.hook("message").all():
        await expect(answer).to_contain_text(REFUSAL)
        await expect(answer).not_to_contain_text("Globex Logistics")
    await expect(screen.modal).to_have_count(0)
    home = await screen.open_home()
    await expect(home).not_to_contain_text("My open tickets")
    assert await office.contents() == before


async def test_a_guest_cannot_log_a_message(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("GLOBEX", client_channel=GLOBEX)
    await office.says(CARLA, "Payments fail", GLOBEX)
    before = await office.contents()
    await screen.open(GUEST, GLOBEX)
    await screen.menu(screen.message("Payments fail"), "ticket.log_message")
    await expect(screen.message(REFUSAL)).to_be_visible()
    await expect(screen.modal).to_have_count(0)
    assert await office.contents() == before


async def test_an_outsider_has_nothing_to_press(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("ACME", client_channel=ACME)
    before = await office.contents()
    await screen.open(OUTSIDER, ACME)
    await screen.hook("composer").press_sequentially("/client status acme")
    await expect(screen.hook("completion")).to_be_hidden()
    await screen.hook("composer").press("Enter")
    await expect(screen.hook("composer-notice")).to_contain_text(
        "people of other workspaces have no commands"
    )
    await expect(screen.hook("message")).to_have_count(0)
    await expect(screen.hook("shortcuts")).to_have_count(0)
    await expect(screen.hook("home")).to_have_count(0)
    await expect(screen.hook("channel:#alerts")).to_have_count(0)
    assert await office.contents() == before
