"""`deskbell kb evaluate`: a folder of articles and a file of questions, without a desk."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.__main__ import application
from bot.domain.sentence import Fact, sentence
from tests.said import printed

SET = Path(__file__).parents[2] / "bench" / "knowledge"
WAYS = ("words", "meaning", "both")


@pytest.fixture(autouse=True)
def _no_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")


def evaluate(articles: Path, questions: Path, *more: str) -> Result:
    asked = ["kb", "evaluate", "--articles", str(articles), "--questions", str(questions), *more]
    return CliRunner().invoke(application(only="kb"), asked)


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def some_articles(folder: Path) -> Path:
    written(folder / "kb" / "vpn.md", "---\naudience: team:network\n---\nOpen AnyConnect.")
    written(folder / "kb" / "mail" / "full.md", "# Your mailbox is full\n\nDelete what is old.")
    return folder / "kb"


def test_meaning_finds_more_than_words_alone_and_is_more_often_rightly_silent_or_right() -> None:
    told = evaluate(SET / "articles", SET / "questions.csv", "--json")
    assert told.exit_code == 0, told.output
    figures: dict[str, Any] = json.loads(told.output)
    assert (figures["articles"], figures["questions"], figures["without_answer"]) == (31, 60, 20)
    words, both = figures["words"], figures["both"]
    assert both["recall_at_1"] >= words["recall_at_1"] + 0.1
    assert both["recall_at_3"] >= 0.95
    assert both["wrongly_silent"] < words["wrongly_silent"]
    assert both["rightly_silent"] >= 0.9
    assert words["rightly_silent"] >= 0.9
    assert words["recall_at_3"] >= 0.8


def test_meaning_finds_more_among_questions_that_no_bound_was_set_by_too() -> None:
    """Articles and questions were written without looking at how articles are found. Set nothing by them."""
    told = evaluate(SET / "held_out" / "articles", SET / "held_out" / "questions.csv", "--json")
    assert told.exit_code == 0, told.output
    figures: dict[str, Any] = json.loads(told.output)
    assert (figures["articles"], figures["questions"], figures["without_answer"]) == (44, 201, 41)
    words, both = figures["words"], figures["both"]
    assert both["recall_at_3"] > words["recall_at_3"]
    assert both["rightly_silent"] >= words["rightly_silent"] - 0.05


def test_the_figures_are_a_table_and_misses_are_listed_when_they_are_asked_for(tmp_path: Path) -> None:
    questions = written(
        tmp_path / "q.csv",
        "question,article\nanyconnect,vpn\nmailbox full,mail/full.md\nunicorns?,vpn\nlunch?,\n",
    )
    told = evaluate(some_articles(tmp_path), questions, "--misses")
    assert told.exit_code == 0, told.output
    rows = [line for line in told.output.splitlines() if line.startswith("│")]
    assert [line.split()[1] for line in rows] == list(WAYS)
    assert rows[0].count("67 %") == 2
    facts: dict[str, Fact] = {
        "articles": sentence("terminal.articles", count=2),
        "questions": sentence("terminal.questions", count=4),
        "number": 1,
    }
    assert printed("terminal.evaluation_of", **facts) in told.output
    assert "unicorns?" in told.output


@pytest.mark.parametrize(
    ("text", "line", "key", "facts"),
    [
        ("question,articles\nx,vpn\n", 1, "csv_no_column", {"name": "article"}),
        ("question,article\nx,vpn\n\n,vpn\n", 4, "question_empty", {}),
        ('question,article\n"x\ny",vpn\n"z', 4, "csv_broken", {"reason": "unexpected end of data"}),
    ],
)
def test_what_is_wrong_in_the_questions_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, key: str, facts: dict[str, str]
) -> None:
    questions = written(tmp_path / "q.csv", text)
    told = evaluate(some_articles(tmp_path), questions)
    assert told.exit_code == 1
    problem = sentence(f"terminal.{key}", **facts)
    expected = printed("operations.at_line", file=str(questions), line=str(line), problem=problem)
    assert told.output.strip() == expected


def test_an_article_that_there_is_not_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    questions = written(tmp_path / "q.csv", "article,question\nvpm.md,x\nvpn.md,y\n")
    told = evaluate(some_articles(tmp_path), questions)
    assert told.exit_code == 1
    assert f"{questions}:2: " in told.output
    assert '"vpm.md"' in told.output
    assert '"vpn"' in told.output


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("", 0, "terminal.no_questions"),
        ("question,article\n", 0, "terminal.no_questions"),
        (b"question,article\n\xff,vpn\n", 2, "configuration.not_utf8"),
    ],
)
def test_a_file_without_questions_is_told(tmp_path: Path, text: str | bytes, line: int, key: str) -> None:
    questions = written(tmp_path / "q.csv", text)
    told = evaluate(some_articles(tmp_path), questions)
    assert told.exit_code == 1
    place: dict[str, Fact] = {"file": str(questions), "problem": sentence(key)}
    if line:
        assert told.output.strip() == printed("operations.at_line", line=str(line), **place)
    else:
        assert told.output.strip() == printed("configuration.in_file", **place)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    articles = some_articles(tmp_path)
    for told in (
        evaluate(articles, tmp_path / "none.csv"),
        evaluate(articles, tmp_path),
        evaluate(tmp_path / "none", tmp_path / "q.csv"),
        evaluate(written(tmp_path / "empty" / "x.txt", "").parent, tmp_path / "q.csv"),
    ):
        assert told.exit_code == 1
        assert str(tmp_path) in told.output
    assert "DESKBELL_CONFIG" not in evaluate(articles, tmp_path / "none.csv").output


def test_a_bad_article_is_told_with_its_line(tmp_path: Path) -> None:
    articles = some_articles(tmp_path)
    bad = written(articles / "bad.md", "---\nteem: x\n---\nA")
    told = evaluate(articles, written(tmp_path / "q.csv", "question,article\nx,vpn\n"))
    assert told.exit_code == 1
    assert f"{bad}:2: " in told.output


def test_help_names_what_may_be_typed() -> None:
    assert isinstance(application(only="kb"), typer.Typer)
    told = CliRunner().invoke(application(only="kb"), ["kb", "evaluate", "--help"])
    assert "--articles" in told.output
