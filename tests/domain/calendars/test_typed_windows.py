"""What people mean by a time to look back on, by the clock on a wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars.typed_windows import read_window, whole_days
from bot.domain.errors import Refused
from tests.said import said, told

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("", "2026-02-12", None),
        ("4 weeks", "2026-02-12", None),
        ("the last 4 weeks", "2026-02-12", None),
        ("4w", "2026-02-12", None),
        ("1 week", "2026-03-05", None),
        ("today", "2026-03-11", None),
        ("yesterday", "2026-03-10", "2026-03-11"),
        ("since yesterday", "2026-03-10", None),
        ("this week", "2026-03-09", None),
        ("last week", "2026-03-02", "2026-03-09"),
        ("7 days", "2026-03-05", None),
        ("1 day", "2026-03-11", None),
        ("this month", "2026-03-01", None),
        ("Last  Month", "2026-02-01", "2026-03-01"),
        ("since last month", "2026-02-01", "2026-03-01"),
        ("3 months", "2026-01-01", None),
        ("12 months", "2025-04-01", None),
        ("this quarter", "2026-01-01", None),
        ("last quarter", "2025-10-01", "2026-01-01"),
        ("2 quarters", "2025-10-01", None),
        ("this year", "2026-01-01", None),
        ("last year", "2025-01-01", "2026-01-01"),
        ("since 2026-01-15", "2026-01-15", None),
        ("2026-01-15", "2026-01-15", None),
        ("from 2026-01-15 to 2026-01-31", "2026-01-15", "2026-02-01"),
        ("2026-01-15 until 2026-01-15", "2026-01-15", "2026-01-16"),
        ("2026-01 – 2026-02", "2026-01-01", "2026-03-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("since 2025", "2025-01-01", None),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("2026-03", "2026-03-01", None),
        ("2026-03-01 until 2026-12-31", "2026-03-01", None),
    ],
)
def test_these_words_mean_that_time(words: str, since: str, until: str | None) -> None:
    window = read_window(words, now=NOW, zone=BERLIN)
    assert f"{window.since.astimezone(BERLIN):%Y-%m-%d %H:%M:%S}" == f"{since} 00:00:00"
    if until is None:
        assert window.until == NOW + timedelta(microseconds=1)
    else:
        assert f"{window.until.astimezone(BERLIN):%Y-%m-%d %H:%M:%S}" == f"{until} 00:00:00"


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("today", "2026-03-10 00:00", "2026-03-10 15:00"),
        ("yesterday", "2026-03-09 00:00", "2026-03-10 00:00"),
        ("this week", "2026-03-02 00:00", "2026-03-04 15:00"),
        ("last week", "2026-02-23 00:00", "2026-03-02 00:00"),
        ("7 days", "2026-02-26 00:00", "2026-03-04 15:00"),
        ("", "2026-01-15 00:00", "2026-02-11 15:00"),
        ("this month", "2026-02-01 00:00", "2026-02-11 15:00"),
        ("last month", "2026-01-01 00:00", "2026-02-01 00:00"),
        ("3 months", "2025-10-01 00:00", "2025-12-11 15:00"),
        ("last quarter", "2025-07-01 00:00", "2025-10-01 00:00"),
        ("this year", "2025-01-01 00:00", "2025-03-11 15:00"),
        ("2026-02", "2026-01-01 00:00", "2026-02-01 00:00"),
        ("2026-03", "2026-02-01 00:00", "2026-02-11 15:00"),
        (
            "2026-03-09 until 2026-03-11 against 2026-03-02 until 2026-03-04",
            "2026-03-02 00:00",
            "2026-03-04 15:00",
        ),
        (
            "2026-03-09 until 2026-03-10 against 2026-03-02 until 2026-03-03",
            "2026-03-02 00:00",
            "2026-03-04 00:00",
        ),
        ("2026-01-05 until 2026-01-06", "2026-01-03 00:00", "2026-01-05 00:00"),
    ],
)
def test_it_is_compared_with_the_same_part_of_the_time_before(words: str, since: str, until: str) -> None:
    first, end = read_window(words, now=NOW, zone=BERLIN).before
    assert f"{first.astimezone(BERLIN):%Y-%m-%d %H:%M}" == since
    assert f"{end.astimezone(BERLIN):%Y-%m-%d %H:%M}" == until


def test_a_day_that_the_month_before_has_not_is_compared_with_the_whole_month() -> None:
    last_of_march = datetime(2026, 3, 31, 14, 0, tzinfo=UTC)
    first, end = read_window("this month", now=last_of_march, zone=BERLIN).before
    assert (first.astimezone(BERLIN).day, end.astimezone(BERLIN).day) == (1, 1)


def test_days_keep_their_hours_when_the_clocks_are_changed() -> None:
    after = datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    first, end = read_window("2 days", now=after, zone=BERLIN).before
    assert (first.isoformat(), end.isoformat()[:16]) == ("2026-03-26T23:00:00+00:00", "2026-03-28T08:00")


@pytest.mark.parametrize(
    ("first", "after", "before"),
    [
        (date(2027, 3, 1), date(2027, 4, 1), date(2027, 2, 1)),
        (date(2027, 3, 29), date(2027, 4, 5), date(2027, 3, 22)),
        (date(2027, 3, 26), date(2027, 3, 29), date(2027, 3, 23)),
    ],
)
def test_days_that_are_over_are_compared_as_if_they_were_typed(
    first: date, after: date, before: date
) -> None:
    """A month with the month before; a week, of which one had the change of clocks, with the seven days before."""
    typed = f"{first} until {after - timedelta(days=1)}"
    later = datetime(2027, 4, 20, tzinfo=UTC)
    window = whole_days(first, after, zone=BERLIN)
    assert window == read_window(typed, now=later, zone=BERLIN)
    assert [each.astimezone(BERLIN).date() for each in window.before] == [before, first]


def test_a_day_begins_at_midnight_there() -> None:
    late_on_sunday = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    assert read_window("this week", now=late_on_sunday, zone=BERLIN).since == datetime(
        2026, 3, 8, 23, 0, tzinfo=UTC
    )
    assert read_window("this week", now=late_on_sunday, zone=ZoneInfo("UTC")).since == datetime(
        2026, 3, 2, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "0 weeks",
        "2026-02-31",
        "26-1-1",
        "2026-13",
        "last",
        "weeks",
        "-4 weeks",
        "99999-01-01",
        "1969",
        "9999 years",
    ],
)
def test_other_words_are_refused_with_examples(words: str) -> None:
    with pytest.raises(Refused) as refused:
        read_window(words, now=NOW, zone=BERLIN)
    not_a_period = said("commands.not_a_period", text=words)
    assert told(refused.value) == f"{not_a_period} {said('commands.period_examples')}"


def test_a_time_that_has_not_come_or_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match=r"commands.period_to_come"):
        read_window("since 2026-04-01", now=NOW, zone=BERLIN)
    with pytest.raises(Refused, match=r"commands.period_reversed"):
        read_window("2026-03-05 until 2026-03-01", now=NOW, zone=BERLIN)


@given(st.text(alphabet="0123456789- daywekmonthlsqurtiuf", max_size=30))
def test_whatever_is_typed_is_a_time_that_was_or_refused_in_words(words: str) -> None:
    try:
        window = read_window(words, now=NOW, zone=BERLIN)
    except Refused:
        return
    assert window.since <= NOW
    assert window.since < window.until
