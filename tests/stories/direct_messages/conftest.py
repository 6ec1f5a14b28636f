"""An office whose inbox asks before it takes a short message for a request."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office


@pytest.fixture
async def careful(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = tmp_path / "careful.yaml"
    text = DESK.read_text(encoding="utf-8")
    asking = text.replace(
        "help-it: {channel: web:help-it}", "help-it: {channel: web:help-it, ask_first: true}"
    )
    config.write_text(asking, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office
