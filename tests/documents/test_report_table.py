"""A report in words and a narrow table: all that matters is there, and nothing is rounded into a promise."""

from datetime import timedelta

import pytest

from bot.documents.report_table import (
    SHOWN_WEEKS,
    aligned,
    how_overdue,
    percent,
    period_of,
    report_text,
    sentences_of,
    short_hours,
    table,
    where_time_went,
)
from bot.domain.sla.time_spent import TimeSpent
from bot.messages.plain import plain
from bot.ports.storage.reports import Dimension, Lateness, ReportQuery
from bot.services.reports.reports import Report, TicketLife
from bot.text.amounts import working_time
from bot.text.catalogue import languages
from tests.said import said
from tests.services.reports.sample_reports import AT, MINUTE, a_report, line

EVERY_LANGUAGE = pytest.mark.parametrize("language", languages())


def shown(report: Report, language: str = "en") -> list[str]:
    return table(report, language).text.splitlines()


def test_weeks_before_the_last_ones_are_told_together() -> None:
    report = a_report()
    rows = shown(report)
    assert "W20             20    0 100%" in rows
    assert not [row for row in rows if row.startswith("W07")]
    counts = [row.split()[-3:] for row in rows[rows.index(said("reports.by_week")) + 1 :]]
    weeks = report.lines[Dimension.WEEK]
    assert len(counts) == SHOWN_WEEKS + 1 < len(weeks)
    assert counts[0][:2] == [str(sum(each.kept for each in weeks[:-SHOWN_WEEKS])), "0"]
    together = said("reports.earlier_weeks", count=len(weeks) - SHOWN_WEEKS)
    assert any(row.startswith(together) for row in rows)
    assert said("reports.read_earlier_weeks") in plain(report_text(report, "en"))


def test_as_many_weeks_as_twelve_touch_are_told_each() -> None:
    weeks = a_report().lines[Dimension.WEEK][:SHOWN_WEEKS]
    report = a_report(lines=dict.fromkeys(Dimension, ()) | {Dimension.WEEK: weeks})
    assert len(shown(report)) == 4 + SHOWN_WEEKS
    assert said("reports.read_earlier_weeks") not in plain(report_text(report, "en"))


def test_the_sentences_say_how_late() -> None:
    report = a_report()
    told = plain(report_text(report, "en")).splitlines()
    summary = said("reports.summary", share="99%", count=400, missed=4)
    assert told[1] == f"2 – 30 Mar 2026 · {summary}"
    assert said("reports.late_spread", late="5 min", most="1 h 1 min", worst="51 h") in told
    assert said("reports.open_overdue", count=12, number=2) in told


def test_what_is_still_open_has_a_column_of_its_own_and_what_is_excluded_is_said() -> None:
    now = Lateness(median=130 * MINUTE, ninetieth=51 * 60 * MINUTE, worst=51 * 60 * MINUTE)
    lines = (line("first response", 9, 85, unfulfilled=85, overdue=now), line("resolution", 9, 0))
    report = a_report(
        total=line("all", 18, 85, unfulfilled=85, overdue=now, excluded=3),
        lines=dict.fromkeys(Dimension, ()) | {Dimension.MEASURE: lines},
    )
    assert shown(report) == [
        "                             median median",
        "               met miss    %   late   open",
        "all             18   85  17%        2 h 10",
        "by target",
        "first response   9   85  10%        2 h 10",
        "resolution       9    0 100%",
    ]
    told = plain(report_text(report, "en")).splitlines()
    assert said("reports.overdue_spread", count=85, late="2 h 10 min", worst="51 h") in told
    assert said("reports.excluded", count=3) in told
    one = Lateness(median=MINUTE, ninetieth=MINUTE, worst=MINUTE)
    assert plain(how_overdue(1, one, "en")) == said("reports.overdue", count=1, late="1 min")


@pytest.mark.parametrize(
    ("length", "spoken", "short"),
    [
        (timedelta(seconds=20), "20 s", "20 s"),
        (35 * MINUTE, "35 min", "35 min"),
        (125 * MINUTE, "2 h 5 min", "2 h 05"),
        (130 * MINUTE, "2 h 10 min", "2 h 10"),
        (120 * MINUTE, "2 h", "2 h"),
        (51 * 60 * MINUTE + 5 * MINUTE, "51 h 5 min", "51 h"),
    ],
)
def test_working_time_is_told_in_hours(length: timedelta, spoken: str, short: str) -> None:
    assert (working_time(length, "en"), short_hours(length, "en")) == (spoken, short)


