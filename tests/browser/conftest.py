"""A real browser before a running workspace with a small app behind it."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import page_peer
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from simulator.server import Workspace, serve
from tests.browser.chromium import FLAGS, NO_CHROMIUM, chromium
from tests.browser.screen import Screen
from tests.scenario.office import Office, open_office

FRIDAY = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
PATIENCE_MS = 8000


@dataclass(slots=True)
class Desk:
    """One page, the workspace it shows, and the app behind it."""

    page: Page
    ws: Workspace
    peer: page_peer.Peer
    errors: list[str]

    async def open(self, person: str, channel: str | None = None, **more: str) -> None:
        query = {"as": person, **({"channel": channel} if channel else {}), **more}
        address = "&".join(f"{key}={value}" for key, value in query.items())
        await self.page.goto(f"{self.ws.url}/?{address}")
        await self.page.wait_for_selector("[data-ready]")

    async def do(self, call: str, **body: Any) -> dict[str, Any]:
        """The demo control, as somebody else would use it meanwhile."""
        body = {key.rstrip("_"): value for key, value in body.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.ws.url}/_demo/{call}", json=body) as answer,
        ):
            return await answer.json()

    async def form(self) -> None:
        """Anna has the form with every input open."""
        await self.open("U0ANNA", "C0OPS")
        await self.page.get_by_test_id("composer").fill("/form ")
        await self.page.keyboard.press("Enter")
        await self.page.get_by_test_id("modal").wait_for()

    def action(self, action_id: str) -> Any:
        return self.page.locator(f'[data-action-id="{action_id}"]')


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    async with async_playwright() as driver:
        driver.selectors.set_test_id_attribute("data-test")
        browser = await driver.chromium.launch(executable_path=path, args=[*FLAGS])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    async with serve(manifest=page_peer.MANIFEST, now=FRIDAY) as ws:
        secret = ws.state.app.signing_secret
        async with page_peer.running(ws.api_url, ws.team.bot_token, secret) as (peer, url):
            ws.post.http.url = url
            context = await browser.new_context(locale="en-US", timezone_id="Asia/Tokyo")
            context.set_default_timeout(PATIENCE_MS)
            page = await context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            yield Desk(page, ws, peer, errors)
            await context.close()
            assert errors == []


@dataclass(frozen=True, slots=True)
class Product:
    """The whole product: what a person sees, and the office behind it."""

    screen: Screen
    office: Office


@pytest_asyncio.fixture(loop_scope="module")
async def product(browser: Browser, sqlite_template, tmp_path) -> AsyncIterator[Product]:
    """Monday, 10:00 in Berlin; no clients yet. The page is open nowhere, time stands still.

    Unlike in a scenario nobody waits for our app here, so it wakes by itself, as a process does.
    """
    path = shutil.copy(sqlite_template, tmp_path / "product.db")
    async with open_office(f"sqlite+aiosqlite:///{path}") as office:
        office.app.scheduler.start()
        context = await browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield Product(Screen(page, office.ws.url), office)
        await context.close()
        assert errors == []
