"""The Web API answers with Slack's shapes and Slack's refusals."""

from dataclasses import replace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.server import Workspace
from tests.unit.simulator.harness import Demo


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


async def test_a_call_without_a_known_token_is_refused(ws: Workspace, client: AsyncWebClient):
    assert await refused(client.auth_test(token="xoxb-wrong")) == "invalid_auth"
    async with aiohttp.ClientSession() as bare, bare.get(f"{ws.api_url}auth.test") as response:
        assert (await response.json())["error"] == "not_authed"


@pytest.mark.parametrize("way", ["form", "json", "query"])
async def test_arguments_travel_every_way_slack_takes_them(ws: Workspace, session, way: str):
    blocks = [{"type": "divider"}]
    args = {"channel": "C0OPS", "text": "x", "blocks": blocks}
    flat = {**args, "blocks": '[{"type": "divider"}]', "token": ws.team.bot_token}
    bearer = {"Authorization": f"Bearer {ws.team.bot_token}"}
    sent = {
        "form": {"data": flat},
        "json": {"json": args, "headers": bearer},
        "query": {"params": flat},
    }[way]
    async with session.post(f"{ws.api_url}chat.postMessage", **sent) as response:
        answer = await response.json()
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["type"] == "divider"


async def test_an_unknown_method_is_named_so(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("chat.shout")) == "unknown_method"


async def test_a_scope_the_manifest_lacks_is_missing(ws: Workspace, client: AsyncWebClient):
    ws.manifest = replace(ws.manifest, scopes=ws.manifest.scopes - {"chat:write"})
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0OPS", text="x")
    answer = caught.value.response
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "chat:write"
    assert "users:read" in answer["provided"]


