"""A small Bolt app that shows every block and asks with every input: the page's counterpart."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from page_samples import (
    CLIENTS,
    form_view,
    gallery_blocks,
    home_view,
    loading_view,
    plain,
    second_view,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

PATIENCE_SECONDS = 5

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Gallery"},
    "features": {
        "bot_user": {"display_name": "Gallery", "always_online": True},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/gallery", "description": "Shows every block", "usage_hint": "[block]"},
            {"command": "/form", "description": "Asks with every input", "usage_hint": "[title]"},
            {"command": "/slow", "description": "Opens a loading view first"},
            {"command": "/silent", "description": "Never answers"},
        ],
        "shortcuts": [
            {
                "type": "global",
                "name": "New form",
                "callback_id": "form.new",
                "description": "Asks",
            },
            {
                "type": "message",
                "name": "Keep it",
                "callback_id": "keep",
                "description": "Keeps it",
            },
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                *("channels:history", "channels:read", "chat:write", "commands", "files:read"),
                *("groups:history", "groups:read", "im:history", "im:read", "im:write"),
                *("reactions:read", "reactions:write", "users:read"),
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
    },
}


class Peer:
    """The app and what it heard: `submitted` and `entered` hold state.values, `pressed` actions."""

    def __init__(self, client: AsyncWebClient, secret: str) -> None:
        self.submitted: list[dict[str, Any]] = []
        self.pressed: list[dict[str, Any]] = []
        self.entered: dict[str, Any] = {}
        self.go_on = asyncio.Event()
        self._news = asyncio.Event()
        self.app = AsyncApp(
            client=client,
            signing_secret=secret,
            request_verification_enabled=False,  # it compares with the machine's clock
        )
        self._commands()
        self._views()
        self._actions()

    def _commands(self) -> None:
        @self.app.command("/gallery")
        async def gallery(ack, respond, command):
            await ack()
            wanted = command["text"].strip()
            rows = [row for row in gallery_blocks() if not wanted or row["type"] == wanted]
            await respond(text="Every block", blocks=rows[:50], response_type="in_channel")

        @self.app.command("/form")
        async def form(ack, client, body):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form_view())

        @self.app.command("/slow")
        async def slow(ack, client, body):
            await ack()
            opened = await client.views_open(trigger_id=body["trigger_id"], view=loading_view())
            await self.go_on.wait()
            await client.views_update(view_id=opened["view"]["id"], view=form_view())

        @self.app.shortcut("form.new")
        async def new_form(ack, client, body):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form_view())

        @self.app.shortcut("keep")
        async def keep(ack, client, body):
            await ack()
            where = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
            await client.chat_postEphemeral(**where, text=f"Kept: {body['message']['text']}")

    def _views(self) -> None:
        @self.app.view("form")
        async def submitted(ack, view):
            values = view["state"]["values"]
            if values["title"]["title"]["value"] == "taken":
                await ack(response_action="errors", errors={"title": "This title is taken."})
                return
            self.submitted.append(values)
            await ack()

        @self.app.view("second")
        async def second(ack, view):
            self.submitted.append(view["state"]["values"])
            await ack(response_action="clear")

        @self.app.event("app_home_opened")
        async def home(client, event):
            if event["tab"] == "home":
                await client.views_publish(user_id=event["user"], view=home_view(0))

    def _actions(self) -> None:
        @self.app.options("client")
        @self.app.options("clients")
        async def options(ack, payload):
            typed = payload["value"].lower()
            found = [name for name in CLIENTS if typed in name.lower()]
            await ack(options=[{"text": plain(name), "value": name.lower()} for name in found])

        @self.app.action("go_on")
        async def go_on(ack, client, body):
            await ack()
            await client.views_push(trigger_id=body["trigger_id"], view=second_view())

        @self.app.action("refresh")
        async def refresh(ack, client, body):
            await ack()
            self.entered = body["view"]["state"]["values"]
            view = form_view("Refreshed.")
            await client.views_update(view_id=body["view"]["id"], view=view)

        @self.app.action("count")
        async def count(ack, client, body, action):
            await ack()
            view = home_view(int(action["value"]))
            await client.views_publish(user_id=body["user"]["id"], view=view)

        @self.app.action("never")
        async def never(body):
            """Leaves the press without an answer."""

        @self.app.action(re.compile(".*"))
        async def anything(ack, action):
            await ack()
            self.pressed.append(action)
            self._news.set()

    async def presses(self, count: int) -> list[dict[str, Any]]:
        """The actions, once there are so many."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.pressed) < count:
                self._news.clear()
                await self._news.wait()
        return self.pressed


@asynccontextmanager
async def running(api_url: str, token: str, secret: str) -> AsyncIterator[tuple[Peer, str]]:
    """The peer on a free port, and the URL at which it takes signed HTTP."""
    peer = Peer(AsyncWebClient(token=token, base_url=api_url), secret)
    runner = web.AppRunner(peer.app.web_app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield peer, f"http://127.0.0.1:{port}/slack/events"
    finally:
        await runner.cleanup()
