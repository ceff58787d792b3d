"""The README's pictures, by `python -m tests.browser.screenshots FOLDER` from a demo of its own.

It is no test: it refuses to go on when the page does not show what a picture is for.
"""

import asyncio
import os
import re
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.browser.chromium import FLAGS, NO_CHROMIUM, chromium
from tests.browser.screen import Screen

ROOT = Path(__file__).parents[2]
SIZE = {"width": 1280, "height": 800}
SCALE = 1.5
PATIENCE_MS = 60_000  # ninety days of history are on the page, and the demo keeps Slack's pace
READY = re.compile(rb"http://127\.0\.0\.1:\d+")
CARLA, DANA = "U0CARLA", "U0DANA"
GENERAL, OPS, SUPPORT = "C0GENERAL", "C0OPS", "C0SUPPORT"


async def snapshot(screen: Screen) -> None:
    await screen.open(DANA, OPS)
    report = screen.message("Daily snapshot")
    of_today = str(await report.get_attribute("data-ts"))
    await screen.next_morning()
    await expect(report).not_to_have_attribute("data-ts", of_today)
    await expect(report).to_contain_text("Active clients")
    await screen.from_the_top(report)


async def home(screen: Screen) -> None:
    await screen.open(CARLA, GENERAL)
    await expect(await screen.open_home()).to_contain_text("My open tickets")


async def client_card(screen: Screen) -> None:
    await screen.open(CARLA, SUPPORT)
    await screen.type("/client status acme")
    await expect(screen.message("Only visible to you")).to_contain_text("ACME")


async def intake_modal(screen: Screen) -> None:
    await screen.open(CARLA, SUPPORT)
    await screen.type("/ticket acme client can't log in: payload rejected priority=critical")
    await expect(screen.field("Client")).to_have_value("ACME Incorporated (ACME)")
    await screen.field("What happened?").fill(
        "Since 07:40 every login ends in “payload rejected”, in all browsers.\n"
        "Nothing was changed on their side."
    )


async def alerts_channel(screen: Screen) -> None:
    """Goes on from the filled form."""
    await screen.submit()
    await expect(screen.modal).to_contain_text("Logged ACME-")
    await screen.close_modal()
    await screen.go("#alerts")
    await expect(screen.message("payload rejected")).to_contain_text("First answer")


async def escalation(screen: Screen) -> None:
    """Ten hours later nobody has answered, nor acknowledged: it has reached the second level."""
    for _ in range(10):
        await screen.an_hour_on()
    await screen.act_as(DANA)
    await screen.open_app_messages()
    await expect(screen.message("payload rejected", "is unanswered")).to_contain_text(
        "You are told as operations manager."
    )


PICTURES = {
    "daily-snapshot": snapshot,
    "home": home,
    "client-card": client_card,
    "intake-modal": intake_modal,
    "alerts-channel": alerts_channel,
    "escalation": escalation,
}


async def take(folder: Path) -> None:
    """One story, in order; each picture is what the page shows at that point."""
    path = chromium()
    if path is None:
        raise SystemExit(NO_CHROMIUM)
    expect.set_options(timeout=PATIENCE_MS)
    async with demo() as url, async_playwright() as driver:
        driver.selectors.set_test_id_attribute("data-test")
        browser = await driver.chromium.launch(executable_path=path, args=[*FLAGS])
        page = await browser.new_page(viewport=SIZE, device_scale_factor=SCALE, locale="en-US")
        page.set_default_timeout(PATIENCE_MS)
        screen = Screen(page, url)
        for name, show in PICTURES.items():
            await show(screen)
            await page.mouse.move(1, 1)  # nobody points at anything
            picture = folder / f"{name}.png"
            await page.screenshot(path=picture, animations="disabled", caret="hide")
            print(f"{picture}  {picture.stat().st_size // 1024} kB")  # noqa: T201 - a command
        await browser.close()


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """The demo on a free port with its files in a place of its own; its URL once it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(port)),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            yield await _address(process)
        finally:
            process.send_signal(signal.SIGINT)
            await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := READY.search(line):
            return found.group().decode()
    raise SystemExit("The demo did not start; its own words are above.")


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(into))
