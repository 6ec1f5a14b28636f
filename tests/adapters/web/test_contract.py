"""The browser workspace keeps the contracts of all that it has, seen through real pages over loopback."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.web.platform import WebPlatform
from bot.messages.inbound import InboundEvent
from tests.adapters.web.workspace_in_use import WebStage, WorkspaceInUse, workspace
from tests.contracts.platforms.chat_sender import ChatSenderContract
from tests.contracts.platforms.diagnostics import Checkup, DiagnosticsContract, desk_with
from tests.contracts.platforms.receiver import ReceiverContract


class WebTalk:
    """Ben in #help-it."""

    def __init__(self, in_use: WorkspaceInUse) -> None:
        self._in_use = in_use
        self.receiver: WebPlatform = in_use.platform
        self.channel = WebStage(in_use).channel
        self.speaker = "web:ben"

    async def says(self, text: str, *, thread: str | None = None) -> str:
        page = await self._in_use.page("ben")
        message_id: str = (await page.say(text, thread=thread))["id"]
        return message_id

    async def edits(self, message_id: str, text: str, *, thread: str | None = None) -> None:
        await (await self._in_use.page("ben")).edit(message_id, text)

    async def deletes(self, message_id: str, *, thread: str | None = None) -> None:
        await (await self._in_use.page("ben")).delete(message_id)

    async def heard(self, count: int) -> list[InboundEvent]:
        return await self._in_use.intake.saw(count)

    async def hangs_up(self) -> None:
        await self._in_use.platform.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with workspace(tmp_path) as in_use:
        yield WebStage(in_use)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[WebTalk]:
    async with workspace(tmp_path) as in_use:
        yield WebTalk(in_use)


@pytest.fixture
async def checkup(tmp_path: Path) -> AsyncIterator[Checkup]:
    async with workspace(tmp_path) as in_use:
        yield Checkup(
            on=in_use.platform,
            well=desk_with(tmp_path, inbox="web:help-it", team="web:network", agent="web:noor"),
            ill_on=in_use.platform,
            ill=desk_with(tmp_path, inbox="web:no-such-channel", team="web:network", agent="web:noor"),
            lacking="no-such-channel",
        )


class TestBrowserWorkspaceSends(ChatSenderContract):
    """All of the contract; what is the workspace's own is in the other modules."""


class TestBrowserWorkspaceReceives(ReceiverContract):
    """All of it."""


class TestBrowserWorkspacesDiagnostics(DiagnosticsContract):
    """All of it."""
