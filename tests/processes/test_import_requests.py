"""An import into a running desk that is killed in the middle: everything comes in, and nothing twice."""

import csv
import os
from pathlib import Path

import pytest

from tests.processes.desk_process import RunningDesk
from tests.stories.desk_files import DESK

OWN_FILE = "DESKBELL_TEST_IMPORT"
"""Name a .csv of your own with a column `text` to import that instead of the made one."""


@pytest.fixture
def requests_file(tmp_path: Path) -> Path:
    own = os.environ.get(OWN_FILE)
    if own:
        return Path(own)
    path = tmp_path / "requests.csv"
    things = ["laptop", "vpn", "badge", "payslip", "monitor", "password", "wifi"]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "topic", "email"])
        for number in range(400):
            said = f"please look at my {things[number % 7]}, it is the {number % 90}th time"
            writer.writerow([said, "x", "ana@example.com" if number % 4 else ""])
    return path


def rows_in(path: Path) -> int:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return sum(1 for row in csv.DictReader(file) if row["text"])


def test_a_killed_import_into_a_killed_desk_ends_with_every_ticket_once(
    desk: RunningDesk, requests_file: Path
) -> None:
    wanted = rows_in(requests_file)
    running = desk.begin("import", str(requests_file), "--inbox", "help-it", "--announce")
    desk.until(lambda: desk.count("SELECT count(*) FROM tickets") > wanted // 5, "a part is in")
    desk.kill()
    running.kill()
    running.wait()
    before = desk.count("SELECT count(*) FROM tickets")
    assert before < wanted, "the import was over before it was killed; nothing was tried"

    desk.start()
    printed = desk.command("import", str(requests_file), "--inbox", "help-it", "--announce")
    assert f"{wanted - before} new tickets, {before} already there" in printed
    desk.until(
        lambda: desk.count("SELECT count(*) FROM outbox WHERE state NOT IN ('settled')") == 0,
        "all is delivered",
    )

    assert desk.count("SELECT count(*) FROM tickets") == wanted
    assert desk.count("SELECT max(number) FROM tickets") == wanted
    cards, acknowledgements = shown(desk)
    assert cards == wanted
    in_public = "SELECT count(*) FROM tickets WHERE NOT is_private AND requester LIKE 'web:%'"
    assert acknowledgements == desk.count(in_public), "others have no account to be answered at"
    assert acknowledgements > 0
    again = desk.command("import", str(requests_file), "--inbox", "help-it", "--announce")
    assert f"0 new tickets, {wanted} already there" in again


def shown(desk: RunningDesk) -> tuple[int, int]:
    """Cards and acknowledgements that stand in the workspace's channels."""
    top = "SELECT count(*) FROM messages WHERE thread IS NULL AND NOT is_deleted AND channel"
    cards = desk.count(f"{top} LIKE 'team-%'", database="workspace.db")
    acknowledgements = desk.count(f"{top} LIKE 'help-%'", database="workspace.db")
    return cards, acknowledgements


def test_an_address_in_the_file_is_that_of_somebody_in_the_workspace(
    tmp_path: Path, sqlite_template: Path
) -> None:
    config = tmp_path / "vip.yaml"
    rule = "  rules:\n    - {name: vip, when: {person: web:ana}, team: network, priority: urgent}\n"
    config.write_text(DESK.read_text(encoding="utf-8").replace("  rules:\n", rule), encoding="utf-8")
    file = tmp_path / "old.csv"
    file.write_text("text,email\nMy mouse is dead,Ana@example.com\nMy screen is dark,eve@example.com\n")
    desk = RunningDesk(tmp_path / "desk", config=config)
    desk.begins_with(sqlite_template)
    assert "2 new tickets" in desk.command("import", str(file), "--inbox", "help-it")
    assert desk.count("SELECT count(*) FROM tickets WHERE requester = 'web:ana' AND priority = 'urgent'") == 1
    assert desk.count("SELECT count(*) FROM tickets WHERE requester = 'import:eve@example.com'") == 1


def test_a_desk_that_is_told_to_stop_ends_well(desk: RunningDesk) -> None:
    assert desk.stop() == 0
    desk.start()
    assert "Nothing has failed" in desk.command("outbox")


def test_the_last_line_of_the_log_says_that_the_desk_has_stopped(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = RunningDesk(tmp_path / "desk", config=DESK, log_level="info")
    desk.begins_with(sqlite_template)
    desk.start()
    desk.stop()
    assert "the desk has stopped" in desk.log().splitlines()[-1]
