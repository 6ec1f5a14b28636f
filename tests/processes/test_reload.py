"""SIGHUP puts a new desk.yaml in force, and a broken one out of the way."""

import asyncio
import shutil
import signal
from pathlib import Path

import pytest

from adapters.web.visitor import Visitor
from tests.processes.desk_process import RunningDesk
from tests.stories.desk_files import DESK


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copy(DESK, tmp_path / "desk.yaml"))


def name_of(desk: RunningDesk) -> str:
    """The desk's name, as its page shows it."""

    async def ask() -> str:
        token = (desk.folder / "web-token").read_text()
        async with Visitor(f"http://127.0.0.1:{desk.port}", token=token) as visitor:
            return str((await visitor.call("GET", "/api/state", who="ana"))["desk"])

    return asyncio.run(ask())


def test_a_new_file_is_in_force_without_a_restart(desk: RunningDesk, config: Path) -> None:
    assert name_of(desk) == "Test desk"
    config.write_text(config.read_text().replace("name: Test desk", "name: Renamed desk"))
    desk.send(signal.SIGHUP)
    desk.until(lambda: name_of(desk) == "Renamed desk", "the new name is shown")


def test_a_broken_file_is_refused_and_the_old_one_stays(desk: RunningDesk, config: Path) -> None:
    config.write_text(config.read_text().replace("team: network, priority", "team: netwrok, priority"))
    desk.send(signal.SIGHUP)
    desk.until(lambda: "did you mean `network`?" in desk.log(), "the mistake is told")
    assert "the old one stays in force" in desk.log()
    assert name_of(desk) == "Test desk"


def test_the_secret_of_the_page_is_in_no_log(desk: RunningDesk) -> None:
    token = (desk.folder / "web-token").read_text().strip()
    assert name_of(desk) == "Test desk"
    assert token
    assert token not in desk.log()
