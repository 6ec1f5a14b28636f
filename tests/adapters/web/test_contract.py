"""The browser workspace keeps the chat platform's contract, seen through real pages over loopback."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.web.workspace_in_use import WebStage, workspace
from tests.contracts.chat_sender import ChatSenderContract


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[WebStage]:
    async with workspace(tmp_path) as in_use:
        yield WebStage(in_use)


class TestBrowserWorkspace(ChatSenderContract):
    """All of the contract; what is the workspace's own is in the other modules."""
