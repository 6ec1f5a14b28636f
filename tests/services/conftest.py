"""A desk without a platform: intake and delivery on a database of each kind, and a clock to move."""

from pathlib import Path

import pytest

from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.services.desk_without_platform import DeskWithoutPlatform


@pytest.fixture
async def desk_on(storage: DeskStorage, tmp_path: Path) -> DeskWithoutPlatform:
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    return await DeskWithoutPlatform.opened(storage, files)
