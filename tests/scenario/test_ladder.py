"""Flow 4: a clock warns, breaches, and the alert climbs until somebody has it."""

from datetime import datetime, timedelta

from bot.domain.people import Role
from tests.scenario.office import (
    ALERTS,
    ANNA,
    BEN,
    CARLA,
    DANA,
    ERIK,
    FARID,
    OPS,
    ROLES,
    Office,
    berlin,
    open_office,
)
from tests.scenario.reading import buttons, posted_at, texts

HOUR = timedelta(hours=1)
ANSWER = "is unanswered"
LOGGED = berlin(2026, 11, 23, 10)
BREACH = LOGGED + 4 * HOUR


async def critical(office: Office, **client: object) -> None:
    """A critical ticket of Acme, logged at LOGGED: an answer is due at BREACH."""
    await office.client(**client)
    await office.log(CARLA, "acme All systems down priority=critical")


async def told_at(office: Office, who: str, about: str = ANSWER) -> list[datetime]:
    return [posted_at(message) for message in await office.dms(who, about)]


async def test_three_quarters_warn_whoever_should_answer(office: Office) -> None:
    await critical(office)
    await office.advance_to(LOGGED + 3 * HOUR)
    [warning] = await office.dms(CARLA)
    assert "*ACME-1* waits for an answer" in texts(warning)
    assert posted_at(warning) == LOGGED + 3 * HOUR
    [shown] = await office.alerts("waits for an answer")
    assert await office.dms(ANNA) == []
    await office.advance_to(BREACH)
    [over] = await office.dms(CARLA, "ACME-1")
    assert over["ts"] == warning["ts"]
    assert "Over: the deadline passed." in over["text"]
    assert "Over: the deadline passed." in next(
        m["text"] for m in await office.alerts("ACME-1") if m["ts"] == shown["ts"]
    )


async def test_the_warning_goes_to_the_assignee(office: Office) -> None:
    await critical(office)
    [card] = await office.cards()
    await office.press(BEN, card, "ticket.take", ALERTS)
    await office.advance_to(LOGGED + 3 * HOUR)
    assert await told_at(office, BEN, "waits for an answer") == [LOGGED + 3 * HOUR]
    assert await office.dms(CARLA) == []
    await office.advance_to(BREACH)
    assert await told_at(office, BEN) == [BREACH]
    assert await told_at(office, ANNA) == [BREACH]


async def test_an_unanswered_critical_ticket_climbs_to_the_end(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + 16 * HOUR)
    assert await told_at(office, ANNA) == [BREACH]
    # The exhausted ladder is told to admins, and Dana is one.
    assert await told_at(office, DANA) == [BREACH + 6 * HOUR, BREACH + 13 * HOUR]
    assert await told_at(office, ERIK) == [BREACH + n * HOUR for n in (9, 10, 11, 12)]
    [ops] = await office.alerts(ANSWER, OPS)
    assert posted_at(ops) == BREACH + 13 * HOUR
    assert "nobody acknowledged; admins and the ops channel are told" in texts(ops)
    assert len(await office.alerts(ANSWER)) == 1
    # Then once each working day, as it opens.
    await office.advance_to(berlin(2026, 11, 26, 12))
    again = [posted_at(m) for m in await office.alerts(ANSWER, OPS)]
    assert again == [BREACH + 13 * HOUR, berlin(2026, 11, 25, 9), berlin(2026, 11, 26, 9)]


async def test_everybody_told_reads_why_and_what_comes_next(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + 6 * HOUR)
    [anna] = await office.dms(ANNA, ANSWER)
    [dana] = await office.dms(DANA, ANSWER)
    assert (
        "You were told as account manager; it is with the operations manager now. "
        "Unless somebody acknowledges within 3 h, the managing director is told."
    ) in anna["text"]
    assert "told as operations manager" in dana["text"]
    assert "within 3 h, the managing director is told" in dana["text"]
    assert "told Anna Becker" in texts(dana)
    assert "told Dana Novak" in texts(anna), "every copy shows the same trail"


async def test_acknowledging_stops_it_for_everybody(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + 6 * HOUR)
    [dm] = await office.dms(ANNA, ANSWER)
    assert "alert.acknowledge" in buttons(dm)
    await office.press(ANNA, dm, "alert.acknowledge", dm["channel"])
    copies = [
        *await office.alerts(ANSWER),
        *await office.dms(ANNA, ANSWER),
        *await office.dms(DANA, ANSWER),
    ]
    assert len(copies) == 3
    for copy in copies:
        assert "Acknowledged by Anna Becker" in copy["text"]
        assert "alert.acknowledge" not in buttons(copy)
    await office.advance(4 * HOUR - timedelta(seconds=1))
    assert await told_at(office, ERIK) == []
    assert len(await office.audited("alert.acknowledged")) == 1


