"""Worked time is read as people of five languages type it."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import Refused
from bot.domain.worked_time.typed_time import read_worked_day, read_worked_time

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "minutes", "words"),
    [
        ("25m fixed the switch", 25, "fixed the switch"),
        ("1h 20m", 80, ""),
        ("1h20 cable", 80, "cable"),
        ("1:20 cable", 80, "cable"),
        ("0.5h", 30, ""),
        ("0,5 h Umzug", 30, "Umzug"),
        ("2 Std. Umzug", 120, "Umzug"),
        ("30 Minuten, Umzug", 30, "Umzug"),
        ("1 heure", 60, ""),
        ("90 mn câble", 90, "câble"),
        ("3 horas cable", 180, "cable"),
        ("1 h 5 minutos", 65, ""),
        ("2 hours", 120, ""),
    ],
)
def test_lengths_are_read_with_the_words_that_follow(typed: str, minutes: int, words: str) -> None:
    read = read_worked_time(typed, today=MONDAY)
    assert (read.length, read.text, read.day) == (timedelta(minutes=minutes), words, MONDAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("yesterday 5m", MONDAY - DAY),
        ("gestern 5m", MONDAY - DAY),
        ("hier 5m", MONDAY - DAY),
        ("ayer 5m", MONDAY - DAY),
        ("ontem 5m", MONDAY - DAY),
        ("Friday 5m", MONDAY - 3 * DAY),
        ("monday 5m", MONDAY),
        ("2026-02-03 5m", date(2026, 2, 3)),
    ],
)
def test_another_day_comes_first(typed: str, day: date) -> None:
    assert read_worked_time(typed, today=MONDAY).day == day
    assert read_worked_day(typed.removesuffix(" 5m"), today=MONDAY) == day


@pytest.mark.parametrize("typed", ["", "cable", "25mx", "yesterday", "m", "25 m2"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match=r"time\.(not_a_length|no_unit)"):
        read_worked_time(typed, today=MONDAY)


def test_a_number_alone_is_minutes_where_minutes_are_asked_for() -> None:
    assert read_worked_time("25 cable", today=MONDAY, is_minutes=True).length == timedelta(minutes=25)
    with pytest.raises(Refused, match=r"time\.no_unit"):
        read_worked_time("25 cable", today=MONDAY)


@pytest.mark.parametrize("typed", ["-25m", "\u221225m", "- 1h"])
def test_a_minus_is_seen(typed: str) -> None:
    assert read_worked_time(typed, today=MONDAY).length < timedelta()


def test_an_impossible_date_is_refused() -> None:
    with pytest.raises(Refused, match=r"time\.not_a_day"):
        read_worked_time("2026-02-30 5m", today=MONDAY)
