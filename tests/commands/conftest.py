"""The desk that commands are tried on."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    return await DeskAtWork.opened(sqlite_storage, tmp_path)
