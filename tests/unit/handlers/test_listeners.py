"""From Slack's payload to the reply: in the ack where it can be, never late, never to strangers."""

import asyncio
import json
import re
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import Ambiguous, Conflict, InvalidInput, NotFound, RetryLater, UsageError
from bot.domain.people import NOT_FOR_YOU
from handlers.blocks import Message, field, modal, section
from handlers.codec import decode, encode
from handlers.elements import button, external_select, option, text_input
from handlers.happenings import Mentioned
from handlers.helping import Again
from handlers.replies import Cleared, HomeShown, Nothing, Opening, Removed, Showing
from handlers.table import (
    ActionRow,
    Command,
    EventRow,
    ModalRow,
    OptionsRow,
    ShortcutRow,
    ShortcutType,
    Slash,
    Tables,
)
from tests.peers.desk import BOT, GUEST, NEW, OUTSIDER, counter

LIGHT = modal("ticket.open", "Log a ticket", [section("…")])
FULL = modal("ticket.open", "Log a ticket", [field("ticket.title", "Title", text_input())])


def slash(run, *, root: str = "client", **more) -> Slash:
    status = Command(
        verb="status", usage="CLIENT", summary="One card", run=run, examples=("status acme",)
    )
    return Slash(root=root, summary="Clients", commands=(status,), **more)


def tables(run, **more) -> Tables:
    return Tables.of(slashes=[slash(run)], **more)


def body(ack) -> dict:
    return json.loads(ack.body) if ack.body else {}


async def card(call, _desk):
    return Message(f"{call.root}|{call.verb}|{call.text}|{call.asker.user_id}|{call.key}")


def replying(reply):
    async def run(*_):
        if isinstance(reply, Exception):
            raise reply
        return reply

    return run


# Commands


async def test_a_command_is_answered_in_the_ack_without_any_call_to_slack() -> None:
    async with counter(tables(card)) as desk:
        ack = await desk.says(desk.command("status Acme's  “new” R&amp;D"))
        assert ack.status == 200
        assert body(ack)["text"] == "/client|status|Acme's  “new” R&D|U1|command:1.2.abc"
        assert body(ack)["response_type"] == "ephemeral"
        assert desk.api.calls == []
        assert desk.known.asked == 1


@pytest.mark.parametrize(
    ("command", "text", "root"),
    [
        ("/co-client", "status acme", "/co-client"),
        ("/clientops", "client status acme", "/clientops client"),
        ("/co-clientops", "client STATUS acme", "/co-clientops client"),
    ],
)
async def test_prefixes_and_the_long_way_lead_to_the_same_row(command, text, root) -> None:
    async with counter(tables(card)) as desk:
        ack = await desk.says(desk.command(text, command=command))
        assert body(ack)["text"].startswith(f"{root}|status|acme|")


@pytest.mark.parametrize("text", ["", "help", "nonsense"])
async def test_nothing_help_or_nonsense_shows_help_with_examples(text: str) -> None:
    async with counter(tables(card)) as desk:
        shown = body(await desk.says(desk.command(text)))
        assert "`/client status CLIENT` One card" in shown["text"]
        assert "`/client status acme`" in shown["text"]
        assert "not in threads" in shown["text"]


async def test_a_near_miss_is_a_button_that_runs_it() -> None:
    async with counter(tables(card)) as desk:
        shown = body(await desk.says(desk.command("statsu acme")))
        assert "Did you mean `/client status acme`?" in shown["text"]
        offer = shown["blocks"][1]["elements"][0]
        assert decode(Again, offer["value"]) == Again(root="/client", text="status acme")
        await desk.says(desk.press(offer["action_id"], offer["value"]))
        assert desk.answers[0]["text"].startswith("/client|status|acme|U1|")


async def test_what_is_not_found_is_offered_as_the_same_command() -> None:
    run = replying(NotFound("No client <acmee>.", near=["ACME", "Acme Two"]))
    async with counter(tables(run)) as desk:
        shown = body(await desk.says(desk.command("status acmee now")))
        assert shown["text"] == "No client &lt;acmee&gt;."
        values = [decode(Again, item["value"]) for item in shown["blocks"][1]["elements"]]
        assert [item.text for item in values] == ["status ACME now", 'status "Acme Two" now']


