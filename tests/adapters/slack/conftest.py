"""The adapter in use for each test that asks for it."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.slack.slack_in_use import SlackInUse, slack_in_use


@pytest.fixture
async def in_use() -> AsyncIterator[SlackInUse]:
    async with slack_in_use() as running:
        yield running
