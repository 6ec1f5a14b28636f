"""The adapter in use, or its sending side alone, for each test that asks for it."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.discord.delivery.sending_side import Sending, sending
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use


@pytest.fixture
async def in_use() -> AsyncIterator[DiscordInUse]:
    async with discord_in_use() as running:
        yield running


@pytest.fixture
async def side() -> AsyncIterator[Sending]:
    async with sending() as side:
        yield side
