"""A breach replaces the warning: one post and one deletion, and no edit of what goes in a moment."""

from pathlib import Path

import pytest

from bot.documents.builder import DocumentBuilder
from bot.documents.chart_process import ChartProcess
from bot.messages.delivery import Delivered, Delivery, RefusedByPlatform
from bot.messages.outbound import Notice, OutboundMessage
from bot.messages.plain import plain
from bot.ports.platform import Capabilities, Platform
from bot.workers.outbox.outbox_worker import OutboxWorker
from storage.file_store import FolderFileStore
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import because, said

WARNED_AFTER, BREACHED_AFTER = 24, 30


class Channel:
    """Shows what is posted to an escalation channel, or refuses new posts."""

    name = "web"

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.texts: list[str] = []
        self.refuses = False

    async def close(self) -> None:
        """Nothing is open."""

    async def deliver(self, message: OutboundMessage) -> Delivery:
        if message.address.channel.channel != "escalations-it":
            return Delivered(message.shown or (message.key,))
        if not message.shown and self.refuses:
            return RefusedByPlatform(because("not today"))
        self.calls.append("post" if not message.shown else "edit" if message.content else "delete")
        if isinstance(message.content, Notice):
            self.texts.append(plain(message.content.text))
        return Delivered(message.shown or (message.key,))


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
async def delivering(headless: HeadlessDesk, channel: Channel, tmp_path: Path) -> OutboxWorker:
    files = FolderFileStore(tmp_path / "sent", cap=10_000)
    worker = OutboxWorker(
        storage=headless.storage,
        platforms={"web": Platform(capabilities=Capabilities(), sender=channel)},
        contexts=headless.contexts,
        making=DocumentBuilder(files, ChartProcess(tmp_path / "drawing")),
    )
    await headless.opens()
    await headless.passes(minutes=WARNED_AFTER)
    await _deliver(worker)
    assert channel.calls == ["post"]
    channel.calls.clear()
    return worker


async def test_a_warning_is_not_edited_while_the_breach_that_replaces_it_is_on_its_way(
    headless: HeadlessDesk, channel: Channel, delivering: OutboxWorker
) -> None:
    await headless.passes(minutes=BREACHED_AFTER - WARNED_AFTER)
    await _deliver(delivering)
    assert channel.calls == ["post", "delete"], "the breach says already whom it calls"


async def test_a_warning_whose_breach_cannot_be_posted_says_what_became_of_it(
    headless: HeadlessDesk, channel: Channel, delivering: OutboxWorker
) -> None:
    channel.refuses = True
    await headless.passes(minutes=BREACHED_AFTER - WARNED_AFTER)
    await _deliver(delivering)
    assert channel.calls == ["edit"]
    assert channel.texts[-1].startswith(said("team.breached_title"))


async def test_while_edits_wait_a_breach_comes_and_the_warning_goes_at_the_end(
    headless: HeadlessDesk, channel: Channel, delivering: OutboxWorker
) -> None:
    with delivering.only_new():
        await headless.passes(minutes=BREACHED_AFTER - WARNED_AFTER)
        await _deliver(delivering)
        assert channel.calls == ["post"]
    await _deliver(delivering)
    assert channel.calls == ["post", "delete"]


async def _deliver(worker: OutboxWorker) -> None:
    while await worker.deliver_due():
        pass
