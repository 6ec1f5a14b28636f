"""`sla apply` at the terminal, beside a running desk: shown, asked, done; files; plain refusals."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.sentence import sentence
from tests.processes.desk_process import RunningDesk
from tests.said import no_team, printed, said
from tests.stories.desk_files import DESK


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[RunningDesk]:
    """Two requests came in; then the policy was changed."""
    folder = tmp_path_factory.mktemp("apply")
    config = folder / "desk.yaml"
    config.write_text(DESK.read_text(encoding="utf-8"), encoding="utf-8")
    desk = RunningDesk(folder / "desk", config=config)
    desk.begins_with(sqlite_template)
    requests = folder / "requests.csv"
    requests.write_text("text\nMy mouse is dead\nMy screen is dark\n", encoding="utf-8")
    desk.command("import", str(requests), "--inbox", "help-it", "--announce")
    changed = config.read_text(encoding="utf-8").replace("normal: 30m", "normal: 90m")
    swift = "  swift:\n    first_response: 5m\n\nescalation_policies:"
    config.write_text(changed.replace("\nescalation_policies:", swift), encoding="utf-8")
    desk.start()
    yield desk
    desk.stop()


def test_it_is_shown_and_written_and_then_done_once(desk: RunningDesk, tmp_path: Path) -> None:
    file = tmp_path / "moves.csv"
    told = desk.command("sla", "apply", "--team", "Service Desk", "--csv", str(file), "--yes")
    looked_at = sentence("terminal.apply_looked_at", count=2)
    later = (sentence("terminal.apply_later", number=2),)
    assert printed("terminal.apply_moves") in told
    assert printed("terminal.apply_totals", looked_at=looked_at, number=2, changes=later) in told
    assert printed("terminal.applied", count=2) in told
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, strict=True))
    assert [(row["ticket"], row["measure"], row["target after"]) for row in rows] == [
        ("IT-1", "first_response", "5400"),
        ("IT-2", "first_response", "5400"),
    ]
    again = desk.command("sla", "apply", "--yes")
    assert again.strip() == printed("terminal.apply_all_current", looked_at=looked_at)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ["standrad"],
            said("refusals.no_such_policy", policy='"standrad"')
            + " "
            + said("refusals.did_you_mean", word='"standard"'),
        ),
        (
            ["--team", "netwrok"],
            no_team("netwrok", meant="network"),
        ),
        (["--ticket", "HR-1"], printed("terminal.apply_no_number", text="HR-1", prefix="IT")),
        (["--ticket", "IT-77"], said("refusals.no_ticket_called", reference="IT-77")),
    ],
)
def test_what_cannot_be_is_a_sentence(desk: RunningDesk, words: list[str], reason: str) -> None:
    code, said = desk.refuses("sla", "apply", *words)
    assert code == 1
    assert reason in said


def test_unless_somebody_says_yes_nothing_is_changed(desk: RunningDesk) -> None:
    """Nobody is at this terminal, so the question has no answer."""
    code, told = desk.refuses("sla", "apply", "--to", "swift", "--csv", "-")
    assert code == 1
    assert printed("terminal.apply_question", count=2) in told
    assert desk.count("SELECT count(*) FROM tickets WHERE sla_policy = 'swift'") == 0