async def test_acknowledged_and_forgotten(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + HOUR)
    [dm] = await office.dms(ANNA, ANSWER)
    await office.press(ANNA, dm, "alert.acknowledge", dm["channel"])
    await office.advance_to(BREACH + 5 * HOUR)
    assert await told_at(office, ANNA) == [BREACH, BREACH + 5 * HOUR]
    asked = (await office.dms(ANNA, ANSWER))[-1]
    assert "still true, asked Anna Becker again" in texts(asked)
    assert "alert.acknowledge" in buttons(asked)
    assert await told_at(office, DANA) == []
    await office.advance_to(BREACH + 6 * HOUR)
    assert await told_at(office, DANA) == [BREACH + 6 * HOUR]


async def test_who_acknowledges_second_learns_who_was_first(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + 6 * HOUR)
    [dm] = await office.dms(DANA, ANSWER)
    await office.press(DANA, dm, "alert.acknowledge", dm["channel"])
    before = await office.contents("episodes", "outbox")
    late = office.signer.last("interactive", "alert.acknowledge")
    late["user"] |= {"id": ERIK, "username": "erik", "name": "erik"}
    await office.signer.send("interactive", late)
    await office.settle()
    assert await office.contents("episodes", "outbox") == before
    [told] = [m for m in await office.sees(DANA, dm["channel"]) if m.get("ephemeral")]
    assert told["text"] == f"<@{DANA}> has acknowledged this already."
    assert len(await office.audited("alert.acknowledged")) == 1


async def test_an_answer_ends_it_everywhere(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + 6 * HOUR)
    [card] = await office.cards()
    await office.press(CARLA, card, "ticket.respond", ALERTS)
    for copy in (
        *await office.alerts("an answer was due"),
        *await office.dms(ANNA, "an answer was due"),
        *await office.dms(DANA, "an answer was due"),
    ):
        assert "Over: answered." in copy["text"]
        assert "alert.acknowledge" not in buttons(copy)
    await office.advance(20 * HOUR)
    assert await told_at(office, ERIK) == [], "the answer's ladder has ended"


async def test_closing_ends_both_clocks(office: Office) -> None:
    await critical(office)
    await office.advance_to(LOGGED + 8 * HOUR)
    assert len(await told_at(office, ANNA, "is unsolved")) == 1
    [card] = await office.cards()
    await office.press(CARLA, card, "ticket.ask_close", ALERTS)
    await office.submit(CARLA, resolution="Restarted")
    for message in await office.dms(ANNA, "ACME-1"):
        assert "Over: ticket closed." in message["text"]
    seen = len(await office.dms(ERIK)), len(await office.dms(DANA))
    await office.advance(timedelta(days=5))
    assert (len(await office.dms(ERIK, "ACME")), len(await office.dms(DANA, "ACME"))) == seen


async def test_quiet_hours_hold_until_the_members_own_morning(database_url) -> None:
    """Farid's morning is Berlin's afternoon; the level's time runs from when he has it."""
    async with open_office(database_url, now=LOGGED) as office:
        await office.client(team={Role.ACCOUNT_MANAGER: FARID})
        await office.log(CARLA, "acme Report is wrong priority=high")
        await office.advance_to(berlin(2026, 11, 24, 14, 59))
        assert len(await office.alerts(ANSWER)) == 1, "channels know no quiet hours"
        assert await office.dms(FARID) == []
        await office.advance_to(berlin(2026, 11, 25, 14, 59))
        assert await told_at(office, FARID) == [berlin(2026, 11, 24, 15)]
        assert await office.dms(DANA, ANSWER) == []
        await office.advance_to(berlin(2026, 11, 25, 15))
        assert await told_at(office, DANA) == [berlin(2026, 11, 25, 15)]


async def test_quiet_hours_of_a_weekend(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 26, 18)) as office:
        await office.client()
        await office.log(CARLA, "acme Report is wrong priority=high")
        await office.advance_to(berlin(2026, 11, 30, 12))
        assert [posted_at(m) for m in await office.alerts(ANSWER)] == [berlin(2026, 11, 27, 18)]
        assert await told_at(office, ANNA) == [berlin(2026, 11, 30, 9)]


async def test_critical_knows_no_quiet_hours(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 27, 22)) as office:
        await office.client()
        await office.log(CARLA, "acme All systems down priority=critical")
        await office.advance_to(berlin(2026, 11, 28, 9))
        assert await told_at(office, ANNA) == [berlin(2026, 11, 28, 2)]
        assert await told_at(office, DANA) == [berlin(2026, 11, 28, 8)]