async def test_several_matches_are_offered_and_none_is_guessed() -> None:
    run = replying(Ambiguous("Which one?", near=["ACME", "ACNE"]))
    async with counter(Tables.of(slashes=[slash(run)])) as desk:
        shown = body(await desk.says(desk.command("client status ac", command="/clientops")))
        offer = shown["blocks"][1]["elements"][0]
        assert decode(Again, offer["value"]) == Again(root="/clientops client", text="status ACME")


async def test_a_wrong_line_gets_its_usage() -> None:
    async with counter(tables(replying(UsageError("Client is missing.")))) as desk:
        shown = body(await desk.says(desk.command("status")))
        assert shown["text"] == (
            "Client is missing.\nUsage: `/client status CLIENT`\nFor example: `/client status acme`"
        )


async def test_a_default_row_gets_the_whole_line() -> None:
    default = Command(verb="", usage="CLIENT [text]", summary="Log", run=card)
    rows = Tables.of(slashes=[slash(card, default=default, default_when_bare=True)])
    async with counter(rows) as desk:
        shown = body(await desk.says(desk.command("acme Login fails")))
        assert shown["text"].startswith("/client||acme Login fails|")
        assert body(await desk.says(desk.command("")))["text"].startswith("/client|||")


# Slow, busy and broken


async def test_a_slow_row_gets_an_empty_ack_and_answers_by_response_url() -> None:
    go_on = asyncio.Event()

    async def slow(*_):
        await go_on.wait()
        return Message("late", public=True)

    async with counter(tables(slow), patience=0.01) as desk:
        ack = await desk.says(desk.command("status acme"), done=False)
        assert (ack.status, ack.body, desk.api.calls) == (200, "", [])
        go_on.set()
        await desk.settles()
        assert desk.answers[0]["text"] == "late"
        assert desk.answers[0]["response_type"] == "in_channel"


async def test_a_bug_shows_a_reference_that_is_in_the_log() -> None:
    async with counter(tables(replying(ZeroDivisionError("secret detail")))) as desk:
        with capture_logs() as logged:
            shown = body(await desk.says(desk.command("status acme")))
    reference = re.search(r"`([0-9a-f]{8})`", shown["text"])
    assert reference is not None
    assert [line["reference"] for line in logged if line["event"] == "request.failed"] == [
        reference[1]
    ]
    assert "secret detail" not in shown["text"]
    assert shown["response_type"] == "ephemeral"


async def test_a_busy_store_is_a_polite_line() -> None:
    async with counter(tables(replying(RetryLater("locked")))) as desk:
        shown = body(await desk.says(desk.command("status acme")))
        assert "nothing was changed" in shown["text"]


async def test_an_error_of_the_person_is_its_own_text_as_text() -> None:
    async with counter(tables(replying(Conflict("<!channel> is closed")))) as desk:
        shown = body(await desk.says(desk.command("status acme")))
        assert shown["text"] == "&lt;!channel&gt; is closed"


async def test_when_there_is_no_room_people_are_told_and_events_come_again() -> None:
    rows = Tables.of(
        slashes=[slash(card)], events=[EventRow(on=Mentioned, run=replying(Nothing()))]
    )
    async with counter(rows, room=0) as desk:
        assert "busy right now" in body(await desk.says(desk.command("status acme")))["text"]
        mention = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": ""}
        assert (await desk.says(desk.event(mention))).status == 500
        assert desk.known.asked == 0


@pytest.mark.parametrize("view_type", ["modal", "home"])
async def test_words_where_no_message_was_pop_up_or_come_by_direct_message(view_type) -> None:
    row = ActionRow(action_id="ticket.take", run=replying(Conflict("It is closed.")))
    method = {"modal": "views.push", "home": "views.open"}[view_type]
    async with counter(Tables.of(actions=[row])) as desk:
        view = {"id": "V1", "hash": "h1", "type": view_type, "state": {"values": {}}}
        payload = desk.press("ticket.take", view=view, container={"type": "view"})
        for key in ("channel", "message", "response_url"):
            del payload[key]
        await desk.says(payload)
        shown = desk.api.of(method)[0]["view"]["blocks"][0]["text"]["text"]
        assert shown == "It is closed."
        desk.api.answers[method].append({"ok": False, "error": "expired_trigger_id"})
        await desk.says(payload)
        [told] = desk.api.of("chat.postMessage")
        assert (told["channel"], told["text"]) == ("U1", "It is closed.")


