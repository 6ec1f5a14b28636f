"""The small chat service of these stories is a chat platform like any other."""

from dataclasses import dataclass

import pytest

from bot.domain.directory import ChannelRef
from bot.messages.outbound import Mention, Notice
from tests.contracts.chat_platform import ChatPlatformContract
from tests.fakes.chat.chat import NAME, PEOPLE, Chat
from tests.fakes.chat.guild_chat import GuildChat
from tests.fakes.chat.message import told
from tests.stories.office import MONDAY_9


@dataclass(slots=True)
class ChatStage:
    platform: Chat

    @property
    def channel(self) -> ChannelRef:
        return ChannelRef(NAME, "help")

    @property
    def somebody(self) -> Mention:
        return Mention("chat:ana", PEOPLE["ana"])

    async def say(self, text: str) -> str:
        return await self.platform.says("bo", "help", text)

    async def take_back(self, message_id: str) -> None:
        await self.platform.deletes(message_id)

    async def end_thread(self, root: str) -> None:
        await self.take_back(root)

    async def read(self, thread: str | None = None) -> list[str]:
        return [told(each.content) for each in self.platform.posted("help", thread=thread)]

    async def pings(self) -> set[str]:
        contents = [each.content for each in self.platform.posted("help")]
        return {who.name for each in contents if isinstance(each, Notice) for who in each.mentions}


@pytest.fixture
def stage() -> ChatStage:
    return ChatStage(Chat(lambda: MONDAY_9))


class TestChatInMemory(ChatPlatformContract):
    """All of the contract."""


class TestChatWithServers(ChatPlatformContract):
    """All of it where threads have heads too."""

    @pytest.fixture
    def stage(self) -> ChatStage:
        return ChatStage(GuildChat(lambda: MONDAY_9))
