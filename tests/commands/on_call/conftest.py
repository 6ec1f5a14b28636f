"""A desk whose service desk has a rota: Bo is on call this week, Cleo the next."""

from pathlib import Path

import pytest

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.stories.escalations.test_on_call import BY_ROTA, written


@pytest.fixture
async def by_rota(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskAtWork:
    return await DeskAtWork.opened(sqlite_storage, tmp_path, config=written(tmp_path, BY_ROTA))