async def test_an_alert_over_before_morning_wakes_nobody(database_url) -> None:
    async with open_office(database_url, now=berlin(2026, 11, 26, 18)) as office:
        await office.client()
        await office.log(CARLA, "acme Report is wrong priority=high")
        await office.advance_to(berlin(2026, 11, 27, 20))
        [card] = await office.cards()
        await office.press(CARLA, card, "ticket.respond", ALERTS)
        await office.advance_to(berlin(2026, 11, 30, 12))
        assert await office.dms(ANNA, "an answer was due") == []


async def test_less_than_high_ends_with_the_operations_manager(database_url) -> None:
    async with open_office(database_url, now=LOGGED) as office:
        await office.client()
        await office.log(CARLA, "acme A question priority=medium")
        breach = berlin(2026, 11, 25, 10)
        await office.advance_to(breach + timedelta(days=7))
        assert await told_at(office, ANNA) == [breach]
        # Asked again every 4 h of 24x5, counted from when she had it: not in the evening.
        assert (await told_at(office, DANA))[:4] == [
            berlin(2026, 11, 26, 10),
            berlin(2026, 11, 26, 14),
            berlin(2026, 11, 27, 9),
            berlin(2026, 11, 27, 13),
        ]
        assert posted_at((await office.alerts(ANSWER, OPS))[0]) == berlin(2026, 11, 27, 17)
        assert await office.dms(ERIK, ANSWER) == []


async def test_a_role_that_nobody_holds_is_passed(database_url) -> None:
    roles = ROLES | {DANA: frozenset({Role.ADMIN})}
    async with open_office(database_url, now=LOGGED, roles=roles) as office:
        await critical(office)
        await office.advance_to(BREACH + 6 * HOUR)
        assert await told_at(office, ERIK) == [BREACH + 6 * HOUR]
        [alert] = await office.alerts(ANSWER)
        assert "nobody to tell at level 2, passed on" in texts(alert)


async def test_without_account_manager_the_operations_manager_is_first(database_url) -> None:
    roles = {who: given for who, given in ROLES.items() if who != ANNA}
    async with open_office(database_url, now=LOGGED, roles=roles) as office:
        await critical(office, team={})
        await office.advance_to(BREACH)
        assert await told_at(office, DANA) == [BREACH]
        await office.advance_to(BREACH + 3 * HOUR)
        assert await told_at(office, ERIK) == [BREACH + 3 * HOUR]


async def test_a_client_without_team_goes_to_the_workspaces_role(office: Office) -> None:
    await critical(office, team={})
    await office.advance_to(BREACH)
    assert await told_at(office, ANNA) == [BREACH]


async def test_somebody_told_is_not_told_again_as_a_higher_level(office: Office) -> None:
    await critical(office, team={Role.ACCOUNT_MANAGER: DANA})
    await office.advance_to(BREACH + 6 * HOUR)
    assert await told_at(office, DANA) == [BREACH]
    assert await told_at(office, ERIK) == [BREACH + 6 * HOUR]
    [alert] = await office.alerts(ANSWER)
    assert "level 2 knew already, passed on" in texts(alert)


async def test_a_message_that_cannot_arrive_goes_to_the_next_level(office: Office) -> None:
    await office.fails(
        "chat.postMessage", "error", error="account_inactive", channel=ANNA, times=None
    )
    await critical(office)
    await office.log(CARLA, "acme Another one priority=critical")
    await office.advance_to(BREACH)
    await office.settle()
    alarms = [m for m in await office.dms(DANA) if ANSWER in m["text"]]
    assert [posted_at(m) for m in alarms] == [BREACH, BREACH], "one for each ticket"
    told = await office.dms(DANA, "I could not deliver")
    assert len(told) == 1, "admins hear of the same trouble once"
    assert "account_inactive" in told[0]["text"]
    assert await office.dms(ANNA, ANSWER) == []


async def test_who_left_is_no_level(office: Office) -> None:
    await critical(office)
    await office.post("member", user=ANNA, deleted=True)
    await office.settle()
    await office.give_roles({ANNA: ROLES[ANNA]})
    await office.advance_to(BREACH)
    assert await told_at(office, DANA) == [BREACH]
    assert await office.dms(ANNA, ANSWER) == []


async def test_who_leaves_while_told_passes_it_on_when_time_is_up(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH + HOUR)
    await office.post("member", user=ANNA, deleted=True)
    await office.settle()
    await office.advance_to(BREACH + 6 * HOUR)
    assert len(await told_at(office, DANA)) == 1


async def test_a_restart_forgets_no_level(office: Office) -> None:
    await critical(office)
    await office.advance_to(BREACH)
    await office.close_app()
    await office.advance(7 * HOUR)
    await office.open_app()
    assert len(await told_at(office, DANA)) == 1
    assert await told_at(office, ANNA) == [BREACH]