async def test_what_slack_has_no_row_for_is_left_to_bolt() -> None:
    async with counter(tables(card)) as desk:
        ack = await desk.slack.dispatch({"type": "dialog_submission", "team": {"id": "T1"}}, {})
        assert ack.status == 404


# Who asks


@pytest.mark.parametrize("user", [GUEST, OUTSIDER])
async def test_guests_and_outsiders_get_one_polite_line(user: str) -> None:
    ran = []

    async def run(call, _desk):
        ran.append(call)
        return Message("data")

    rows = tables(run, actions=[ActionRow(action_id="ticket.take", run=run)])
    async with counter(rows) as desk:
        assert body(await desk.says(desk.command("status acme", user=user)))["text"] == NOT_FOR_YOU
        assert body(await desk.says(desk.command("", user=user)))["text"] == NOT_FOR_YOU
        await desk.says(desk.press("ticket.take", user=user))
        assert [answer["text"] for answer in desk.answers] == [NOT_FOR_YOU]
        assert desk.answers[0]["response_type"] == "ephemeral"
        assert ran == []


async def test_a_member_we_believe_in_who_acts_from_another_team_is_an_outsider() -> None:
    rows = tables(card, actions=[ActionRow(action_id="ticket.take", run=replying(Nothing()))])
    async with counter(rows) as desk:
        foreign = desk.press("ticket.take", user="U1") | {"user": {"id": "U1", "team_id": "T9"}}
        await desk.says(foreign)
        assert desk.answers[0]["text"] == NOT_FOR_YOU


async def test_a_row_open_to_clients_runs_for_them() -> None:
    row = ActionRow(action_id="survey.answer", run=replying(Message("ok")), open_to_clients=True)
    async with counter(Tables.of(actions=[row])) as desk:
        await desk.says(desk.press("survey.answer", user=OUTSIDER))
        assert desk.answers[0]["text"] == "ok"


async def test_a_bot_is_never_answered() -> None:
    row = ActionRow(action_id="ticket.take", run=replying(Message("ok")))
    async with counter(Tables.of(actions=[row])) as desk:
        await desk.says(desk.press("ticket.take", user=BOT))
        assert desk.api.calls == []


async def test_somebody_new_is_looked_up_after_the_ack_and_then_answered() -> None:
    async with counter(tables(card)) as desk:
        desk.api.answers["users.info"].append(
            {"user": {"id": NEW, "team_id": "T1", "name": "new", "profile": {}}}
        )
        ack = await desk.says(desk.command("status acme", user=NEW))
        assert ack.body == ""
        assert [call.method for call in desk.api.calls] == ["users.info", "answer"]
        assert desk.answers[0]["text"].startswith("/client|status|acme|U3|")
        again = await desk.says(desk.command("status acme", user=NEW))
        assert body(again)["text"].startswith("/client|status|acme|U3|")


async def test_somebody_new_is_asked_for_again_when_slack_is_busy() -> None:
    busy = (429, {"Retry-After": "0"}, {"ok": False, "error": "ratelimited"})
    async with counter(tables(card)) as desk:
        user = {"id": NEW, "team_id": "T1", "name": "new", "profile": {}}
        desk.api.answers["users.info"].extend([busy, busy, {"user": user}])
        await desk.says(desk.command("status acme", user=NEW))
        assert desk.answers[0]["text"].startswith("/client|status|acme|U3|")
        assert len(desk.api.of("users.info")) == 3


async def test_somebody_new_is_told_when_slack_stays_busy() -> None:
    busy = (429, {"Retry-After": "0"}, {"ok": False, "error": "ratelimited"})
    async with counter(tables(card)) as desk:
        desk.api.answers["users.info"].extend([busy] * 3)
        await desk.says(desk.command("status acme", user=NEW))
        assert "nothing was changed" in desk.answers[0]["text"]


