"""A webhook keeps the sender's contract, as a program reads it that knows repetitions by their key."""

from collections.abc import AsyncIterator

import pytest

from adapters.webhook.capabilities import CAPABILITIES
from adapters.webhook.platform import WebhookPlatform
from bot.domain.directory import ChannelRef
from tests.adapters.webhook.receiver import Receiver, receiving
from tests.contracts.sender import SenderContract


class WebhookStage:
    """The webhook `pager`."""

    def __init__(self, platform: WebhookPlatform, receiver: Receiver) -> None:
        self.platform = platform
        self.capabilities = CAPABILITIES
        self.text_limit = 5_000
        self.channel = ChannelRef("webhook", "pager")
        self._receiver = receiver

    async def read(self, thread: str | None = None) -> list[str]:
        return list({each["key"]: each["text"] for each in self._receiver.told}.values())


@pytest.fixture
async def stage() -> AsyncIterator[WebhookStage]:
    async with receiving() as receiver:
        platform = WebhookPlatform(urls=lambda: {"pager": receiver.url}, secret="a secret of these two")
        try:
            yield WebhookStage(platform, receiver)
        finally:
            await platform.close()


class TestWebhook(SenderContract):
    """All of it; a webhook does nothing else."""
