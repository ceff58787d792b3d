"""The whole product in one loop: the local workspace, our app over signed HTTP, a clock to move."""

from collections.abc import AsyncIterator

import pytest

from tests.scenario.office import Office, open_office


@pytest.fixture
async def office(database_url) -> AsyncIterator[Office]:
    async with open_office(database_url) as office:
        yield office
