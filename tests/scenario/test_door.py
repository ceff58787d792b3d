"""Security: who may come in at all. Signatures, age, repetitions; nothing moves for the others."""

from datetime import timedelta

from tests.scenario.office import ACME, BEN, CARLA, OUTSIDER, Office


async def opened_form(office: Office) -> None:
    await office.client()
    await office.types(CARLA, "/ticket acme Login fails")
    await office.submit(CARLA)


FORGED = (
    {"secret": "somebody-else"},
    {"secret": ""},
    {"signature": ""},
    {"signature": "v0="},
    {"stamp": ""},
    {"stamp": "now"},
    {"stamp": "-1795424400"},
    {"stamp": "1795424400.0"},
    {"stamp": "0"},
    {"stamp": "9" * 400},
)


async def test_a_forged_request_changes_nothing(office: Office) -> None:
    await opened_form(office)
    payload = office.signer.last("interactive", "ticket.intake")
    before = await office.contents()
    for number, forged in enumerate(FORGED):
        payload["view"]["id"] = f"VFORGED{number}"
        assert await office.signer.send("interactive", payload, **forged) == (401, ""), forged
    await office.settle()
    assert await office.contents() == before
    assert (await office.signer.send("interactive", payload))[0] == 200, "signed, it is taken"
    await office.settle()
    assert await office.contents() != before


async def test_five_minutes_by_the_clock(office: Office) -> None:
    await opened_form(office)
    payload = office.signer.last("interactive", "ticket.intake")
    stamp = office.ws.clock.timestamp()
    before = await office.contents()
    for moved, wanted in ((300, 200), (301, 401)):
        payload["view"]["id"] = f"V{moved}"
        for at in (stamp - moved, stamp + moved):
            ping = {"ssl_check": "1"}
            status, _ = await office.signer.send("slash_commands", ping, stamp=str(at))
            assert status == wanted, (moved, at)
    await office.advance(timedelta(seconds=301))
    status, _ = await office.signer.send("interactive", payload, stamp=str(stamp))
    assert status == 401
    await office.settle()
    assert await office.contents() == before


async def test_what_is_no_request_of_slacks(office: Office) -> None:
    async with office.http.get(office.ws.post.http.url) as answer:
        assert answer.status == 405
    for kind, payload, wanted in (
        ("events_api", {"type": "url_verification", "challenge": "c4"}, (200, {"challenge": "c4"})),
        ("slash_commands", {"payload": "not json"}, (400, "")),
        ("slash_commands", {f"f{n}": "x" for n in range(200)}, (400, "")),
        ("slash_commands", {"text": "x" * 1_010_000}, (413, "")),
    ):
        assert await office.signer.send(kind, payload) == wanted


async def test_an_event_sent_twice_counts_once(office: Office) -> None:
    await office.client(client_channel=ACME)
    ts = await office.says(OUTSIDER, "Login fails", ACME)
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA)
    await office.says(BEN, "On it", ACME, thread_ts=ts)
    before = await office.contents()
    entries = len(await office.audited("ticket.responded"))
    event = office.signer.last("events_api", "message")
    for _ in range(2):
        status, _ = await office.signer.send("events_api", event)
        assert status == 200
    await office.settle()
    assert await office.contents() == before
    assert len(await office.audited("ticket.responded")) == entries == 1


async def test_a_press_sent_twice_counts_once(office: Office) -> None:
    await opened_form(office)
    [card] = await office.cards()
    await office.press(BEN, card, "ticket.take", "C0ALERTS")
    before = await office.contents()
    press = office.signer.last("interactive", "ticket.take")
    assert (await office.signer.send("interactive", press))[0] == 200
    await office.settle()
    assert await office.contents() == before
    assert len(await office.audited("ticket.taken")) == 1


async def test_a_new_client_form_sent_twice_makes_one(office: Office) -> None:
    await office.types(CARLA, "/client new")
    await office.submit(CARLA, name="Acme", code="ACME")
    before = await office.contents()
    again = office.signer.last("interactive", "client.new")
    status, answer = await office.signer.send("interactive", again)
    assert status == 200
    assert "*Acme* (ACME) is created." in str(answer)
    assert await office.contents() == before
