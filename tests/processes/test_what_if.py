"""`sla what-if` at the terminal, beside a running desk: tables, a file, plain refusals, and nothing is changed."""

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
    """Three requests have just come in, one of them for the Network team."""
    folder = tmp_path_factory.mktemp("what-if")
    desk = RunningDesk(folder / "desk", config=DESK)
    desk.begins_with(sqlite_template)
    requests = folder / "requests.csv"
    requests.write_text("text\nMy mouse is dead\nThe VPN drops\nMy screen is dark\n", encoding="utf-8")
    desk.command("import", str(requests), "--inbox", "help-it", "--announce")
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """There is no promise of a resolution any more."""
    text = DESK.read_text(encoding="utf-8")
    resolution = "    resolution: {urgent: 2h, high: 4h, normal: 8h, low: 24h}\n"
    assert resolution in text
    path = tmp_path / "new.yaml"
    path.write_text(text.replace(resolution, ""), encoding="utf-8")
    return path


def test_the_same_file_changes_nothing(desk: RunningDesk) -> None:
    told = desk.command("sla", "what-if", str(DESK))
    assert printed("terminal.what_if_missed") in told
    assert printed("terminal.what_if_changed", number=0, count=3) in told
    assert printed("terminal.what_if_taken") in told


def test_another_tells_what_would_have_ended_otherwise_and_writes_it(
    desk: RunningDesk, new: Path, tmp_path: Path
) -> None:
    timers = "SELECT count(*) FROM sla_timers WHERE due_at IS NOT NULL"
    before = desk.count(timers)
    file = tmp_path / "changes.csv"
    told = desk.command("sla", "what-if", str(new), "--team", "Service Desk", "--csv", str(file))
    assert printed("terminal.what_if_changed", number=2, count=2) in told
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, strict=True))
    assert sorted((row["ticket"], row["target"], row["before"], row["after"]) for row in rows) == [
        ("IT-1", "resolution", "open", "no target"),
        ("IT-3", "resolution", "open", "no target"),
    ]
    assert desk.count(timers) == before


def test_a_time_without_tickets_is_said_to_be_one(desk: RunningDesk) -> None:
    found = desk.command("sla", "what-if", str(DESK), "--since", "2020-01-01", "--until", "2020-02-01")
    assert found.strip() == printed("terminal.what_if_no_tickets")


def test_tickets_that_never_had_a_target_are_said_to_have_none(tmp_path: Path, sqlite_template: Path) -> None:
    desk = RunningDesk(tmp_path / "desk", config=DESK)
    desk.begins_with(sqlite_template)
    requests = tmp_path / "old.csv"
    requests.write_text("text\nMy mouse is dead\n", encoding="utf-8")
    desk.command("import", str(requests), "--inbox", "help-it")
    told = desk.command("sla", "what-if", str(DESK))
    assert printed("terminal.what_if_no_targets") in told
    assert printed("terminal.what_if_missed") not in told


def test_a_mistake_in_the_file_is_told_with_its_line(desk: RunningDesk, new: Path) -> None:
    text = new.read_text(encoding="utf-8").replace("calendar: office", "calendar: offce")
    new.write_text(text, encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), start=1) if "offce" in each)
    code, told = desk.refuses("sla", "what-if", str(new))
    assert code == 1
    hint = sentence("configuration.did_you_mean", word="office")
    problem = sentence("configuration.unknown_calendar", name="offce", hint=hint)
    assert printed("operations.at_line", file=str(new), line=str(line), problem=problem) in told


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--since", "tuesday"], said("commands.not_a_period", text="tuesday")),
        (
            ["--team", "netwrok"],
            no_team("netwrok", meant="network"),
        ),
        (["--csv", "/nowhere/changes.csv"], "/nowhere/changes.csv can’t be written"),
    ],
)
def test_what_cannot_be_is_a_sentence(desk: RunningDesk, words: list[str], reason: str) -> None:
    code, said = desk.refuses("sla", "what-if", str(DESK), *words)
    assert code == 1
    assert reason in said
