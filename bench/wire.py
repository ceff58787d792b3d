"""Requests as Slack would send them: signed, with ids of their own, whole as bytes on a socket."""

import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from bot.domain.tickets import Priority
from handlers.edge import PATH
from handlers.elements import option
from handlers.states import TicketOrigin
from handlers.views.tickets import intake_form

SECRET: Final = "bench-signing-secret"
TOKEN: Final = "xoxb-bench"
TEAM: Final = "T0BENCH"
USER: Final = "U0BENCH1"
_NUMBERS = count(1)


def command(root: str, text: str) -> bytes:
    """A slash command as typed by `USER`."""
    return signed(
        urlencode(_command_fields(root, text)).encode(), "application/x-www-form-urlencoded"
    )


def _command_fields(root: str, text: str) -> dict[str, str]:
    return {
        "token": "legacy",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": "C0GENERAL",
        "channel_name": "general",
        "user_id": USER,
        "user_name": "bench",
        "command": root,
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.example/commands/T0BENCH/1/abc",
        "trigger_id": f"{next(_NUMBERS)}.1.{time.time_ns()}",
    }


def ticket_form(code: str) -> bytes:
    """The filled form of `/ticket` for that client, submitted."""
    payload = json.dumps(_ticket_payload(code))
    body = urlencode({"payload": payload}).encode()
    return signed(body, "application/x-www-form-urlencoded")


def _ticket_payload(code: str) -> dict[str, Any]:
    number = f"{next(_NUMBERS)}.{time.time_ns()}"
    view = intake_form(
        client=option(code, code),
        title="Can't log in",
        description="",
        priority=Priority.HIGH,
        origin=TicketOrigin(),
    )
    entered = {
        "client": {"type": "external_select", "selected_option": option(code, code)},
        "title": {"type": "plain_text_input", "value": "Can't log in since this morning"},
        "description": {"type": "plain_text_input", "value": "They see an empty page."},
        "priority": {"type": "static_select", "selected_option": option("high", "high")},
    }
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    values = {
        block["block_id"]: {
            block["element"]["action_id"]: entered[block["block_id"].rpartition(".")[2]]
        }
        for block in inputs
    }
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": USER, "username": "bench", "name": "bench", "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "legacy",
        "trigger_id": number,
        "view": dict(view)
        | {
            "id": f"V{number}",
            "team_id": TEAM,
            "app_id": "A0BENCH",
            "bot_id": "B0BENCH",
            "hash": number,
            "root_view_id": f"V{number}",
            "previous_view_id": None,
            "external_id": "",
            "state": {"values": values},
        },
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def payload_of(request: bytes) -> dict[str, Any]:
    """What the edge would make of it."""
    form = dict(parse_qsl(request.partition(b"\r\n\r\n")[2].decode(), keep_blank_values=True))
    payload: dict[str, Any] = json.loads(form["payload"]) if "payload" in form else form
    return payload


def signed(body: bytes, content_type: str) -> bytes:
    """The whole request, valid for five minutes from now."""
    stamp = str(int(time.time()))
    mac = hmac.new(SECRET.encode(), b"v0:%b:%b" % (stamp.encode(), body), hashlib.sha256)
    head = (
        f"POST {PATH} HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
        "Accept-Encoding: gzip,deflate\r\n"
        "Accept: application/json,*/*\r\n"
        f"X-Slack-Signature: v0={mac.hexdigest()}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"Content-Type: {content_type}\r\n\r\n"
    )
    return head.encode() + body
