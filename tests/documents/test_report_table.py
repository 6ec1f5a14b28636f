"""A report in words and a narrow table: all that matters is there, and nothing is rounded into a promise."""

from datetime import timedelta

import pytest

from bot.documents.report_table import (
    hours,
    percent,
    period_of,
    report_text,
    shares_of,
    table,
    where_time_went,
)
from bot.domain.sla.time_spent import TimeSpent
from bot.messages.plain import plain
from bot.ports.storage.reports import Dimension, ReportQuery
from bot.services.reports.reports import TicketLife
from tests.services.reports.sample_reports import AT, MINUTE, a_report, line


def test_only_the_last_weeks_are_in_the_table_and_the_sentences_say_how_late() -> None:
    report = a_report()
    rows = table(report).splitlines()
    assert "W20               20      0 100%" in rows
    assert not [row for row in rows if row.startswith("W08")]
    told = plain(report_text(report))
    assert "99% of 400 promises kept, 4 missed." in told
    assert (
        "Half of those missed were late by at most 5 min, nine in ten by at most 1 h 01, the worst by 51 h"
        in told
    )
    assert "12 promises are open now, 2 of them overdue." in told


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=20), "1 min"),
        (35 * MINUTE, "35 min"),
        (130 * MINUTE, "2 h 10"),
        (120 * MINUTE, "2 h"),
        (51 * 60 * MINUTE + 5 * MINUTE, "51 h"),
    ],
)
def test_working_time_is_told_in_hours(length: timedelta, said: str) -> None:
    assert hours(length) == said


def test_no_time_has_no_shares() -> None:
    assert shares_of(TimeSpent()) == []


def test_the_table_is_narrow_whatever_the_names() -> None:
    lines = (line("A team with quite a long name", 1_000), line("Another"))
    rows = table(a_report(lines=dict.fromkeys(Dimension, ()) | {Dimension.TEAM: lines})).splitlines()
    assert "A team with qu… 1000      1  99%" in rows
    assert max(map(len, rows)) <= 42


def test_what_there_is_one_of_is_not_told_apart() -> None:
    rows = table(
        a_report(lines=dict.fromkeys(Dimension, ()) | {Dimension.TEAM: (line("Only"),)})
    ).splitlines()
    assert len(rows) == 2


def test_all_but_one_of_a_thousand_is_not_all() -> None:
    assert percent(line("x", 999, 1)) == "99%"
    assert percent(line("x", 999, 0)) == "100%"
    assert percent(line("x", 0, 0)) == "–"


def test_where_the_time_went_names_only_where_some_did() -> None:
    life = TicketLife(ticket="IT-1", team="it", spent=TimeSpent(team=MINUTE, off_hours=3 * MINUTE))
    told = where_time_went(a_report(lives=(life,)))
    assert told == "Where the time of 1 finished ticket went: 25% the team’s turn, 75% out of hours."
    many = a_report(lives=(life,) * 200, has_more_lives=True)
    assert where_time_went(many).startswith("Where the time of the 200 tickets finished last went:")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=1), "2 Mar 2026"),
        (timedelta(days=30), "2 Mar – 1 Apr 2026"),
        (timedelta(days=365), "2 Mar 2026 – 2 Mar 2027"),
    ],
)
def test_the_period_is_told_with_both_its_days(length: timedelta, said: str) -> None:
    assert period_of(ReportQuery(since=AT, until=AT + length)) == said
