"""Flow 2 and 4: a ticket is logged, its clocks run, and an unanswered one climbs."""

from datetime import timedelta

from tests.scenario.office import ACME, ALERTS, ANNA, CARLA, DANA, ERIK, Office


async def test_prose_arrives_as_typed(office: Office) -> None:
    await office.client()
    await office.types(CARLA, "/ticket acme client can't log in: “payload” rejected & <more>")
    answer = await office.submit(CARLA)
    assert answer["response_action"] == "update"
    [card] = await office.sees(CARLA, ALERTS)
    assert "*ACME-1* client can't log in: “payload” rejected &amp; &lt;more&gt;" in card["text"]


async def test_an_unanswered_critical_ticket_climbs_to_the_director(office: Office) -> None:
    await office.client()
    await office.types(CARLA, "/ticket acme All systems down priority=critical")
    await office.submit(CARLA)
    await office.advance(timedelta(hours=4))
    [first] = await office.dms(ANNA)
    assert "ACME-1 is unanswered" in first["text"]
    assert await office.dms(DANA) == []
    await office.advance(timedelta(hours=6))
    assert len(await office.dms(DANA)) == 1
    assert await office.dms(ERIK) == []
    await office.advance(timedelta(hours=3))
    assert len(await office.dms(ERIK)) == 1
