"""The adapter in use for each test that asks for it."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use


@pytest.fixture
async def in_use() -> AsyncIterator[DiscordInUse]:
    async with discord_in_use() as running:
        yield running
