"""A front door on a database of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.http.sign_in.front_door import FrontDoor, front_door
from tests.fakes.desk.headless_desk import HeadlessDesk


@pytest.fixture
async def door(headless: HeadlessDesk) -> AsyncIterator[FrontDoor]:
    async with front_door(headless) as door:
        yield door
