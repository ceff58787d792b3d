"""What counts as the first answer to a ticket that grew out of a message, and what does not."""

from datetime import timedelta

from tests.scenario.office import ACME, ANNA, BEN, CARLA, OUTSIDER, Office
from tests.scenario.reading import dues


async def test_a_members_reply_in_the_thread_is_the_first_answer(office: Office) -> None:
    await office.client(client_channel=ACME)
    ts = await office.says(OUTSIDER, "Login fails", ACME)
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA)
    await office.advance(timedelta(minutes=10))
    await office.says(OUTSIDER, "Anybody?", ACME, thread_ts=ts)
    await office.says("U0PRIYA", "We are all locked out", ACME, thread_ts=ts)
    await office.says(ANNA, "Not in the thread", ACME)
    [card] = await office.cards()
    assert "First answer: due" in card["text"]
    replied_at = office.now()
    await office.says(BEN, "Looking into it", ACME, thread_ts=ts)
    [card] = await office.cards()
    assert "First answer: ✅" in card["text"]
    assert "by Ben Okafor" in card["text"]
    assert dues(card)[0] == replied_at
    await office.advance(timedelta(days=4))
    assert await office.alerts("is unanswered") == []


async def test_the_requester_does_not_answer_himself(office: Office) -> None:
    await office.client(client_channel=ACME)
    ts = await office.says(BEN, "The client says that login fails", ACME)
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA)
    await office.says(BEN, "They called again", ACME, thread_ts=ts)
    [card] = await office.cards()
    assert "First answer: due" in card["text"]
    await office.says(CARLA, "I have it", ACME, thread_ts=ts)
    [card] = await office.cards()
    assert "by Carla Rossi" in card["text"]


async def test_an_answer_given_before_it_was_logged_counts(office: Office) -> None:
    """Domain 4: also one made before the ticket was logged."""
    await office.client(client_channel=ACME)
    ts = await office.says(OUTSIDER, "Login fails", ACME)
    await office.advance(timedelta(minutes=5))
    answered_at = office.now()
    await office.says(BEN, "On it", ACME, thread_ts=ts)
    await office.advance(timedelta(minutes=5))
    await office.shortcut(CARLA, "ticket.log_message", ACME, ts)
    await office.submit(CARLA)
    [card] = await office.cards()
    assert "First answer: ✅" in card["text"]
    assert dues(card)[0] == answered_at
