"""Slack keeps the contracts of all that it has, through the real client libraries over loopback."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.slack.platform import SlackPlatform
from bot.messages.inbound import InboundEvent
from tests.adapters.slack.slack_in_use import SlackInUse, SlackStage, slack_in_use
from tests.contracts.platforms.chat_sender import ChatSenderContract
from tests.contracts.platforms.diagnostics import Checkup, DiagnosticsContract, desk_with
from tests.contracts.platforms.history import HistoryContract
from tests.contracts.platforms.receiver import ReceiverContract
from tests.contracts.platforms.sample_messages import notice
from tests.contracts.platforms.sender import shown
from tests.fakes.slack.people.screen import Seen


class SlackTalk:
    """Ana in #help-it."""

    def __init__(self, in_use: SlackInUse) -> None:
        self._in_use = in_use
        self.receiver: SlackPlatform = in_use.platform
        self.history: SlackPlatform = in_use.platform
        self.channel = in_use.ref("help-it")
        self.speaker = f"slack:{in_use.ana.id}"
        self._said: dict[str, Seen] = {}

    async def says(self, text: str, *, thread: str | None = None) -> str:
        said = await self._in_use.ana.says("help-it", text, thread=thread)
        self._said[said.ts] = said
        return said.ts

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
        return datetime.now(UTC)

    async def desk_says(self, text: str) -> None:
        await shown(SlackStage(self._in_use), "k1", notice(text))


@pytest.fixture
async def stage() -> AsyncIterator[SlackStage]:
    async with slack_in_use(scale=0.05) as in_use:
        yield SlackStage(in_use)


@pytest.fixture
async def talk() -> AsyncIterator[SlackTalk]:
    async with slack_in_use() as in_use:
        yield SlackTalk(in_use)


@pytest.fixture
def past(talk: SlackTalk) -> SlackTalk:
    return talk


@pytest.fixture
async def checkup(tmp_path: Path) -> AsyncIterator[Checkup]:
    async with slack_in_use() as in_use:
        inbox, team = str(in_use.ref("help-it")), str(in_use.ref("team-it"))
        agent = f"slack:{in_use.bo.id}"
        yield Checkup(
            on=in_use.platform,
            well=desk_with(tmp_path, inbox=inbox, team=team, agent=agent),
            ill_on=in_use.platform,
            ill=desk_with(tmp_path, inbox="slack:C0NOWHERE", team=team, agent=agent),
            lacking="C0NOWHERE",
        )


class TestSlackSends(ChatSenderContract):
    """All of the contract; what is Slack's own is in the other modules."""


class TestSlackReceives(ReceiverContract):
    """All of it."""


class TestSlacksHistory(HistoryContract):
    """All of it."""


class TestSlacksDiagnostics(DiagnosticsContract):
    """All of it."""
