"""When an answer takes longer than Slack waits: an empty ack, the answer behind it, to the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from store.database import Database
from tests.scenario.office import CARLA, DANA, GENERAL, Office
from tests.scenario.reading import texts


@asynccontextmanager
async def stuck(office: Office, table: str = "tickets") -> AsyncIterator[None]:
    """Somebody else holds the database: on SQLite all writers wait, here for one table."""
    database = Database(office.settings["database_url"])
    try:
        async with database.writes.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            yield
    finally:
        await database.close()


async def test_a_late_answer_comes_by_response_url(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    await office.types(DANA, "/ticket acme Another")
    view = await office.modal(DANA)
    async with stuck(office):
        typed, submitted = await asyncio.gather(
            office.post("act", **{"as": CARLA}, channel=GENERAL, text="/ticket show acme-1"),
            office.post("submit", **{"as": DANA}, view_id=view["id"], values={}),
        )
        assert typed == {"ok": True, "ack": None}
        assert submitted["response_action"] == "update"
        assert "One moment" in texts(await office.modal(DANA))
        assert await office.whispers(CARLA) == []
    await office.settle()
    [answer] = await office.whispers(CARLA)
    assert "*ACME-1* Login fails" in answer["text"]
    assert "✅ Logged *ACME-2*" in texts(await office.modal(DANA))
    assert len(await office.cards()) == 2


async def test_a_late_mistake_keeps_what_was_typed(office: Office) -> None:
    await office.client()
    await office.types(DANA, "/client new")
    view = await office.modal(DANA)
    values = {
        block["block_id"]: value
        for block, value in zip(view["blocks"], ("Another Acme", "acme"), strict=False)
    }
    async with stuck(office, "inbox"):
        await office.post("submit", **{"as": DANA}, view_id=view["id"], values=values)
    await office.settle()
    shown = await office.modal(DANA)
    assert "Another Acme" in texts(shown)
    assert ":warning:" in texts(shown)
    assert shown["callback_id"] == "client.new"


async def test_what_was_accepted_is_answered_before_the_end(office: Office) -> None:
    await office.client()
    await office.log(CARLA, "acme Login fails")
    async with stuck(office):
        typed = await office.post(
            "act", **{"as": CARLA}, channel=GENERAL, text="/ticket show acme-1"
        )
        assert typed["ack"] is None
        ending = asyncio.create_task(office.close_app())
        await asyncio.wait((ending,), timeout=0.05)
        assert not ending.done(), "it waits for what it owes"
    await ending
    [answer] = await office.whispers(CARLA)
    assert "*ACME-1* Login fails" in answer["text"]
