"""`deskbell triage evaluate`: what it prints of a file kept aside, and what it says of files that cannot be used."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import application
from tests.learner.test_machine import requests_of


def write(
    path: Path, rows: Sequence[tuple[str, str]], *, columns: tuple[str, str] = ("text", "topic")
) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def evaluate(train: Path, test: Path, *more: str) -> tuple[int, str]:
    words = ["triage", "evaluate", "--train", str(train), "--test", str(test), "--label", "topic", *more]
    done = CliRunner().invoke(application(only="triage"), words)
    return done.exit_code, done.output


def test_prints_how_often_it_is_right_and_how_sure_as_tables(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", requests_of(200))
    code, said = evaluate(train, write(tmp_path / "b.csv", requests_of(100, seed=2)))
    assert code == 0, said
    assert "Learned 3 labels from 200 requests" in said
    assert "of 100 requests)" in said
    assert all(head in said for head in ("sure from", "coverage", "difference", "95%"))


def test_prints_the_same_as_json(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", [*requests_of(200), ("", "access"), ("something", "")])
    test = write(
        tmp_path / "b.csv", [*requests_of(98, seed=2), ("order a plant", "garden"), ("zebra", "access")]
    )
    code, said = evaluate(train, test, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["accuracy"] == told["right"] / 100
    assert told["unseen_labels"] == {"garden": 1}
    assert told["without_known_words"] == 1
    assert told["skipped"] == {"train": 2, "test": 0}
    assert [each["sureness"] for each in told["thresholds"]] == [number / 100 for number in range(50, 100, 5)]
    assert sum(each["suggested"] for each in told["tenths"]) == 99


def test_says_of_labels_that_were_never_learned_that_they_count_as_wrong(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", requests_of(100))
    test = write(tmp_path / "b.csv", [*requests_of(20, seed=2), ("order a plant", "garden")])
    assert "1 request has a label" in evaluate(train, test)[1]


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [
        (requests_of(20), ("text", "topic"), "has 20 rows"),
        (
            [(text, "access") for text, _ in requests_of(60)],
            ("text", "topic"),
            "have the same topic, “access”",
        ),
        (requests_of(60), ("text", "topics"), "has no column “topic”. Its columns: text and topics."),
        (requests_of(60), ("body", "topic"), "has no column “text”. Its columns: body and topic."),
        (
            [(text, str(at // 4)) for at, (text, _) in enumerate(requests_of(60))],
            ("text", "topic"),
            "at least 5",
        ),
    ],
)
def test_says_what_keeps_a_file_from_being_learned_from(
    tmp_path: Path, rows: Sequence[tuple[str, str]], columns: tuple[str, str], said: str
) -> None:
    train = write(tmp_path / "a.csv", rows, columns=columns)
    code, told = evaluate(train, write(tmp_path / "b.csv", requests_of(5)))
    assert (code, said in told) == (1, True), told


def test_says_which_line_is_not_utf_8(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", requests_of(60))
    train.write_bytes(train.read_bytes() + b"dr\xfccker,hardware\n")
    code, told = evaluate(train, train)
    assert (code, "isn’t UTF-8: see line 62." in told) == (1, True), told


def test_says_which_file_is_missing_or_empty(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    assert "There’s no file" in evaluate(tmp_path / "none.csv", empty)[1]
    assert "is empty" in evaluate(empty, empty)[1]


def test_says_how_to_install_what_learns(tmp_path: Path) -> None:
    path = str(write(tmp_path / "a.csv", requests_of(60)))
    without = (
        f"import sys; sys.modules['sklearn'] = None; "
        f"sys.argv = ['deskbell', 'triage', 'evaluate', '--train', {path!r}, '--test', {path!r}]; "
        "from bot.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, check=False)
    assert (done.returncode, "make answers" in done.stderr) == (1, True), done.stderr


def test_suggesting_loads_nothing_that_learns(tmp_path: Path) -> None:
    program = (
        "import sys; from bot.domain.sorting.model import SortingModel; "
        "import bot.services.sorting.learner_process; "
        "print(*({'sklearn', 'numpy', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
