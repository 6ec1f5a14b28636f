"""A house where Acme vouches for people."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.identity.house import House, open_house
from tests.fakes.desk.headless_desk import HeadlessDesk


@pytest.fixture
async def house(headless: HeadlessDesk) -> AsyncIterator[House]:
    async with open_house(headless) as house:
        yield house