async def test_somebody_new_from_outside_gets_the_polite_line() -> None:
    async with counter(tables(card)) as desk:
        desk.api.answers["users.info"].append(
            {"user": {"id": NEW, "team_id": "T9", "name": "new", "profile": {}}}
        )
        await desk.says(desk.command("status acme", user=NEW))
        assert desk.answers[0]["text"] == NOT_FOR_YOU


async def test_a_team_we_are_not_installed_in_runs_nothing() -> None:
    async with counter(tables(card)) as desk:
        desk.known.installed = False
        payload = desk.command("status acme")
        del payload["response_url"]
        ack = await desk.says(payload)
        assert "not installed" in ack.body
        assert desk.known.asked == 0


async def test_the_token_is_asked_once_and_again_after_it_was_revoked() -> None:
    async with counter(tables(card)) as desk:
        for _ in range(3):
            await desk.says(desk.command("status acme"))
        assert desk.known.found == 1
        await desk.says(desk.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}}))
        await desk.says(desk.command("status acme"))
        assert desk.known.found == 2
        assert desk.api.of("auth.test") == []


# Views


async def test_a_modal_opens_after_an_empty_ack_light_first_and_is_filled_by_its_hash() -> None:
    async def fill():
        return FULL

    async with counter(tables(replying(Opening(LIGHT, fill)))) as desk:
        desk.api.answers["views.open"].append({"view": {"id": "V7", "hash": "h7"}})
        ack = await desk.says(desk.command("status acme"), done=False)
        assert (ack.body, desk.api.calls) == ("", [])
        await desk.settles()
        assert [call.method for call in desk.api.calls] == ["views.open", "views.update"]
        opened, filled = desk.api.of("views.open")[0], desk.api.of("views.update")[0]
        assert opened["trigger_id"] == "1.2.abc"
        assert (filled["view_id"], filled["hash"]) == ("V7", "h7")
        assert filled["view"]["blocks"] == FULL["blocks"]
        assert desk.api.calls[0].token == "xoxb-1"


async def test_a_loader_that_fails_says_so_in_the_modal() -> None:
    reply = Opening(LIGHT, replying(NotFound("No such ticket.")))
    async with counter(tables(replying(reply))) as desk:
        desk.api.answers["views.open"].append({"view": {"id": "V7", "hash": "h7"}})
        await desk.says(desk.command("status acme"))
        shown = desk.api.of("views.update")[0]["view"]
        assert shown["blocks"][0]["text"]["text"] == "No such ticket."


async def test_an_expired_trigger_is_told_by_response_url() -> None:
    async with counter(tables(replying(Opening(LIGHT)))) as desk:
        desk.api.answers["views.open"].append({"ok": False, "error": "expired_trigger_id"})
        await desk.says(desk.command("status acme"))
        assert "took too long" in desk.answers[0]["text"]


def form(callback_id: str, run) -> Tables:
    return Tables.of(modals=[ModalRow(callback_id=callback_id, submit=run)])


TITLE = {"ticket.title": {"value": {"type": "plain_text_input", "value": "Login fails"}}}
BLOCKS = [
    section("Intro") | {"block_id": "x"},
    field("ticket.client", "Client", external_select("client.pick")),
    field("ticket.title#2", "Title", text_input()),
]
SUBMISSIONS = {
    "says what came of it": (Message("ACME-1"), "update", "ACME-1"),
    "shows another view": (Showing(FULL), "update", None),
    "puts a view on top": (Opening(FULL), "push", None),
    "closes everything": (Cleared(), "clear", None),
    "keeps the form under a refusal": (Conflict("closed"), "push", "closed"),
}


@pytest.mark.parametrize(("reply", "action", "text"), SUBMISSIONS.values(), ids=SUBMISSIONS)
async def test_a_submission(reply, action, text) -> None:
    async with counter(form("ticket.open", replying(reply))) as desk:
        shown = body(await desk.says(desk.submission("ticket.open", TITLE, blocks=BLOCKS)))
        assert shown["response_action"] == action
        if text:
            assert shown["view"]["blocks"][0]["text"]["text"] == text
        assert desk.api.calls == []


async def test_a_submission_can_put_a_light_view_on_top_and_fill_it() -> None:
    async def fill():
        return FULL

    async with counter(form("ticket.open", replying(Opening(LIGHT, fill)))) as desk:
        shown = body(await desk.says(desk.submission("ticket.open", TITLE, blocks=BLOCKS)))
        assert shown["response_action"] == "push"
        [filled] = desk.api.of("views.update")
        assert filled["external_id"] == shown["view"]["external_id"]
        assert filled["view"]["blocks"] == FULL["blocks"]


