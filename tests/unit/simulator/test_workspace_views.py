"""Modals and Homes behave as Slack's: triggers, stack, hashes, what was entered."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.server import Workspace
from tests.unit.simulator.harness import Demo, on_http, until


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str, **more: Any) -> dict:
    element = {"type": "plain_text_input", "action_id": block_id}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id),
        "element": element,
        **more,
    }


def modal(*blocks: dict, **more: Any) -> dict:
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Save"),
        "callback_id": "form",
        "blocks": list(blocks) or [text_input("text")],
        **more,
    }


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


def trigger(ws: Workspace, view_id: str | None = None) -> str:
    return ws.triggers.issue("U0ANNA", "T0AGENCY", view_id)


async def opened(ws: Workspace, client: AsyncWebClient, view: dict) -> dict:
    return (await client.views_open(trigger_id=trigger(ws), view=view))["view"]


async def test_a_trigger_is_good_once(ws: Workspace, client: AsyncWebClient) -> None:
    once = trigger(ws)
    await client.views_open(trigger_id=once, view=modal())
    again = client.views_open(trigger_id=once, view=modal())
    assert await refused(again) == "trigger_exchanged"
    assert (
        await refused(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"
    )


async def test_a_trigger_expires(ws: Workspace, client: AsyncWebClient) -> None:
    ws.triggers.life = 0.0
    late = client.views_open(trigger_id=trigger(ws), view=modal())
    assert await refused(late) == "trigger_expired"


async def test_a_refused_view_does_not_cost_the_trigger(ws: Workspace, client: AsyncWebClient):
    once = trigger(ws)
    bad = client.views_open(trigger_id=once, view={**modal(), "title": plain("x" * 25)})
    assert await refused(bad) == "invalid_arguments"
    assert (await client.views_open(trigger_id=once, view=modal()))["ok"]


async def test_three_views_are_the_most(ws: Workspace, client: AsyncWebClient, demo: Demo) -> None:
    top = await opened(ws, client, modal())
    root = top["id"]
    for _ in range(2):
        pushed = await client.views_push(trigger_id=trigger(ws, top["id"]), view=modal())
        assert pushed["view"]["previous_view_id"] == top["id"]
        top = pushed["view"]
    assert top["root_view_id"] == root
    fourth = client.views_push(trigger_id=trigger(ws, top["id"]), view=modal())
    assert await refused(fourth) == "push_limit_reached"
    assert len((await demo.views("U0ANNA"))["views"]) == 3


async def test_a_stale_hash_changes_nothing(ws: Workspace, client: AsyncWebClient) -> None:
    first = await opened(ws, client, modal())
    newer = await client.views_update(view_id=first["id"], hash=first["hash"], view=modal())
    assert newer["view"]["hash"] != first["hash"]
    stale = client.views_update(view_id=first["id"], hash=first["hash"], view=modal())
    assert await refused(stale) == "hash_conflict"


async def test_a_closed_view_is_not_found(
    ws: Workspace, client: AsyncWebClient, demo: Demo
) -> None:
    view = await opened(ws, client, modal())
    await demo.post("close", as_="U0ANNA", view_id=view["id"])
    assert await refused(client.views_update(view_id=view["id"], view=modal())) == "not_found"


async def test_an_external_id_names_one_view(ws: Workspace, client: AsyncWebClient) -> None:
    await opened(ws, client, modal(external_id="mine"))
    await client.views_update(external_id="mine", view=modal(external_id="mine"))
    taken = client.views_push(
        trigger_id=trigger(ws, ws.state.stacks["U0ANNA"][0]), view=modal(external_id="mine")
    )
    assert await refused(taken) == "duplicate_external_id"


async def test_what_was_entered_survives_an_update_with_the_same_ids(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    @bolt.view("form")
    async def never(ack):
        await ack(response_action="errors", errors={"a": "No."})

    view = await opened(ws, client, modal(text_input("a"), text_input("b")))
    async with on_http(ws, bolt):
        values = {"a": "typed", "b": "too"}
        await demo.post("submit", as_="U0ANNA", view_id=view["id"], values=values)
    after = await client.views_update(
        view_id=view["id"], view=modal(text_input("a"), text_input("c"))
    )
    state = after["view"]["state"]["values"]
    assert state["a"]["a"]["value"] == "typed"
    assert state["c"]["c"]["value"] is None


async def test_an_ack_updates_pushes_and_clears(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    answers: list[dict] = []

    @bolt.view("form")
    async def submitted(ack):
        await ack(answers.pop(0))

    view = await opened(ws, client, modal())
    async with on_http(ws, bolt):

        async def submit() -> list[dict]:
            top = ws.state.stacks["U0ANNA"][-1]
            answer = await demo.post("submit", as_="U0ANNA", view_id=top, values={"text": "x"})
            assert answer["ok"], answer
            return (await demo.views("U0ANNA"))["views"]

        answers.append({"response_action": "update", "view": modal(title=plain("Other"))})
        assert (await submit())[0]["title"]["text"] == "Other"
        answers.append({"response_action": "push", "view": modal()})
        assert (await submit())[0]["id"] == view["id"]
        answers.append({"response_action": "clear"})
        assert await submit() == []


async def test_a_fourth_view_in_an_ack_is_slacks_error(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    @bolt.view("form")
    async def submitted(ack):
        await ack(response_action="push", view=modal())

    await opened(ws, client, modal())
    async with on_http(ws, bolt):
        answers = []
        for _ in range(3):
            top = ws.state.stacks["U0ANNA"][-1]
            answer = await demo.post("submit", as_="U0ANNA", view_id=top, values={"text": "x"})
            answers.append(answer["ok"])
    assert answers == [True, True, False]
    assert ws.problems[-1]["problems"] == ["push_limit_reached"]


async def test_a_wrong_ack_shows_slacks_error(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    @bolt.view("form")
    async def submitted(ack):
        await ack(response_action="errors", errors={"elsewhere": "No."})

    view = await opened(ws, client, modal())
    async with on_http(ws, bolt):
        answer = await demo.post("submit", as_="U0ANNA", view_id=view["id"], values={"text": "x"})
    assert (answer["ok"], answer["error"]) == (False, "invalid_ack")
    assert (await demo.views("U0ANNA"))["error"] == "We had some trouble connecting. Try again?"


async def test_a_slow_ack_shows_slacks_error(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    released = asyncio.Event()

    @bolt.view("form")
    async def submitted(ack):
        await released.wait()
        await ack()

    view = await opened(ws, client, modal())
    ws.post.http.patience = 0.2
    async with on_http(ws, bolt):
        answer = await demo.post("submit", as_="U0ANNA", view_id=view["id"], values={"text": "x"})
        released.set()
    assert (answer["error"], answer["status"]) == ("http_timeout", "timeout")
    shown = await demo.views("U0ANNA")
    assert shown["error"]
    assert len(shown["views"]) == 1


async def test_closing_tells_who_asked(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    closed = []

    @bolt.view_closed("form")
    async def gone(ack, body):
        await ack()
        closed.append(body)

    view = await opened(ws, client, modal(notify_on_close=True, private_metadata="m"))
    async with on_http(ws, bolt):
        await demo.post("close", as_="U0ANNA", view_id=view["id"])
    assert closed[0]["view"]["private_metadata"] == "m"
    assert closed[0]["is_cleared"]


async def test_values_are_expanded_by_the_type_of_their_input(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    options = [{"text": plain(name), "value": name} for name in ("low", "high")]
    elements = {
        "level": {"type": "static_select", "options": options},
        "tags": {"type": "multi_static_select", "options": options},
        "who": {"type": "users_select"},
        "where": {"type": "conversations_select"},
        "day": {"type": "datepicker"},
        "at": {"type": "datetimepicker"},
        "count": {"type": "number_input", "is_decimal_allowed": False},
        "flags": {"type": "checkboxes", "options": options},
    }
    blocks = [
        text_input(name, element={**element, "action_id": name})
        for name, element in elements.items()
    ]
    heard: list[dict] = []

    @bolt.view("form")
    async def submitted(ack, view):
        heard.append(view["state"]["values"])
        await ack()

    view = await opened(ws, client, modal(*blocks))
    given = {
        "level": "high",
        "tags": ["low", "high"],
        "who": "U0BEN",
        "where": "C0OPS",
        "day": "2026-12-01",
        "at": 1_800_000_000,
        "count": 5,
        "flags": "low",
    }
    async with on_http(ws, bolt):
        answer = await demo.post("submit", as_="U0ANNA", view_id=view["id"], values=given)
    assert answer["ok"], answer
    [state] = heard
    assert state["level"]["level"]["selected_option"]["value"] == "high"
    assert [row["value"] for row in state["tags"]["tags"]["selected_options"]] == ["low", "high"]
    assert state["who"]["who"]["selected_user"] == "U0BEN"
    assert state["where"]["where"]["selected_conversation"] == "C0OPS"
    assert state["day"]["day"]["selected_date"] == "2026-12-01"
    assert state["at"]["at"]["selected_date_time"] == 1_800_000_000
    assert state["count"]["count"]["value"] == "5"
    assert [row["text"]["text"] for row in state["flags"]["flags"]["selected_options"]] == ["low"]


async def test_slacks_own_state_is_taken_as_it_is(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    heard: list[dict] = []

    @bolt.view("form")
    async def submitted(ack, view):
        heard.append(view["state"]["values"])
        await ack()

    view = await opened(ws, client, modal())
    given = {"text": {"text": {"type": "plain_text_input", "value": "typed"}}}
    async with on_http(ws, bolt):
        await demo.post("submit", as_="U0ANNA", view_id=view["id"], values=given)
    assert heard == [given]


async def test_options_are_asked_for_and_picked(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    select = {"type": "external_select", "action_id": "client", "min_query_length": 0}
    picked: list[dict] = []

    @bolt.options("client")
    async def offer(ack, payload):
        await ack(options=[{"text": plain(payload["value"].upper()), "value": "c1"}])

    @bolt.action("client")
    async def took(ack, action, body):
        await ack()
        picked.append((action, body["view"]["state"]["values"]))

    section = {
        "type": "section",
        "block_id": "b",
        "text": plain("Which?"),
        "accessory": {**select, "placeholder": plain("client")},
    }
    view = await opened(ws, client, modal(section, text_input("text")))
    where = {"as_": "U0ANNA", "view_id": view["id"], "block_id": "b", "action_id": "client"}
    async with on_http(ws, bolt):
        offered = await demo.post("options", **where, value="acme")
        assert offered["options"][0]["text"]["text"] == "ACME"
        await demo.post("press", **where, value="c1", values={"text": "half-ty"})
    action, state = picked[0]
    assert action["selected_option"]["text"]["text"] == "ACME"
    assert state["b"]["client"]["selected_option"]["value"] == "c1"
    assert state["text"]["text"]["value"] == "half-ty"


async def test_home_is_published_to_one_person(
    ws: Workspace, bolt: AsyncApp, client: AsyncWebClient, demo: Demo
) -> None:
    section = {"type": "section", "text": plain("yours")}
    opened_by: list[str] = []

    @bolt.event("app_home_opened")
    async def home(event, client):
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [section]}
        )
        opened_by.append(event["user"])

    async with on_http(ws, bolt):
        await demo.post("home", as_="U0ANNA")
        await until(lambda: opened_by)
    shown = (await demo.views("U0ANNA"))["home"]
    assert shown["blocks"][0]["text"]["text"] == "yours"
    assert (await demo.views("U0BEN"))["home"] is None
    view = {"type": "home", "blocks": [section]}
    stale = client.views_publish(user_id="U0ANNA", hash="1.x", view=view)
    assert await refused(stale) == "hash_conflict"
