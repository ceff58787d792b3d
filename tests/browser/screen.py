"""What a person does at the page: open a place, type, press, fill, act as somebody else, move time.

Every step waits until the page shows what it needs; nothing here sleeps.
"""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, Response, expect


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the local workspace at `url`."""

    page: Page
    url: str

    # Where

    async def open(self, person: str, channel: str) -> None:
        await self.page.goto(f"{self.url}/?as={person}&channel={channel}")
        await self.page.wait_for_selector("[data-ready]")

    async def act_as(self, person: str) -> None:
        await self.hook("act-as").click()
        await self.hook(f"act-as:{person}").click()
        await expect(self.hook("act-as")).to_have_attribute("data-user", person)

    async def go(self, channel: str) -> None:
        """Open a channel by its name, with the #."""
        await self.hook(f"channel:{channel}").click()
        await expect(self.hook("place")).to_have_text(channel.removeprefix("#"))

    async def open_home(self) -> Locator:
        await self.hook("home").click()
        return self.hook("home-view")

    async def open_app_messages(self) -> None:
        """The direct messages with the app."""
        await self.hook("home").click()
        await self.hook("tab-messages").click()

    # What is there

    def hook(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def action(self, action_id: str) -> Locator:
        return self.page.locator(f'[data-action-id="{action_id}"]')

    def message(self, *words: str) -> Locator:
        """The newest message with all of these words in it."""
        found = self.hook("message")
        for word in words:
            found = found.filter(has_text=word)
        return found.last

    @property
    def modal(self) -> Locator:
        return self.hook("modal")

    def field(self, label: str) -> Locator:
        """An input of the open modal, by its label."""
        named = re.compile(rf"^{re.escape(label)}(\s|\(|$)")
        return self.modal.get_by_label(named).first

    # Doing

    async def type(self, text: str) -> None:
        """Into the composer, sent with Enter. Autocomplete does not change what is complete."""
        composer = self.hook("composer")
        await composer.fill(text)
        await composer.press("Enter")

    async def press(self, message: Locator, button: str) -> None:
        await message.get_by_role("button", name=button, exact=True).click()

    async def menu(self, message: Locator, shortcut: str) -> None:
        """An entry of the app in the ⋯ menu of a message."""
        await message.hover()
        await message.get_by_test_id("more").click()
        await self.hook(f"shortcut:{shortcut}").click()

    async def choose(self, label: str, typed: str, option: str) -> None:
        """Pick in a menu of the open modal."""
        await self.field(label).click()
        if typed:
            await self.field(label).press_sequentially(typed)
        await self.page.get_by_role("option", name=option).first.click()

    async def submit(self) -> None:
        await self.hook("modal-submit").click()

    async def close_modal(self) -> None:
        await self.hook("modal-close").click()
        await expect(self.modal).to_have_count(0)

    async def an_hour_on(self) -> None:
        """+1 h on the clock; over when everything that became due has been done."""
        await self._move("clock-hour")

    async def next_morning(self) -> None:
        """Next 08:00 on the clock."""
        await self._move("clock-next")

    async def from_the_top(self, message: Locator) -> None:
        """Scroll so that a long message is read from its beginning."""
        await message.evaluate("node => node.scrollIntoView({block: 'start'})")

    async def _move(self, button: str) -> None:
        async with self.page.expect_response(_clock_moved):
            await self.hook(button).click()


def _clock_moved(response: Response) -> bool:
    return response.request.method == "POST" and response.url.endswith("/_demo/clock")
