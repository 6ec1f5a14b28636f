"""Discord keeps the contracts of all that it has, through the real discord.py over loopback."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from adapters.discord.capabilities import CAPABILITIES
from adapters.discord.platform import DiscordPlatform
from adapters.discord.render.messages import TEXT_LIMIT
from bot.messages.delivery import Delivered, Delivery
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import Address, Mention, OutboundMessage
from tests.adapters.discord.delivery.sending_side import Sending, sending
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use
from tests.adapters.discord.render.read_markdown import as_read
from tests.contracts.platforms.chat_sender import ChatSenderContract
from tests.contracts.platforms.diagnostics import Checkup, DiagnosticsContract, desk_with
from tests.contracts.platforms.history import HistoryContract
from tests.contracts.platforms.receiver import ReceiverContract
from tests.contracts.platforms.sample_messages import notice
from tests.fakes.discord import NotOffered, Seen
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.world.records import MessageType, Thread

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


class DiscordTalk:
    """Ana in #help."""

    def __init__(self, in_use: DiscordInUse) -> None:
        self._in_use = in_use
        self.receiver: DiscordPlatform = in_use.platform
        self.history: DiscordPlatform = in_use.platform
        self.channel = in_use.ref("help")
        self.speaker = f"discord:{in_use.ana.id}"
        self._said: dict[str, Seen] = {}
        self._threads: dict[str, Thread] = {}

    async def says(self, text: str, *, thread: str | None = None) -> str:
        """A thread is begun on its first message when somebody first replies."""
        if thread is not None and thread not in self._threads:
            self._threads[thread] = await self._in_use.ana.starts_thread(self._said[thread], "a thread")
        said = await self._in_use.ana.says("help" if thread is None else self._threads[thread], text)
        self._said[str(said.id)] = said
        return str(said.id)

    async def edits(self, message_id: str, text: str, *, thread: str | None = None) -> None:
        await self._in_use.ana.edits(self._said[message_id], text)

    async def deletes(self, message_id: str, *, thread: str | None = None) -> None:
        await self._in_use.ana.deletes(self._said[message_id])

    async def heard(self, count: int) -> list[InboundEvent]:
        await self._in_use.server.until(self._in_use.intake.has(count), f"{count} events are heard")
        return self._in_use.intake.events

    async def hangs_up(self) -> None:
        await self._in_use.platform.close()

    def now(self) -> datetime:
        return self._in_use.server.pace.now()

    async def desk_says(self, text: str) -> None:
        address = Address(channel=self.channel)
        answer = await self._in_use.platform.deliver(
            OutboundMessage(key="k1", address=address, content=notice(text), wanted_at=self.now())
        )
        assert isinstance(answer, Delivered)


@pytest.fixture
async def stage() -> AsyncIterator[DiscordStage]:
    async with sending() as side:
        yield DiscordStage(side)


@pytest.fixture
async def talk() -> AsyncIterator[DiscordTalk]:
    async with discord_in_use() as in_use:
        yield DiscordTalk(in_use)


@pytest.fixture
def past(talk: DiscordTalk) -> DiscordTalk:
    return talk


@pytest.fixture
async def checkup(tmp_path: Path) -> AsyncIterator[Checkup]:
    async with discord_in_use() as in_use:
        agents = in_use.server.role("agents", [in_use.bo], permissions=int(Permission.MANAGE_MESSAGES))
        in_use.server.channel("agents", private_to=[agents])
        inbox, team = str(in_use.ref("help")), str(in_use.ref("agents"))
        agent = f'"discord:@{agents.id}"'
        yield Checkup(
            on=in_use.platform,
            well=desk_with(tmp_path, inbox=inbox, team=team, agent=agent),
            ill_on=in_use.platform,
            ill=desk_with(tmp_path, inbox="discord:110000000000000001", team=team, agent=agent),
            lacking="110000000000000001",
        )


class TestDiscordSends(ChatSenderContract):
    """All of the contract; what is Discord's own is in the other modules."""


class TestDiscordReceives(ReceiverContract):
    """All of it."""


class TestDiscordsHistory(HistoryContract):
    """All of it."""


class TestDiscordsDiagnostics(DiagnosticsContract):
    """All of it."""