async def test_on_the_third_view_a_refusal_is_told_at_the_first_field() -> None:
    async with counter(form("ticket.open", replying(Conflict("R&D is closed.")))) as desk:
        deep = {"previous_view_id": "V0", "root_view_id": "V00"}
        payload = desk.submission("ticket.open", TITLE, blocks=BLOCKS, **deep)
        assert body(await desk.says(payload)) == {
            "response_action": "errors",
            "errors": {"ticket.client": "R&D is closed."},
        }


async def test_a_submission_with_nothing_to_say_closes_the_modal() -> None:
    async with counter(form("ticket.open", replying(Nothing()))) as desk:
        ack = await desk.says(desk.submission("ticket.open", TITLE))
        assert (ack.status, ack.body) == (200, "")


@pytest.mark.parametrize(
    ("wrong", "block"), [("title", "ticket.title#2"), ("else", "ticket.client")]
)
async def test_a_wrong_field_is_told_in_place(wrong: str, block: str) -> None:
    run = replying(InvalidInput(wrong, "A title is 1 to 150 <characters>."))
    async with counter(form("ticket.open", run)) as desk:
        shown = body(await desk.says(desk.submission("ticket.open", TITLE, blocks=BLOCKS)))
        assert shown == {
            "response_action": "errors",
            "errors": {block: "A title is 1 to 150 <characters>."},
        }


async def test_a_submission_reads_its_fields_and_state() -> None:
    seen = []

    async def run(submission, _desk):
        seen.append(submission)
        return Nothing()

    values = {
        "ticket.title#2": {"value": {"type": "plain_text_input", "value": "A & B"}},
        "ticket.note": {"value": {"type": "plain_text_input", "value": None}},
        "ticket.who": {"value": {"type": "users_select", "selected_user": "U9"}},
        "ticket.tags": {
            "value": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}
        },
        "ticket.on": {"value": {"type": "datepicker", "selected_date": "2026-12-01"}},
        "ticket.at": {"value": {"type": "datetimepicker", "selected_date_time": 1795253400}},
        "ticket.client": {"client.pick": {"selected_option": {"value": "7"}}},
    }
    async with counter(form("ticket.open", run)) as desk:
        await desk.says(desk.submission("ticket.open", values))
    got = seen[0].values
    assert (got.text("title"), got.text("note"), got.choice("note")) == ("A & B", "", None)
    assert (got.user("who"), got.choices("tags"), got.choice("client")) == ("U9", ("a", "b"), "7")
    assert (str(got.day("on")), str(got.instant("at"))) == (
        "2026-12-01",
        "2026-11-21 09:30:00+00:00",
    )
    assert (seen[0].state, seen[0].key) == ("state", "view_submission:V1:h1")


async def test_a_slow_submission_keeps_what_was_typed_when_it_is_refused() -> None:
    go_on = asyncio.Event()

    async def slow(*_):
        await go_on.wait()
        raise InvalidInput("title", "Too long.")

    async with counter(form("ticket.open", slow), patience=0.01) as desk:
        typed = {"ticket.title#2": {"value": {"type": "plain_text_input", "value": "Login"}}}
        ack = await desk.says(desk.submission("ticket.open", typed, blocks=BLOCKS), done=False)
        assert body(ack)["response_action"] == "update"
        go_on.set()
        await desk.settles()
        shown = desk.api.of("views.update")[0]["view"]
        assert "Too long." in shown["blocks"][0]["text"]["text"]
        assert shown["blocks"][3]["element"]["initial_value"] == "Login"
        assert (shown["callback_id"], shown["private_metadata"]) == ("ticket.open", "state")


# Presses, shortcuts, menus


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    ticket: int


async def test_a_press_acks_empty_and_answers_in_place() -> None:
    async def take(press, _desk):
        ref = decode(Ref, press.value)
        return Message(f"took {ref.ticket} in {press.channel}", replaces=True)

    row = ActionRow(action_id="ticket.take", run=take)
    async with counter(Tables.of(actions=[row])) as desk:
        value = button("Take", "ticket.take", encode(Ref(ticket=7)))["value"]
        ack = await desk.says(desk.press("ticket.take:3", value))
        assert ack.body == ""
        assert desk.answers[0]["text"] == "took 7 in C1"
        assert desk.answers[0]["replace_original"] is True


