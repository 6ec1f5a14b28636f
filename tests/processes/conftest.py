"""A desk that runs, for a test that starts from one; `config` is its own to change where a test file says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.desk_process import RunningDesk
from tests.stories.desk_files import DESK


@pytest.fixture
def config() -> Path:
    return DESK


@pytest.fixture
def desk(tmp_path: Path, config: Path, sqlite_template: Path) -> Iterator[RunningDesk]:
    desk = RunningDesk(tmp_path / "desk", config=config)
    desk.begins_with(sqlite_template)
    desk.start()
    yield desk
    desk.stop()
