"""An office for each story, on a database of its own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.office import Office, open_office


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """Where a desk keeps what it knows: nothing yet."""
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "deskbell.db")
    return folder


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder) as office:
        yield office
