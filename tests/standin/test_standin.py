"""Flows 1, 2 and 4 against a Slack that others wrote."""

from datetime import timedelta

import pytest

from tests.scenario.reading import buttons, texts
from tests.standin.conftest import MONDAY, Office

pytestmark = pytest.mark.standin

ANNA, CARLA, DANA, ERIK = "U0ANNA", "U0CARLA", "U0DANA", "U0ERIK"
GENERAL, ALERTS = "C0GENERAL", "C0ALERTS"
HOUR, MOMENT = timedelta(hours=1), timedelta(seconds=1)
BREACH = MONDAY + 4 * HOUR
UNANSWERED = "is unanswered"


async def create_client(office: Office) -> None:
    await office.slack.types(ANNA, "/client new", GENERAL)
    form = await office.slack.form("client.new")
    await office.slack.submits(
        ANNA, form, name="ACME Incorporated", code="ACME", status="active", account_manager=ANNA
    )
    await office.slack.told("*ACME Incorporated* (ACME) is created.")


async def log_critical_ticket(office: Office) -> None:
    await create_client(office)
    await office.slack.types(CARLA, "/ticket acme All systems down priority=critical", GENERAL)
    await office.slack.submits(CARLA, await office.slack.form("ticket.intake"))
    await office.slack.told("Logged *ACME-1* for ACME Incorporated: All systems down")
    await office.slack.shown(ALERTS, "*ACME-1* All systems down")


async def told(office: Office) -> dict[str, int]:
    """How many alerts about the breach each of them has."""
    return {who: len(await office.slack.dms(who, UNANSWERED)) for who in (ANNA, DANA, ERIK)}


async def test_a_new_client_answers_to_status(office):
    await create_client(office)
    await office.slack.types(CARLA, "/client status acme", GENERAL)
    card = await office.slack.shown(GENERAL, "ACME Incorporated (ACME) is active.")
    assert card["ephemeral_to"] == CARLA
    assert f"account manager: <@{ANNA}>" in texts(card)
    assert "ticket.log" in buttons(card)


async def test_a_refused_form_says_why_at_the_field(office):
    await create_client(office)
    await office.slack.types(CARLA, "/client new", GENERAL)
    form = await office.slack.form("client.new")
    await office.slack.submits(CARLA, form, name="Another", code="acme")
    errors = await office.slack.eventually(office.slack.errors)
    assert "“acme” is taken" in errors["code"]


async def test_a_ticket_goes_to_the_alert_channel(office):
    await log_critical_ticket(office)
    card = await office.slack.shown(ALERTS, "*ACME-1* All systems down")
    assert "First answer: " in card["text"]
    assert "ticket.take" in buttons(card)
    await office.slack.presses(CARLA, card, "ticket.take")
    taken = await office.slack.shown(ALERTS, "Assignee*\ncarla")
    assert taken["ts"] == card["ts"]


async def test_home_shows_what_is_mine(office):
    await log_critical_ticket(office)
    card = await office.slack.shown(ALERTS, "*ACME-1* All systems down")
    await office.slack.presses(CARLA, card, "ticket.take")
    await office.slack.shown(ALERTS, "Assignee*\ncarla")
    await office.slack.opens_home(CARLA)
    assert "*ACME-1* All systems down" in texts(await office.slack.home(CARLA))


async def test_unanswered_it_climbs_to_the_director(office):
    await log_critical_ticket(office)
    await office.clock.advance_to(BREACH - MOMENT)
    assert await told(office) == {ANNA: 0, DANA: 0, ERIK: 0}
    await office.clock.advance_to(BREACH)
    assert await told(office) == {ANNA: 1, DANA: 0, ERIK: 0}
    [alert] = await office.slack.dms(ANNA, UNANSWERED)
    assert buttons(alert)["alert.acknowledge"] == "Acknowledge"
    await office.clock.advance_to(BREACH + 6 * HOUR - MOMENT)
    assert await told(office) == {ANNA: 1, DANA: 0, ERIK: 0}
    await office.clock.advance_to(BREACH + 6 * HOUR)
    assert await told(office) == {ANNA: 1, DANA: 1, ERIK: 0}
    await office.clock.advance_to(BREACH + 9 * HOUR)
    assert await told(office) == {ANNA: 1, DANA: 1, ERIK: 1}


async def test_an_acknowledgement_stops_it(office):
    await log_critical_ticket(office)
    await office.clock.advance_to(BREACH)
    [alert] = await office.slack.dms(ANNA, UNANSWERED)
    await office.slack.presses(ANNA, alert, "alert.acknowledge")
    await office.slack.shown(alert["channel"], "Acknowledged by anna")
    copy = await office.slack.shown(ALERTS, "Acknowledged by anna")
    assert "alert.acknowledge" not in buttons(copy)
    await office.clock.advance_to(BREACH + 4 * HOUR - MOMENT)
    assert await told(office) == {ANNA: 1, DANA: 0, ERIK: 0}