@pytest.mark.parametrize(
    ("action_id", "value"), [("ticket.gone", ""), ("ticket.take", '["Ref",9,{}]')]
)
async def test_an_old_button_says_so(action_id: str, value: str) -> None:
    async def take(press, _desk):
        decode(Ref, press.value)

    row = ActionRow(action_id="ticket.take", run=take)
    async with counter(Tables.of(actions=[row])) as desk:
        await desk.says(desk.press(action_id, value))
        assert "older version" in desk.answers[0]["text"]


async def test_inputs_and_links_nobody_listens_to_are_just_acked() -> None:
    async with counter(Tables()) as desk:
        for action_id in ("value", "link.open"):
            assert (await desk.says(desk.press(action_id))).status == 200
        assert desk.api.calls == []


async def test_a_press_in_a_modal_or_in_home_updates_what_is_shown() -> None:
    row = ActionRow(action_id="page.turn", run=replying(Showing(FULL)))
    async with counter(Tables.of(actions=[row])) as desk:
        for view_type, method in (("modal", "views.update"), ("home", "views.publish")):
            view = {"id": "V1", "hash": "h1", "type": view_type, "state": {"values": {}}}
            payload = desk.press("page.turn", view=view, container={"type": "view"})
            for key in ("channel", "message", "response_url"):
                del payload[key]
            await desk.says(payload)
            assert desk.api.of(method)[0]["hash"] == "h1"
        assert desk.api.of("views.publish")[0]["user_id"] == "U1"


async def test_a_message_can_be_taken_away() -> None:
    row = ActionRow(action_id="card.dismiss", run=replying(Removed()))
    async with counter(Tables.of(actions=[row])) as desk:
        await desk.says(desk.press("card.dismiss"))
        assert desk.answers == [{"delete_original": True}]


async def test_a_message_shortcut_brings_its_message_along() -> None:
    seen = []

    async def run(call, _desk):
        seen.append(call.message)
        return HomeShown(FULL)

    row = ShortcutRow(callback_id="ticket.log", type=ShortcutType.MESSAGE, run=run)
    async with counter(Tables.of(shortcuts=[row])) as desk:
        payload = desk.press("x") | {
            "type": "message_action",
            "callback_id": "ticket.log",
            "message": {"ts": "7.1", "thread_ts": "6.1", "user": "U9", "text": "1 &lt; 2 <@U1>"},
        }
        await desk.says(payload)
        assert (seen[0].channel, seen[0].ts, seen[0].thread) == ("C1", "7.1", "6.1")
        assert (seen[0].author, seen[0].text) == ("U9", "1 < 2 @U1")


async def test_a_menu_is_answered_in_the_ack_with_at_most_a_hundred() -> None:
    async def offer(query, _desk):
        return [option(f"{query.typed} {number}", str(number)) for number in range(150)]

    row = OptionsRow(action_id="client.pick", run=offer)
    async with counter(Tables.of(options=[row])) as desk:
        query = {
            "type": "block_suggestion",
            "team": {"id": "T1"},
            "user": {"id": "U1", "team_id": "T1"},
            "action_id": "client.pick",
            "block_id": "ticket.client",
            "value": "ac",
            "container": {"type": "view", "view_id": "V1"},
        }
        offered = body(await desk.says(query))["options"]
        assert (len(offered), offered[0]["text"]["text"]) == (100, "ac 0")
        refused = query | {"user": {"id": GUEST, "team_id": "T1"}}
        assert body(await desk.says(refused)) == {"options": []}


def test_two_rows_for_one_key_are_refused_at_once() -> None:
    row = ActionRow(action_id="ticket.take", run=replying(Nothing()))
    with pytest.raises(ValueError, match=r"actions: more than one row for ticket\.take"):
        Tables.of(actions=[row, row])
    with pytest.raises(ValueError, match="verbs of client"):
        slash(card, default=None).__class__(
            root="client", summary="", commands=slash(card).commands * 2
        )
