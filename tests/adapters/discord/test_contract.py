"""Discord keeps the chat platform's contract, through the real discord.py over loopback."""

from collections.abc import AsyncIterator

import pytest

from adapters.discord.capabilities import CAPABILITIES
from adapters.discord.render.messages import TEXT_LIMIT
from bot.messages.outbound import Delivery, Mention, OutboundMessage
from tests.adapters.discord.delivery.sending_side import Sending, sending
from tests.adapters.discord.render.read_markdown import as_read
from tests.contracts.chat_sender import ChatSenderContract
from tests.fakes.discord import NotOffered, Seen
from tests.fakes.discord.world.records import MessageType

WORDS = (MessageType.DEFAULT, MessageType.REPLY)


class SendingPlatform:
    """The part of the port that the contract uses."""

    name = "discord"

    def __init__(self, side: Sending) -> None:
        self._side = side

    async def deliver(self, message: OutboundMessage) -> Delivery:
        return await self._side.deliver(message)

    async def close(self) -> None:
        """The client that it sends through is closed by whom it belongs to."""


class DiscordStage:
    """#help, as Ana sees it."""

    def __init__(self, side: Sending) -> None:
        self._side = side
        self.platform = SendingPlatform(side)
        self.capabilities = CAPABILITIES
        self.text_limit = TEXT_LIMIT
        self.channel = side.ref("help")
        self.somebody = Mention(
            f"discord:{side.bo.id}", side.server.world.shown_name(side.bo.id, side.server.guild.id)
        )

    async def say(self, text: str) -> str:
        return str((await self._side.ana.says("help", text)).id)

    async def take_back(self, message_id: str) -> None:
        said = next(each for each in self._side.ana.reads("help") if str(each.id) == message_id)
        await self._side.ana.deletes(said)

    async def end_thread(self, root: str) -> None:
        server = self._side.server
        server.threads.delete(server.world.threads[int(root)])

    async def read(self, thread: str | None = None) -> list[str]:
        return [as_read(each.words) for each in self._shown(thread)]

    async def pings(self) -> set[str]:
        server = self._side.server
        everywhere = [
            *self._shown(None),
            *(each for root in list(server.world.threads) for each in self._shown(str(root))),
        ]
        return {ping for each in everywhere for ping in each.pings}

    def _shown(self, thread: str | None) -> list[Seen]:
        ana = self._side.ana
        try:
            seen = (
                ana.reads("help")
                if thread is None
                else ana.reads_thread(self._side.server.world.threads[int(thread)])
            )
        except (KeyError, NotOffered):
            return []
        return [each for each in seen if each.is_bot and each.kind in WORDS]


@pytest.fixture
async def stage() -> AsyncIterator[DiscordStage]:
    async with sending() as side:
        yield DiscordStage(side)


class TestDiscord(ChatSenderContract):
    """All of the contract; what is Discord's own is in the other modules."""
