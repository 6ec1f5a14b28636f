"""Webhooks keep the contracts of what they have, as a program reads them that knows repetitions by their key."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.webhook.capabilities import CAPABILITIES
from adapters.webhook.platform import WebhookPlatform
from bot.domain.directory import ChannelRef
from tests.adapters.webhook.receiver import Receiver, receiving
from tests.contracts.platforms.diagnostics import Checkup, DiagnosticsContract, desk_with
from tests.contracts.platforms.sender import SenderContract


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


@pytest.fixture
def checkup(tmp_path: Path) -> Checkup:
    """What a webhook may lack is a secret, whatever the desk."""
    desk = desk_with(tmp_path, inbox="web:help", team="web:team", agent="web:bo")
    urls = {"pager": "https://pager.example.org/"}
    return Checkup(
        on=WebhookPlatform(urls=lambda: urls, secret="a secret of these two"),
        well=desk,
        ill_on=WebhookPlatform(urls=lambda: urls, secret=None),
        ill=desk,
        lacking="DESKBELL_WEBHOOK_SECRET",
    )


class TestWebhooksSend(SenderContract):
    """All of it; nobody speaks there, and there is no past to read."""


class TestWebhooksDiagnostics(DiagnosticsContract):
    """All of it."""