@EVERY_LANGUAGE
def test_the_table_is_narrow_whatever_the_names(language: str) -> None:
    now = Lateness(median=130 * MINUTE, ninetieth=51 * 60 * MINUTE, worst=51 * 60 * MINUTE)
    lines = (line("A team with quite a long name", 100), line("Another", 9, 0, overdue=now, late=now))
    report = a_report(
        total=line("all", 109, 1, overdue=now, late=now),
        lines=dict.fromkeys(Dimension, ()) | {Dimension.TEAM: lines},
    )
    rows = shown(report, language)
    first = next(place for place, row in enumerate(rows) if row.startswith("A team with"))
    assert " 100    1 " in rows[first]
    name = (rows[first].partition(" 100 ")[0], *rows[first + 1 :])
    assert " ".join(" ".join(name).split()).startswith("A team with quite a long name")
    assert max(map(len, rows)) <= 44


def test_a_name_is_on_one_line_where_the_numbers_leave_it_room() -> None:
    head, named, short = aligned(
        [("", "met"), ("IT Service Desk and Network", "3"), ("HR", "12")], least=(3,)
    )
    assert named == "IT Service Desk and Network   3"
    assert head.endswith(" met")
    assert len(head) == len(named) == len(short)


def test_what_there_is_one_of_is_not_told_apart() -> None:
    assert len(shown(a_report(lines=dict.fromkeys(Dimension, ()) | {Dimension.TEAM: (line("Only"),)}))) == 3


@pytest.mark.parametrize(
    ("met", "missed", "share"),
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
    met: int, missed: int, share: str
) -> None:
    assert percent(line("x", met, missed), "en") == share


def test_a_minute_in_a_week_is_not_none_of_the_time() -> None:
    life = TicketLife(ticket="IT-1", team="it", spent=TimeSpent(team=MINUTE, off_hours=10_000 * MINUTE))
    told = plain(where_time_went(a_report(lives=(life,)), "en"))
    team, off_hours = said("reports.share_team", share="<1%"), said("reports.share_off_hours", share=">99%")
    assert told == said("reports.time", count=1, shares=f"{team} and {off_hours}")


def test_the_heading_and_the_words_say_of_what_a_length_is_the_median() -> None:
    told = plain(report_text(a_report(), "en"))
    first, second = shown(a_report())[:2]
    assert (first.split(), second.split()) == (["median"], ["met", "miss", "%", "late"])
    assert first.index("median") + len("median") == second.index("late") + len("late")
    assert said("reports.read_late", label="median late") in told


def test_where_the_time_went_names_only_where_some_did() -> None:
    life = TicketLife(ticket="IT-1", team="it", spent=TimeSpent(team=MINUTE, off_hours=3 * MINUTE))
    told = where_time_went(a_report(lives=(life,)), "en")
    team, off_hours = said("reports.share_team", share="25%"), said("reports.share_off_hours", share="75%")
    assert plain(told) == said("reports.time", count=1, shares=f"{team} and {off_hours}")
    many = where_time_went(a_report(lives=(life,) * 200, has_more_lives=True), "en")
    assert plain(many) == said("reports.time_of_newest", count=200, shares=f"{team} and {off_hours}")


def test_where_no_time_passed_nothing_is_said_of_it() -> None:
    none = a_report(lives=(TicketLife(ticket="IT-1", team="it", spent=TimeSpent()),))
    assert list(sentences_of(none, "en")) == list(sentences_of(a_report(), "en"))


@pytest.mark.parametrize(
    ("length", "period"),
    [
        (timedelta(minutes=1), "2 Mar 2026"),
        (timedelta(days=20), "2 – 22 Mar 2026"),
        (timedelta(days=30), "2 Mar – 1 Apr 2026"),
        (timedelta(days=365), "2 Mar 2026 – 2 Mar 2027"),
    ],
)
def test_the_period_is_told_with_both_its_days(length: timedelta, period: str) -> None:
    assert period_of(ReportQuery(since=AT, until=AT + length), "en") == period
