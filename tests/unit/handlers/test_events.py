"""Events of Slack: read as happenings, answered only where somebody spoke to us."""

from typing import Any

import pytest

from handlers.blocks import Message, home, section
from handlers.happenings import (
    AccountChanged,
    ChannelReopened,
    HomeOpened,
    Mentioned,
    MessagePosted,
    Uninstalled,
)
from handlers.replies import HomeShown, Nothing
from handlers.table import EventRow, Tables
from tests.peers.desk import ANNA, BOT, GUEST, NEW, Counter, counter

EVERY = (
    MessagePosted,
    Mentioned,
    HomeOpened,
    ChannelReopened,
    AccountChanged,
    Uninstalled,
)
MESSAGE = {
    "type": "message",
    "channel": "C1",
    "channel_type": "channel",
    "ts": "7.1",
    "user": ANNA,
    "text": "R&amp;D",
}
MENTION = MESSAGE | {"type": "app_mention", "text": "<@UBOT> log this", "thread_ts": "6.1"}


class Seen(list):
    def rows(self, reply: Any = None) -> Tables:
        async def run(call, _desk):
            self.append(call)
            if isinstance(reply, Exception):
                raise reply
            return reply or Nothing()

        return Tables.of(events=[EventRow(on=kind, run=run) for kind in EVERY])

    async def of(self, event: dict[str, Any], **more: Any) -> Any:
        async with counter(self.rows()) as desk:
            ack = await desk.says(desk.event(event, **more))
            assert (ack.status, ack.body) == (200, "")
            assert desk.api.calls == []
        return self[-1].happening if self else None


async def test_a_message_comes_as_typed_with_who_and_where() -> None:
    seen = Seen()
    what = await seen.of(MESSAGE)
    assert (what.said.text, what.said.channel, what.said.author, what.direct) == (
        "R&D",
        "C1",
        ANNA,
        False,
    )
    assert (seen[0].asker.user_id, seen[0].key, seen[0].team) == (ANNA, "event:Ev1", "T1")


async def test_the_home_team_is_the_one_that_installed_us() -> None:
    seen = Seen()
    await seen.of(MESSAGE, team_id="T9", is_ext_shared_channel=True)
    assert (seen[0].team, seen[0].external) == ("T1", True)


async def test_a_mention_comes_without_the_mention() -> None:
    what = await Seen().of(MENTION)
    assert (what.said.text, what.said.thread) == ("log this", "6.1")


async def test_a_channel_opens_again_when_it_is_unarchived_or_we_are_invited() -> None:
    reopened = ChannelReopened(channel="C1")
    assert await Seen().of({"type": "channel_unarchive", "channel": "C1"}) == reopened
    joined = {"type": "member_joined_channel", "user": "UBOT", "channel": "C1"}
    assert await Seen().of(joined) == reopened
    assert await Seen().of(joined | {"user": ANNA}) is None


async def test_an_account_comes_with_its_standing() -> None:
    user = {"id": "U9", "team_id": "T1", "name": "zoe", "is_restricted": True, "profile": {}}
    what = await Seen().of({"type": "user_change", "user": user})
    assert (what.profile.user_id, what.profile.standing) == ("U9", "guest")


async def test_only_our_own_token_counts_as_uninstalled() -> None:
    assert await Seen().of({"type": "app_uninstalled"}) == Uninstalled(team="T1")
    assert await Seen().of({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}) is None


NOT_OURS = {
    "an edit": MESSAGE | {"subtype": "message_changed"},
    "a join": MESSAGE | {"subtype": "channel_join"},
    "another bot": MESSAGE | {"bot_id": "B9", "subtype": "bot_message"},
    "ourselves": MESSAGE | {"user": "UBOT"},
    "something we never heard of": {"type": "emoji_changed"},
}


@pytest.mark.parametrize("event", NOT_OURS.values(), ids=NOT_OURS)
async def test_what_is_no_business_of_ours_is_just_acked(event: dict) -> None:
    assert await Seen().of(event) is None


async def said_to(desk: Counter, event: dict[str, Any]) -> list[tuple[str, Any]]:
    await desk.says(desk.event(event))
    return [(call.method, call.arguments) for call in desk.api.calls]


async def test_a_guest_is_refused_only_when_they_spoke_to_us() -> None:
    seen = Seen()
    async with counter(seen.rows()) as desk:
        assert await said_to(desk, MESSAGE | {"user": GUEST}) == []
        assert await said_to(desk, MENTION | {"user": BOT}) == []
        [(method, told)] = await said_to(desk, MENTION | {"user": GUEST})
        assert (method, told["user"], told["thread_ts"]) == ("chat.postEphemeral", GUEST, "6.1")
        assert seen == []


async def test_an_answer_is_for_the_one_person_where_they_are() -> None:
    async with counter(Seen().rows(Message("Logged."))) as desk:
        [(method, told)] = await said_to(desk, MENTION)
        assert (method, told["channel"], told["text"]) == ("chat.postEphemeral", "C1", "Logged.")
    async with counter(Seen().rows(Message("Logged."))) as desk:
        direct = MESSAGE | {"channel": "D1", "channel_type": "im"}
        [(method, told)] = await said_to(desk, direct)
        assert (method, told["channel"]) == ("chat.postMessage", "D1")


async def test_home_is_published_under_its_hash() -> None:
    async with counter(Seen().rows(HomeShown(home([section("x")])))) as desk:
        opened = {
            "type": "app_home_opened",
            "user": ANNA,
            "channel": "D1",
            "tab": "home",
            "view": {"id": "V1", "type": "home", "hash": "h1", "private_metadata": "s"},
        }
        [(method, told)] = await said_to(desk, opened)
        assert (method, told["user_id"], told["hash"]) == ("views.publish", ANNA, "h1")


async def test_an_event_that_fails_on_our_side_is_sent_again_by_slack() -> None:
    async with counter(Seen().rows(ZeroDivisionError())) as desk:
        assert (await desk.says(desk.event(MESSAGE))).status == 500
        desk.known.broken = ConnectionError("database")
        assert (await desk.says(desk.event(MESSAGE))).status == 500


async def test_somebody_new_is_met_before_their_event_counts() -> None:
    seen = Seen()
    async with counter(seen.rows()) as desk:
        user = {"id": NEW, "team_id": "T1", "name": "new", "profile": {"display_name": "Nell"}}
        desk.api.answers["users.info"].append({"user": user})
        await desk.says(desk.event(MESSAGE | {"user": NEW}))
        assert seen[0].asker.user_id == NEW