async def test_people_come_in_pages(ws: Workspace, client: AsyncWebClient) -> None:
    names, cursor = [], None
    while cursor != "":
        page = await client.users_list(limit=3, cursor=cursor)
        assert len(page["members"]) <= 3
        names += [row["name"] for row in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert len(names) == len(set(names))
    assert {"anna", "gia", ws.team.bot.name} <= set(names)
    assert "olaf" not in names
    assert await refused(client.users_list(cursor="nonsense")) == "invalid_cursor"


async def test_people_are_told_apart(client: AsyncWebClient) -> None:
    gia = (await client.users_info(user="U0GIA"))["user"]
    olaf = (await client.users_info(user="U0OLAF"))["user"]
    dana = (await client.users_info(user="U0DANA"))["user"]
    assert gia["is_restricted"]
    assert dana["is_admin"]
    assert (olaf["team_id"], olaf["is_stranger"]) == ("T0ACME", False)
    assert "email" not in olaf["profile"]
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_an_address_finds_its_owner(client: AsyncWebClient) -> None:
    found = await client.users_lookupByEmail(email="Anna.Becker@northwind.example")
    assert found["user"]["id"] == "U0ANNA"
    unknown = client.users_lookupByEmail(email="olaf.stern@acme.example")
    assert await refused(unknown) == "users_not_found"


async def test_a_private_channel_without_the_bot_does_not_exist(client: AsyncWebClient) -> None:
    assert await refused(client.conversations_info(channel="C0LEADS")) == "channel_not_found"
    assert (
        await refused(client.chat_postMessage(channel="C0LEADS", text="x")) == "channel_not_found"
    )
    listed = await client.conversations_list(types="public_channel,private_channel", limit=1000)
    names = {row["name"] for row in listed["channels"]}
    assert "client-initech" in names
    assert "leadership" not in names


async def test_a_public_channel_is_read_by_members_only(client: AsyncWebClient) -> None:
    assert await refused(client.conversations_history(channel="C0SALES")) == "not_in_channel"
    assert (await client.chat_postMessage(channel="C0SALES", text="x"))["ok"]
    await client.conversations_join(channel="C0SALES")
    texts = [
        row["text"] for row in (await client.conversations_history(channel="C0SALES"))["messages"]
    ]
    assert texts == ["<@U0CLIENTOPS> has joined the channel", "x"]


async def test_posting_as_a_stranger_to_the_channel_needs_its_scope(
    ws: Workspace, client: AsyncWebClient
):
    ws.manifest = replace(ws.manifest, scopes=ws.manifest.scopes - {"chat:write.public"})
    assert await refused(client.chat_postMessage(channel="C0SALES", text="x")) == "not_in_channel"


async def test_the_shared_channel_says_who_shares_it(client: AsyncWebClient) -> None:
    channel = (await client.conversations_info(channel="C0ACME"))["channel"]
    assert channel["is_ext_shared"]
    assert channel["shared_team_ids"] == ["T0ACME", "T0AGENCY"]


async def test_a_post_to_a_person_is_a_direct_message(client: AsyncWebClient, demo: Demo) -> None:
    posted = await client.chat_postMessage(channel="U0ANNA", text="psst")
    opened = await client.conversations_open(users="U0ANNA")
    assert posted["channel"] == opened["channel"]["id"]
    assert posted["channel"].startswith("D")
    assert [row["text"] for row in await demo.seen("U0ANNA", posted["channel"])] == ["psst"]
    outsider = await client.chat_postMessage(channel="U0OLAF", text="hello")
    assert outsider["channel"] != posted["channel"]


async def test_metadata_is_shown_to_those_who_ask(client: AsyncWebClient) -> None:
    metadata = {"event_type": "sent", "event_payload": {"id": 7}}
    await client.chat_postMessage(channel="C0OPS", text="x", metadata=metadata)
    plain = await client.conversations_history(channel="C0OPS")
    full = await client.conversations_history(channel="C0OPS", include_all_metadata=True)
    assert "event_payload" not in plain["messages"][0].get("metadata", {})
    assert full["messages"][0]["metadata"] == metadata


async def test_a_thread_counts_its_replies(client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel="C0OPS", text="parent"))["ts"]
    for text in ("one", "two"):
        last = await client.chat_postMessage(channel="C0OPS", text=text, thread_ts=parent)
    [shown] = (await client.conversations_history(channel="C0OPS"))["messages"]
    assert (shown["reply_count"], shown["latest_reply"]) == (2, last["ts"])
    thread = (await client.conversations_replies(channel="C0OPS", ts=parent))["messages"]
    assert [row["text"] for row in thread] == ["parent", "one", "two"]
    nowhere = client.chat_postMessage(channel="C0OPS", text="x", thread_ts="1.000001")
    assert await refused(nowhere) == "thread_not_found"


async def test_history_keeps_within_its_bounds(client: AsyncWebClient) -> None:
    stamps = [
        (await client.chat_postMessage(channel="C0OPS", text=str(number)))["ts"]
        for number in range(4)
    ]
    assert stamps == sorted(set(stamps))
    between = await client.conversations_history(
        channel="C0OPS", oldest=stamps[0], latest=stamps[3]
    )
    assert [row["text"] for row in between["messages"]] == ["2", "1"]
    one = await client.conversations_history(
        channel="C0OPS", latest=stamps[2], inclusive=True, limit=1
    )
    assert one["messages"][0]["text"] == "2"
    assert one["has_more"]


async def test_only_its_own_messages_are_the_apps_to_change(
    client: AsyncWebClient, demo: Demo
) -> None:
    theirs = (await demo.act("U0ANNA", "C0OPS", "mine"))["ts"]
    ours = (await client.chat_postMessage(channel="C0OPS", text="old"))["ts"]
    cannot = client.chat_update(channel="C0OPS", ts=theirs, text="yours")
    assert await refused(cannot) == "cant_update_message"
    gone = client.chat_delete(channel="C0OPS", ts="1.000001")
    assert await refused(gone) == "message_not_found"
    await client.chat_update(channel="C0OPS", ts=ours, text="new")
    assert [row["text"] for row in await demo.seen("U0BEN", "C0OPS")] == ["mine", "new"]
    await client.chat_delete(channel="C0OPS", ts=ours)
    assert [row["text"] for row in await demo.seen("U0BEN", "C0OPS")] == ["mine"]


