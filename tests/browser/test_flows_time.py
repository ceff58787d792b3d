"""What happens while time passes, watched in a browser: the daily snapshot and the ladder."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Product
from tests.scenario.office import ALERTS, ANNA, CARLA, DANA, ERIK, OPS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_the_next_morning_brings_one_snapshot(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("ACME")
    await office.log(CARLA, "acme Payments fail priority=high")
    await screen.open(DANA, OPS)
    await expect(screen.hook("message")).to_have_count(0)
    await screen.next_morning()
    await expect(screen.hook("clock")).to_contain_text("Tue, 24 Nov 2026")
    snapshots = screen.hook("message").filter(has_text="Daily snapshot")
    await expect(snapshots).to_have_count(1)
    for fact in ("Tuesday 24 November 2026", "Active clients", "Payments fail"):
        await expect(snapshots).to_contain_text(fact)
    await screen.an_hour_on()
    await expect(snapshots).to_have_count(1)


async def test_an_unanswered_ticket_climbs_until_somebody_has_it(product: Product) -> None:
    screen, office = product.screen, product.office
    await office.client("ACME")
    await office.log(CARLA, "acme All systems down priority=critical")
    await screen.open(ANNA, ALERTS)
    for who, hours in ((ANNA, 4), (DANA, 6), (ERIK, 3)):
        for _ in range(hours):
            await screen.an_hour_on()
        await screen.act_as(who)
        await screen.open_app_messages()
        await expect(screen.message("is unanswered", "You are told as")).to_be_visible()
    mine = screen.message("is unanswered", "You are told as managing director")
    await screen.press(mine, "Acknowledge")
    await acknowledged(product)
    await screen.go("#alerts")
    await acknowledged(product)
    for who in (ANNA, DANA):
        await screen.act_as(who)
        await screen.open_app_messages()
        await acknowledged(product)


async def acknowledged(product: Product) -> None:
    """Every copy here says who has it, and offers nothing to acknowledge."""
    alert = product.screen.message("is unanswered")
    await expect(alert).to_contain_text("Acknowledged by Erik Lund")
    await expect(alert.get_by_role("button", name="Acknowledge")).to_have_count(0)
