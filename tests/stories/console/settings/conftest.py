"""A desk.yaml that may change, with channels that no team or inbox has yet."""

import shutil
from pathlib import Path

import pytest

from tests.stories.console.settings.settings_visit import text_of, write
from tests.stories.desk_files import DESK

CHANNELS = """  channels:
    - {channel: team-desks, topic: "Desks and chairs"}
    - {channel: ask-desks}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = Path(shutil.copy(DESK, tmp_path / "desk.yaml"))
    write(path, text_of(path) + CHANNELS)
    return path
