"""The small chat service of these stories is a chat platform like any other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import Mention, Notice
from bot.ports.platform import Capabilities
from tests.adapters.doubles import RecordingIntake
from tests.contracts.platforms.chat_sender import ChatSenderContract
from tests.contracts.platforms.diagnostics import Checkup, DiagnosticsContract, desk_with
from tests.contracts.platforms.history import HistoryContract
from tests.contracts.platforms.receiver import ReceiverContract
from tests.contracts.platforms.sample_messages import notice
from tests.contracts.platforms.sender import shown
from tests.fakes.chat.chat import NAME, PEOPLE, TEXT_LIMIT, Chat
from tests.fakes.chat.guild_chat import GuildChat
from tests.fakes.chat.message import told
from tests.stories.office import MONDAY_9


@dataclass(slots=True)
class ChatStage:
    platform: Chat
    text_limit: int = TEXT_LIMIT

    @property
    def capabilities(self) -> Capabilities:
        return self.platform.capabilities

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


@dataclass(slots=True)
class ChatTalk:
    """Ana in #help, and a desk that records."""

    chat: Chat
    intake: RecordingIntake
    listening: "asyncio.Task[None]"
    speaker: str = "chat:ana"

    @property
    def receiver(self) -> Chat:
        return self.chat

    @property
    def history(self) -> Chat:
        return self.chat

    @property
    def channel(self) -> ChannelRef:
        return ChannelRef(NAME, "help")

    async def says(self, text: str, *, thread: str | None = None) -> str:
        return await self.chat.says("ana", "help", text, thread=thread)

    async def edits(self, message_id: str, text: str, *, thread: str | None = None) -> None:
        await self.chat.edits(message_id, text)

    async def deletes(self, message_id: str, *, thread: str | None = None) -> None:
        await self.chat.deletes(message_id)

    async def heard(self, count: int) -> list[InboundEvent]:
        assert len(self.intake.events) >= count
        return self.intake.events

    async def hangs_up(self) -> None:
        await self.chat.close()
        await self.listening

    def now(self) -> datetime:
        return MONDAY_9

    async def desk_says(self, text: str) -> None:
        await shown(ChatStage(self.chat), "k1", notice(text))


@asynccontextmanager
async def talking(chat: Chat) -> AsyncIterator[ChatTalk]:
    intake = RecordingIntake()
    listening = asyncio.create_task(chat.listen(intake))
    await asyncio.sleep(0)
    try:
        yield ChatTalk(chat, intake, listening)
    finally:
        await chat.close()
        await listening


@pytest.fixture
def stage() -> ChatStage:
    return ChatStage(Chat(lambda: MONDAY_9))


@pytest.fixture
async def talk() -> AsyncIterator[ChatTalk]:
    async with talking(Chat(lambda: MONDAY_9)) as talk:
        yield talk


@pytest.fixture
def past(talk: ChatTalk) -> ChatTalk:
    return talk


@pytest.fixture
def checkup(tmp_path: Path) -> Checkup:
    chat = Chat(lambda: MONDAY_9)
    return Checkup(
        on=chat,
        well=desk_with(tmp_path, inbox="chat:help", team="chat:team-it", agent="chat:bo"),
        ill_on=chat,
        ill=desk_with(tmp_path, inbox="chat:no-such-channel", team="chat:team-it", agent="chat:bo"),
        lacking="no-such-channel",
    )


class TestChatSends(ChatSenderContract):
    """All of the contract."""


class TestChatReceives(ReceiverContract):
    """All of it."""


class TestChatsHistory(HistoryContract):
    """All of it."""


class TestChatsDiagnostics(DiagnosticsContract):
    """All of it."""


class TestChatWithServersSends(ChatSenderContract):
    """All of it where threads have headers too."""

    @pytest.fixture
    def stage(self) -> ChatStage:
        return ChatStage(GuildChat(lambda: MONDAY_9))


class TestChatWithServersHistory(HistoryContract):
    """All of it where threads have headers too."""

    @pytest.fixture
    async def past(self) -> AsyncIterator[ChatTalk]:
        async with talking(GuildChat(lambda: MONDAY_9)) as talk:
            yield talk
