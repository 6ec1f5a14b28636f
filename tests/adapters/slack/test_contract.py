"""Slack keeps the chat platform's contract, through the real client libraries over loopback."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.slack.slack_in_use import SlackStage, slack_in_use
from tests.contracts.chat_sender import ChatSenderContract


@pytest.fixture
async def stage() -> AsyncIterator[SlackStage]:
    async with slack_in_use(scale=0.05) as in_use:
        yield SlackStage(in_use)


class TestSlack(ChatSenderContract):
    """All of the contract; what is Slack's own is in the other modules."""
