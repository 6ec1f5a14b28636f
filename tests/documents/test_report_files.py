"""A report's tables: what a spreadsheet makes of them is what was said, and nothing in them is a formula."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.report_files import as_csv, charts, life_rows, summary_rows, target_rows
from bot.domain.sla.time_spent import TimeSpent
from bot.ports.storage.reports import DecidedTarget, Dimension
from bot.services.reports.reports import TicketLife
from tests.said import said
from tests.services.reports.sample_reports import AT, MINUTE, a_report, line, week


def a_promise(**fields: Any) -> DecidedTarget:
    known: dict[str, Any] = {
        "id": 1,
        "decided_at": AT,
        "ticket": "IT-1",
        "team": "it",
        "policy": "standard/vip",
        "priority": "high",
        "measure": "resolution",
        "target": timedelta(hours=8),
        "spent": timedelta(hours=9),
        "due_at": AT,
        "stopped_at": AT + timedelta(days=3),
    }
    return DecidedTarget(**known | fields)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_promise_is_a_row_with_its_times_in_utc_and_its_lengths_in_seconds() -> None:
    head, row = read(as_csv(target_rows([a_promise()])))
    assert dict(zip(head, row, strict=True)) == {
        "ticket": "IT-1",
        "team": "it",
        "policy": "standard/vip",
        "priority": "high",
        "target": "resolution",
        "outcome": "missed",
        "target_s": "28800",
        "spent_s": "32400",
        "decided_at": "2026-03-02T09:00:00Z",
        "due_at": "2026-03-02T09:00:00Z",
        "stopped_at": "2026-03-05T09:00:00Z",
        "late_s": "3600",
        "open_late_s": "",
    }


def test_a_row_tells_how_late_what_is_open_is_now_and_what_does_not_count() -> None:
    still_open = a_promise(stopped_at=None, overdue=timedelta(days=2))
    head, first, second, third = read(
        as_csv(target_rows([still_open, a_promise(is_excluded=True), a_promise(due_at=None)]))
    )
    told = [dict(zip(head, row, strict=True)) for row in (first, second, third)]
    assert [(row["outcome"], row["late_s"], row["open_late_s"]) for row in told] == [
        ("missed", "", "172800"),
        ("excluded", "", ""),
        ("met", "", ""),
    ]


def test_lines_end_as_the_standard_says() -> None:
    text = as_csv(target_rows([a_promise(team='quoted "team", with a comma')]))
    assert text.endswith("\r\n")
    assert text.count("\r\n") == 2
    assert '"quoted ""team"", with a comma"' in text


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_is_none(name: str) -> None:
    _, row = read(as_csv(target_rows([a_promise(policy=name)])))
    assert row[2] == f"'{name}"


@given(st.text(max_size=30))
def test_no_name_breaks_a_row(name: str) -> None:
    _, row = read(as_csv(target_rows([a_promise(team=name)])))
    assert row[1].removeprefix("'") == name.removeprefix("'")
    assert row[1][:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_the_summary_has_a_row_for_all_and_one_for_each_value() -> None:
    head, total, *weeks = read(as_csv(summary_rows(a_report())))
    assert dict(zip(head, total, strict=True)) == {
        "by": "",
        "value": "all",
        "label": "all",
        "met": "396",
        "missed": "4",
        "missed_still_open": "0",
        "excluded": "0",
        "met_share": "0.9900",
        "late_median_s": "300",
        "late_90_percent_s": "3660",
        "late_worst_s": "183600",
        "open_late_median_s": "",
        "open_late_90_percent_s": "",
        "open_late_worst_s": "",
    }
    assert len(weeks) == 20
    assert weeks[0][:4] == ["week", "2025-12-29", "W01", "1"]


def test_a_chart_shows_what_is_still_open_apart_and_its_bars_are_as_long_as_the_table_says() -> None:
    weeks = (week(10, 5, 4, unfulfilled=3), week(11, 2, 0))
    drawn: dict[str, Any] = dict(
        charts(a_report(lines=dict.fromkeys(Dimension, ()) | {Dimension.WEEK: weeks}), "en")
    )
    assert drawn["weeks"]["labels"] == ["W10\n2 Mar", "W11\n9 Mar"]
    assert [(each["label"], each["values"]) for each in drawn["weeks"]["series"]] == [
        (said("reports.series_met"), [5, 2]),
        (said("reports.series_missed"), [1, 0]),
        (said("reports.series_missed_open"), [3, 0]),
    ]


def test_a_tickets_row_tells_where_its_time_went() -> None:
    spent = TimeSpent(team=MINUTE, requester=2 * MINUTE, third_party=3 * MINUTE, off_hours=4 * MINUTE)
    _, row = read(as_csv(life_rows([TicketLife(ticket="IT-1", team="it", spent=spent)])))
    assert row == ["IT-1", "it", "60", "120", "180", "240"]


def test_the_charts_are_of_weeks_and_of_teams_and_of_where_the_time_went() -> None:
    teams = (line("Network"), line("Service Desk"))
    lives = (
        TicketLife(ticket="IT-1", team="network", spent=TimeSpent(team=MINUTE, off_hours=3 * MINUTE)),
        TicketLife(ticket="IT-2", team="gone", spent=TimeSpent(requester=MINUTE)),
    )
    lines = dict.fromkeys(Dimension, ()) | {Dimension.WEEK: (week(10),), Dimension.TEAM: teams}
    drawn: dict[str, Any] = dict(charts(a_report(lines=lines, lives=lives), "en"))
    assert list(drawn) == ["weeks", "teams", "time"]
    assert drawn["teams"]["labels"] == ["Network", "Service Desk"]
    assert drawn["teams"]["notes"] == ["90%", "90%"]
    assert drawn["time"]["labels"] == ["gone", "Network"]
    assert len(drawn["weeks"]["series"]) == 2
    ours = next(each for each in drawn["time"]["series"] if each["label"] == said("reports.place_team"))
    assert ours["values"] == [0.0, 25.0]
