"""A workspace in use for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.web.workspace_in_use import Page, WorkspaceInUse, workspace


@pytest.fixture
async def in_use(tmp_path: Path) -> AsyncIterator[WorkspaceInUse]:
    async with workspace(tmp_path) as running:
        yield running


@pytest.fixture
async def ana(in_use: WorkspaceInUse) -> Page:
    """An employee's page."""
    return await in_use.page("ana")


@pytest.fixture
async def noor(in_use: WorkspaceInUse) -> Page:
    """An agent's page."""
    return await in_use.page("noor")
