"""Every command and report costs as many statements for a thousand clients as for ten."""

from collections.abc import Awaitable
from datetime import timedelta

from bot.domain.clients import ClientDraft, ClientStatus
from bot.domain.people import Role
from bot.services.clients import ClientRow
from tests.contract.statements import statements
from tests.scenario.office import ANNA, CARLA, GENERAL, Office, open_office
from tests.scenario.reading import buttons

FEW, MANY = 10, 1000
KNOWN = {
    "/client status": 2,
    "/ticket, form open and filled": 4,
    "ticket form sent": 25,
    "alert acknowledged": 25,
    "/report daily": 9,
}
"""Change a figure only with the reason in the commit: one that grows with clients never passes."""


async def test_no_statement_count_grows_with_clients(database_url):
    async with open_office(database_url) as office:
        await grow(office, 1, FEW)
        for_few = await costs(office)
        await grow(office, FEW + 1, MANY)
        for_many = await costs(office)
    assert (for_few, for_many) == (KNOWN, KNOWN)


async def grow(office: Office, first: int, last: int) -> None:
    """Clients with these numbers, silently, as an import takes them in."""
    rows = [
        ClientRow(
            draft=ClientDraft(
                code=f"N{number}", name=f"Number {number} Ltd", status=ClientStatus.ACTIVE
            ),
            team={Role.ACCOUNT_MANAGER: ANNA},
            place=f"line {number}",
        )
        for number in range(first, last + 1)
    ]
    report = await office.app.services.clients.take_in(office.workspace_id, rows)
    assert report.created == len(rows)


async def costs(office: Office) -> dict[str, int]:
    """What each costs when everything that is asked once is known."""
    await office.reply(CARLA, "/client status n1")
    status = await cost(office, office.post("act", **typed("/client status n1")))
    form = await cost(office, office.post("act", **typed("/ticket n1 The printer is on fire")))
    view = await office.modal(CARLA)
    sent = await cost(office, office.post("submit", **{"as": CARLA}, view_id=view["id"], values={}))
    await office.settle()
    return {
        "/client status": status,
        "/ticket, form open and filled": form,
        "ticket form sent": sent,
        "alert acknowledged": await acknowledging(office),
        "/report daily": await cost(office, office.post("act", **typed("/report daily"))),
    }


async def acknowledging(office: Office) -> int:
    """Anna is told of a breach and presses the button."""
    await office.log(CARLA, "n1 All systems down priority=critical")
    await office.advance(timedelta(hours=4))
    alert = (await office.dms(ANNA, "is unanswered"))[-1]
    assert "alert.acknowledge" in buttons(alert)
    press = {"channel": alert["channel"], "ts": alert["ts"], "action_id": "alert.acknowledge"}
    counted = await cost(office, office.post("press", **{"as": ANNA}, **press))
    await office.settle()
    return counted


def typed(text: str) -> dict[str, str]:
    return {"as": CARLA, "channel": GENERAL, "text": text}


async def cost(office: Office, doing: Awaitable[dict]) -> int:
    """The statements of a request and of what it goes on with, without the courier's."""
    with statements(office.app.database) as said:
        answer = await doing
        assert answer["ok"], answer
        await office.app.slack.background.settled(10)
    return len(said)
