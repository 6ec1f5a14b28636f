"""`check` knows which platforms the settings set up, and says what is of another."""

from pathlib import Path

from tests.processes.desk_process import RunningDesk
from tests.stories.desk_files import DESK


def test_a_slack_channel_in_a_desk_without_slack_is_an_error(tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    config.write_text(
        DESK.read_text(encoding="utf-8").replace("web:team-it", "slack:C0123"), encoding="utf-8"
    )
    folder = tmp_path / "desk"
    folder.mkdir()
    printed = RunningDesk(folder, config=config).command("check")
    assert "error: the channel of team `it` is `slack:C0123`, but platform `slack` is not set up" in printed
    assert "1 errors" in printed
