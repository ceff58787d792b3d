"""What the product is for, done by people in a browser: clients and tickets."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Product
from tests.scenario.office import ACME, ANNA, CARLA, GENERAL, OUTSIDER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TYPED = "client can't log in: payload rejected"


async def test_a_client_is_created_and_answers_at_once(product: Product) -> None:
    screen = product.screen
    await screen.open(ANNA, GENERAL)
    await screen.hook("composer").press_sequentially("/cli")
    await expect(screen.hook("completion")).to_contain_text("How a client is")
    await screen.type("/client new")
    await screen.field("Name").fill("ACME Incorporated")
    await screen.field("Code").fill("ACME")
    await screen.choose("Status", "", "Active")
    await screen.choose("Account manager", "anna", "Anna Becker")
    await screen.choose("Channel shared with the client", "acme", "client-acme")
    await screen.submit()
    await expect(screen.modal).to_contain_text("ACME Incorporated (ACME) is created.")
    await screen.close_modal()
    await screen.type("/client status acme")
    card = screen.message("ACME Incorporated (ACME)")
    for fact in ("Only visible to you", "Active", "none, all quiet", "#client-acme"):
        await expect(card).to_contain_text(fact)
    await expect(card).to_contain_text("account manager: @Anna Becker")
    await screen.act_as(CARLA)
    await screen.go("#general")
    await expect(screen.hook("message")).to_have_count(0)


async def test_a_refused_code_is_told_in_its_place(product: Product) -> None:
    screen = product.screen
    await product.office.client("ACME")
    await screen.open(ANNA, GENERAL)
    await screen.type("/client new")
    await screen.field("Name").fill("Acme & Sons <GmbH>")
    await screen.field("Code").fill("acme")
    await screen.field("Notes").fill("First line\nsecond line")
    await screen.submit()
    await expect(screen.hook("field-error")).to_have_count(1)
    await expect(screen.hook("field-error")).to_contain_text("“acme” is taken")
    await expect(screen.field("Name")).to_have_value("Acme & Sons <GmbH>")
    await expect(screen.field("Notes")).to_have_value("First line\nsecond line")
    await screen.field("Code").fill("SONS")
    await screen.submit()
    await expect(screen.modal).to_contain_text("Acme & Sons <GmbH> (SONS) is created.")


async def test_a_typed_request_becomes_a_ticket_with_both_deadlines(product: Product) -> None:
    screen = product.screen
    await product.office.client("ACME", name="ACME Incorporated")
    await screen.open(CARLA, GENERAL)
    await screen.type(f"/ticket acme {TYPED}")
    await expect(screen.field("Client")).to_have_value("ACME Incorporated (ACME)")
    await expect(screen.field("Title")).to_have_value(TYPED)
    await screen.field("What happened?").fill("Since this morning")
    await screen.choose("Priority", "", "Critical")
    await screen.submit()
    await expect(screen.modal).to_contain_text(f"Logged ACME-1 for ACME Incorporated: {TYPED}")
    await expect(screen.modal).to_contain_text("due today at 14:00")
    await screen.close_modal()
    await screen.go("#alerts")
    card = screen.message("ACME-1")
    for fact in (TYPED, "Since this morning", "due today at 14:00", "due today at 18:00"):
        await expect(card).to_contain_text(fact)


async def test_a_clients_message_becomes_a_ticket_and_is_worked_off(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("ACME", client_channel=ACME)
    await office.says(OUTSIDER, "Nobody can log in & <nothing> works", ACME)
    await screen.open(CARLA, ACME)
    await screen.menu(screen.message("Nobody can log in"), "ticket.log_message")
    await expect(screen.field("Client")).to_have_value("Acme Incorporated (ACME)")
    await expect(screen.field("Title")).to_have_value("Nobody can log in & <nothing> works")
    await screen.submit()
    await expect(screen.modal).to_contain_text("Logged ACME-1")
    await screen.close_modal()
    await screen.go("#alerts")
    card = screen.message("ACME-1")
    await expect(card).to_contain_text("a message in #client-acme")
    await screen.press(card, "Take it")
    await expect(card).to_contain_text("in progress")
    await expect(card.get_by_role("button", name="Take it")).to_have_count(0)
    await screen.press(card, "Mark as answered")
    await expect(card).to_contain_text("✅ today at 10:00 by Carla Rossi")
    await screen.press(card, "Close")
    await screen.submit()
    await expect(screen.hook("field-error")).to_have_count(1)
    await screen.field("How was it resolved?").fill("Session store restarted")
    await screen.submit()
    await expect(screen.modal).to_have_count(0)
    await expect(card).to_contain_text("Closed: Session store restarted")
    await expect(card.get_by_role("button", name="Close")).to_have_count(0)
    await expect(screen.hook("message").filter(has_text="ACME-1")).to_have_count(1)


async def test_the_same_message_is_logged_once(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("ACME", client_channel=ACME)
    ts = await office.says(OUTSIDER, "Nobody can log in", ACME)
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA)
    await screen.open(ANNA, ACME)
    await screen.menu(screen.message("Nobody can log in"), "ticket.log_message")
    await expect(screen.modal).to_contain_text("ACME-1 Nobody can log in")
    await expect(screen.hook("modal-submit")).to_have_count(0)
