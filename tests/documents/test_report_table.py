"""A report in words and a narrow table: all that matters is there, and nothing is rounded into a promise."""

from datetime import timedelta

import pytest

from bot.documents.report_table import (
    hours,
    how_overdue,
    percent,
    period_of,
    report_text,
    shares_of,
    table,
    where_time_went,
)
from bot.domain.sla.time_spent import TimeSpent
from bot.messages.plain import plain
from bot.ports.storage.reports import Dimension, Lateness, ReportQuery
from bot.services.reports.reports import TicketLife
from tests.services.reports.sample_reports import AT, MINUTE, a_report, line


def test_only_the_last_weeks_are_in_the_table_and_the_sentences_say_how_late() -> None:
    report = a_report()
    rows = table(report).splitlines()
    assert "W20             20    0 100%" in rows
    assert not [row for row in rows if row.startswith("W08")]
    told = plain(report_text(report))
    assert "99% of 400 targets met, 4 missed." in told
    assert (
        "Missed targets were 5 min late (median, business hours); nine in ten by at most 1 h 01, "
        "the worst by 51 h.\n" in told
    )
    assert "12 targets are open now, 2 of them overdue." in told


def test_what_is_still_open_has_a_column_of_its_own_and_what_is_excluded_is_said() -> None:
    now = Lateness(median=130 * MINUTE, ninetieth=51 * 60 * MINUTE, worst=51 * 60 * MINUTE)
    lines = (line("first response", 9, 85, unfulfilled=85, overdue=now), line("resolution", 9, 0))
    report = a_report(
        total=line("all", 18, 85, unfulfilled=85, overdue=now, excluded=3),
        lines=dict.fromkeys(Dimension, ()) | {Dimension.MEASURE: lines},
    )
    assert table(report).splitlines() == [
        "                             median median",
        "               met miss    %   late   open",
        "all             18   85  17%        2 h 10",
        "by target",
        "first response   9   85  10%        2 h 10",
        "resolution       9    0 100%",
    ]
    told = plain(report_text(report)).splitlines()
    assert "85 of the missed targets are still open, 2 h 10 late by now (median), the worst 51 h." in told
    assert "3 targets excluded: the request was withdrawn, or closed without an answer." in told
    one = Lateness(median=MINUTE, ninetieth=MINUTE, worst=MINUTE)
    assert how_overdue(1, one) == "1 of the missed targets is still open, 1 min late by now."


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
    assert "A team with q… 1000    1 >99%" in rows
    assert max(map(len, rows)) <= 42


def test_what_there_is_one_of_is_not_told_apart() -> None:
    rows = table(
        a_report(lines=dict.fromkeys(Dimension, ()) | {Dimension.TEAM: (line("Only"),)})
    ).splitlines()
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("met", "missed", "said"),
    [
        (4, 133, "3%"),
        (1, 199, "1%"),
        (1, 200, "<1%"),
        (0, 200, "0%"),
        (2, 1, "67%"),
        (199, 1, ">99%"),
        (999, 0, "100%"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_the_nearest_percent_and_neither_all_nor_nothing_unless_it_is(
    met: int, missed: int, said: str
) -> None:
    assert percent(line("x", met, missed)) == said


def test_a_minute_in_a_week_is_not_none_of_the_time() -> None:
    life = TicketLife(ticket="IT-1", team="it", spent=TimeSpent(team=MINUTE, off_hours=10_000 * MINUTE))
    assert "<1% the team’s turn, >99% out of hours" in where_time_went(a_report(lives=(life,)))


def test_the_heading_and_the_words_say_of_what_a_length_is_the_median() -> None:
    told = plain(report_text(a_report()))
    first, second = table(a_report()).splitlines()[:2]
    assert (first.split(), second.split()) == (["median"], ["met", "miss", "%", "late"])
    assert first.index("median") + len("median") == second.index("late") + len("late")
    assert (
        "“median late”: how late missed targets were when they were met after all (business hours)." in told
    )


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
