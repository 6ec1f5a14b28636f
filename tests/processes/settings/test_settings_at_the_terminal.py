"""`deskbell settings …` beside a running desk: shown, saved as a version, in force without a restart, and undone."""

import os
import shutil
from pathlib import Path
from stat import S_IMODE

import pytest

from bot.domain.settings.desk_version import VersionOrigin
from tests.processes.desk_process import RunningDesk
from tests.processes.test_reload import name_of
from tests.said import printed
from tests.stories.desk_files import DESK


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copy(DESK, tmp_path / "desk.yaml"))


def test_a_change_is_in_force_without_a_restart_and_can_be_undone(desk: RunningDesk, config: Path) -> None:
    config.chmod(0o640)
    before = config.read_text()
    told = desk.command("settings", "set", "desk.name", "Pine", "--reason", "We moved", "--yes")
    assert printed("settings.saved", number="2", file=str(config)) in told
    assert config.read_text() == before.replace("name: Test desk", "name: Pine")
    assert S_IMODE(config.stat().st_mode) == 0o640
    desk.until(lambda: name_of(desk) == "Pine", "the new name is shown")
    config.write_text(config.read_text() + "# by hand\n")
    desk.command("settings", "undo", "1", "--yes")
    assert config.read_text() == before
    desk.until(lambda: name_of(desk) == "Test desk", "the old name is shown again")
    lines = desk.command("settings", "versions").splitlines()
    assert [line.split()[0] for line in lines] == ["4", "3", "2", "1"]
    assert [VersionOrigin.FILE.value in line.split() for line in lines] == [False, True, False, True]
    assert "We moved" in lines[2]
    assert "+  name: Pine" in desk.command("settings", "diff", "2")
    assert desk.command("settings", "show", "1") == before


def test_a_text_that_cannot_be_used_or_written_changes_nothing(
    tmp_path: Path, config: Path, sqlite_template: Path
) -> None:
    before = config.read_text()
    desk = RunningDesk(tmp_path / "desk", config=config)
    desk.begins_with(sqlite_template)
    code, told = desk.refuses("settings", "set", "teams.it.calendar", "ofice", "--yes")
    assert code == 1
    line = before.splitlines().index("    calendar: 24x7") + 1
    assert f"{config}:{line}: " in told
    assert config.read_text() == before
    config.chmod(0o444)
    if os.geteuid() != 0:
        code, told = desk.refuses("settings", "set", "desk.name", "Pine", "--yes")
        assert (code, "name: Pine" in told) == (1, True)
        assert printed("settings.read_only", file=str(config)) in told
    assert desk.command("settings", "versions") == f"{printed('settings.no_versions')}\n"