async def test_an_ephemeral_is_for_one_pair_of_eyes(client: AsyncWebClient, demo: Demo) -> None:
    await client.chat_postEphemeral(channel="C0OPS", user="U0ANNA", text="psst")
    [shown] = await demo.seen("U0ANNA", "C0OPS")
    assert shown["ephemeral"]
    assert await demo.seen("U0BEN", "C0OPS") == []
    assert (await client.conversations_history(channel="C0OPS"))["messages"] == []
    outside = client.chat_postEphemeral(channel="C0OPS", user="U0GIA", text="psst")
    assert await refused(outside) == "user_not_in_channel"


async def test_what_slack_would_not_show_is_refused_and_on_record(
    client: AsyncWebClient, demo: Demo
) -> None:
    empty = client.api_call("chat.postMessage", params={"channel": "C0OPS", "text": ""})
    assert await refused(empty) == "no_text"
    long = client.chat_postMessage(channel="C0OPS", text="x" * 40_001)
    assert await refused(long) == "msg_too_long"
    header = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0OPS", text="x", blocks=header)
    assert caught.value.response["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0" in caught.value.response["response_metadata"]["messages"][0]
    problems = (await demo.get("problems"))["problems"]
    assert any("/blocks/0" in text for row in problems for text in row["problems"])


async def test_an_archived_channel_takes_no_posts(client: AsyncWebClient) -> None:
    await client.conversations_archive(channel="C0OPS")
    assert await refused(client.chat_postMessage(channel="C0OPS", text="x")) == "is_archived"
    await client.conversations_unarchive(channel="C0OPS")
    assert (await client.chat_postMessage(channel="C0OPS", text="x"))["ok"]


async def test_a_channel_is_made_and_filled(client: AsyncWebClient, demo: Demo) -> None:
    made = (await client.conversations_create(name="client-umbrella"))["channel"]["id"]
    again = client.conversations_create(name="client-umbrella")
    assert await refused(again) == "name_taken"
    await client.conversations_invite(channel=made, users="U0ANNA,U0BEN")
    members = (await client.conversations_members(channel=made))["members"]
    assert members == ["U0CLIENTOPS", "U0ANNA", "U0BEN"]
    names = {row["id"] for row in (await demo.get("conversations", as_="U0BEN"))["channels"]}
    assert made in names


async def test_reactions_are_given_once(client: AsyncWebClient, demo: Demo) -> None:
    ts = (await demo.act("U0ANNA", "C0OPS", "hello"))["ts"]
    await client.reactions_add(channel="C0OPS", timestamp=ts, name="eyes")
    twice = client.reactions_add(channel="C0OPS", timestamp=ts, name="eyes")
    assert await refused(twice) == "already_reacted"
    message = (await client.reactions_get(channel="C0OPS", timestamp=ts))["message"]
    assert message["reactions"] == [{"name": "eyes", "users": ["U0CLIENTOPS"], "count": 1}]
    await client.reactions_remove(channel="C0OPS", timestamp=ts, name="eyes")
    gone = client.reactions_remove(channel="C0OPS", timestamp=ts, name="eyes")
    assert await refused(gone) == "no_reaction"


async def test_a_file_is_uploaded_and_shared(ws: Workspace, client: AsyncWebClient, demo: Demo):
    shared = await client.files_upload_v2(
        channel="C0OPS", filename="plan.csv", content="a,b\n", initial_comment="the plan"
    )
    file_id = shared["files"][0]["id"]
    info = (await client.files_info(file=file_id))["file"]
    assert (info["size"], info["mimetype"], info["channels"]) == (4, "text/csv", ["C0OPS"])
    [message] = await demo.seen("U0ANNA", "C0OPS")
    assert message["text"] == "the plan"
    async with demo.session.get(message["files"][0]["url_private"]) as response:
        assert await response.read() == b"a,b\n"
