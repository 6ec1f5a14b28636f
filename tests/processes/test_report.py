"""The report at the terminal, beside a running desk: a table, files for a spreadsheet, a chart, plain refusals."""

import asyncio
import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.documents.report_kind import declared_reports
from bot.domain.errors import Refused
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure
from bot.domain.worked_time.time_entry import TimeEntry
from bot.ports.unit_of_work import UnitOfWork
from storage.opening import open_storage
from tests.charts.sample_pictures import is_blank, size_of
from tests.processes.desk_process import RunningDesk
from tests.said import in_terminal, no_team, printed, said
from tests.storage.sample_rows import a_numbered_ticket, a_timer
from tests.stories.desk_files import DESK

YESTERDAY = datetime.now(UTC) - timedelta(days=1)
WINDOW = "3 days"
"""Since midnight two days ago by the desk's clock, which at no hour of the day is later than 25 hours ago."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[RunningDesk]:
    desk = RunningDesk(tmp_path_factory.mktemp("report") / "desk", config=DESK)
    desk.begins_with(sqlite_template)
    asyncio.run(_with_promises(desk.folder / "deskbell.db"))
    desk.start()
    yield desk
    desk.stop()


async def _with_promises(path: Path) -> None:
    storage = open_storage(f"sqlite:///{path}")
    try:
        await storage.run(_yesterday)
    finally:
        await storage.close()


def _yesterday(uow: UnitOfWork) -> None:
    """Of two teams three promises kept, and one missed by half an hour; on a ticket 25 minutes of work."""
    it, network = a_numbered_ticket(uow), a_numbered_ticket(uow, team="network")
    uow.time_entries.add(
        TimeEntry(
            id=uow.new_id(),
            ticket=it.id,
            team="it",
            agent="web:bo",
            day=YESTERDAY.date(),
            length=timedelta(minutes=25),
            text="",
            added_at=YESTERDAY,
        )
    )
    over: dict[str, Any] = {"running_since": None, "due_at": None, "next_at": None, "stopped_at": YESTERDAY}
    for ticket in (it, network):
        a_timer(uow, ticket, **over)
    a_timer(uow, it, **over, measure=Measure.FIRST_RESPONSE)
    late = {"breached_at": YESTERDAY - timedelta(hours=1), "spent": timedelta(hours=8, minutes=30)}
    a_timer(uow, network, **over, **late, measure=Measure.FIRST_RESPONSE)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_table_is_shown_and_written_and_drawn_while_the_desk_runs(
    desk: RunningDesk, tmp_path: Path
) -> None:
    table, promises, chart = (tmp_path / name for name in ("table.csv", "promises.csv", "chart.png"))
    files = ["--csv", str(table), "--targets", str(promises), "--png", str(chart)]
    printed = desk.command("report", "--since", WINDOW, *files)

    assert said("reports.heading_sla", teams="all teams") in printed
    assert said("reports.summary", share="75%", count=4, missed=1) in printed
    assert said("reports.late", late="30 min") in printed
    assert [(row["by"], row["label"], row["met"], row["missed"]) for row in rows(table)] == [
        ("", "all", "3", "1"),
        ("team", "Network", "1", "1"),
        ("team", "Service Desk", "2", "0"),
    ]
    assert [row["outcome"] for row in rows(promises)].count("missed") == 1
    assert len(rows(promises)) == 4
    assert size_of(chart.read_bytes())[0] == 1440
    assert not is_blank(chart.read_bytes())


def test_a_narrow_terminal_gets_two_tables_and_no_head_is_cut(desk: RunningDesk) -> None:
    printed = desk.command("report", "--of", "sla", "--since", WINDOW).splitlines()
    heads = [line for line in printed if "Team" in line]
    assert [[head.strip() for head in line.strip("┃").split("┃")] for line in heads] == [
        ["Team", "Met", "Missed", "% met", "Median late", "90%", "Worst"],
        ["Team", "Missed, open", "Median open", "Worst", "Excluded"],
    ]
    assert [len(line) for line in printed if len(line) > 80] == []


def test_a_table_can_go_to_another_program(desk: RunningDesk) -> None:
    printed = desk.command("report", "--team", "Network", "--by", "target", "--csv", "-")
    assert [line.split(",")[:5] for line in printed.splitlines()] == [
        ["by", "value", "label", "met", "missed"],
        ["", "", "all", "1", "1"],
        ["target", "first_response", "first response", "0", "1"],
        ["target", "resolution", "resolution", "1", "0"],
    ]


@pytest.mark.parametrize("name", sorted(declared_reports()))
def test_every_report_is_shown_and_ends_well(desk: RunningDesk, name: str) -> None:
    assert desk.command("report", "--of", name, "--since", WINDOW)


def test_worked_time_is_shown_and_written(desk: RunningDesk, tmp_path: Path) -> None:
    table = tmp_path / "time.csv"
    printed = desk.command("report", "--of", "time", "--since", WINDOW, "--csv", str(table))
    assert said("reports.heading_time", teams="all teams") in printed
    assert [(row["agent"], row["minutes"]) for row in rows(table)] == [("web:bo", "25")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--team", "netwrok"],
            no_team("netwrok", meant="network"),
        ),
        (
            ["--since", "soon"],
            in_terminal(Refused("commands.not_a_period", sentence("commands.period_examples"), text="soon")),
        ),
        (
            ["--csv", "/nowhere/table.csv"],
            printed(
                "terminal.file_not_written", file="/nowhere/table.csv", reason="No such file or directory"
            ),
        ),
        (
            ["--png", "/nowhere/chart.png"],
            printed(
                "terminal.file_not_written", file="/nowhere/chart.png", reason="No such file or directory"
            ),
        ),
        (["--csv", "-", "--targets", "-"], printed("terminal.report_one_output")),
        (["--of", "inboxes", "--by", "week"], printed("terminal.report_by")),
        (
            ["--of", "sla", "--team", "people", "--since", "1 day", "--png", "/nowhere/chart.png"],
            printed("terminal.nothing_to_draw", file="/nowhere/chart.png"),
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    desk: RunningDesk, words: list[str], sentence: str
) -> None:
    code, told = desk.refuses("report", *words)
    assert code == 1
    assert sentence in told
    assert "Traceback" not in told


def test_what_it_is_told_apart_by_must_be_one_of_those_there_are(desk: RunningDesk) -> None:
    code, printed = desk.refuses("report", "--by", "moon")
    assert code == 1
    assert "team, policy, priority, target or week" in printed
    assert "Value error" not in printed


def test_where_there_is_nothing_it_says_how_to_look_further_back(desk: RunningDesk) -> None:
    printed = desk.command("report", "--of", "sla", "--team", "people", "--since", "1 day")
    nothing = said("reports.nothing_decided", teams="People", period="")
    assert printed.startswith(nothing.removesuffix("."))
    assert said("terminal.report_look_back") in printed


def test_another_report_is_shown_written_and_drawn_by_its_name(desk: RunningDesk, tmp_path: Path) -> None:
    table, chart = tmp_path / "inboxes.csv", tmp_path / "inboxes.png"
    words = ["--of", "inboxes", "--since", "2026-03-01 until 2026-03-31"]
    printed = desk.command("report", *words, "--csv", str(table), "--png", str(chart))
    heading = said("reports.heading_inboxes", teams="all teams")
    new = said("reports.new_requests", count=2)
    assert printed.startswith(f"{heading}\n1 – 31 Mar 2026 · {new}\n")
    assert [(row["label"], row["opened"], row["open_now"]) for row in rows(table)] == [
        ("elsewhere", "2", "2")
    ]
    assert not is_blank(chart.read_bytes())


def test_a_report_that_there_is_not_is_refused_in_a_sentence(desk: RunningDesk) -> None:
    code, printed = desk.refuses("report", "--of", "inboxs")
    assert code == 1
    assert said("reports.unknown_nearly", text="inboxs", choices="inboxes") in printed
