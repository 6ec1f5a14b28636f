"""What the requester reads for an instant: the day by its date, in their zone and language."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.text.instants import in_words, period, short_day, spoken, stamp

LISBON = ZoneInfo("Europe/Lisbon")
BERLIN = ZoneInfo("Europe/Berlin")


def said(at: str, *, zone: ZoneInfo = LISBON, language: str = "en") -> str:
    return in_words(datetime.fromisoformat(at), zone=zone, language=language)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-01T22:30:59Z", "Sunday 1 March, 22:30"),
        ("2026-03-08T10:30Z", "Sunday 8 March, 10:30"),
        ("2026-04-01T08:00Z", "Wednesday 1 April, 09:00"),
    ],
)
def test_a_day_goes_by_its_date_so_that_it_is_true_whenever_it_is_read(at: str, words: str) -> None:
    assert said(at) == words


def test_which_day_it_is_is_seen_from_where_the_person_is() -> None:
    assert said("2026-03-01T23:30Z") == "Sunday 1 March, 23:30"
    assert said("2026-03-01T23:30Z", zone=BERLIN) == "Monday 2 March, 00:30"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Donnerstag, 12. März, um 10:30 Uhr"),
        ("fr", "jeudi 12 mars à 10 h 30"),
        ("es", "el jueves 12 de marzo a las 10:30"),
        ("pt", "quinta-feira, 12 de março, às 10:30"),
        ("fi", "Thursday 12 March, 10:30"),
    ],
)
def test_each_language_says_it_its_own_way(language: str, words: str) -> None:
    assert said("2026-03-12T10:30Z", language=language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "el jueves 12 de marzo a la 1:05"), ("pt", "quinta-feira, 12 de março, à 1:05")],
)
def test_one_o_clock_is_said_apart_where_the_language_does(language: str, words: str) -> None:
    assert said("2026-03-12T01:05Z", language=language) == words


@pytest.mark.parametrize("zone", [None, "Mars/Olympus", ""])
def test_where_the_persons_zone_is_not_known_it_is_said_whose_time_it_is(zone: str | None) -> None:
    at = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    moment = spoken(at, time_zone=zone, otherwise=BERLIN, language="en")
    assert moment.words == "Monday 2 March, 11:30 (CET)"


def test_where_it_is_known_it_is_not() -> None:
    at = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    moment = spoken(at, time_zone="Asia/Tokyo", otherwise=BERLIN, language="en")
    assert moment.words == "Monday 2 March, 19:30"


@pytest.mark.parametrize(
    ("language", "plain", "with_weekday"),
    [
        ("en", "2 Mar 2026, 10:30", "Mon, 2 Mar 2026, 10:30"),
        ("de", "2. März 2026, 10:30", "Mo., 2. März 2026, 10:30"),
        ("fr", "2 mars 2026, 10:30", "lun. 2 mars 2026, 10:30"),
        ("fi", "2 Mar 2026, 10:30", "Mon, 2 Mar 2026, 10:30"),
    ],
)
def test_a_protocol_has_short_dates_with_their_years(language: str, plain: str, with_weekday: str) -> None:
    at = datetime(2026, 3, 2, 9, 30, 59, tzinfo=UTC)
    assert stamp(at, zone=BERLIN, language=language) == plain
    assert stamp(at, zone=BERLIN, language=language, with_weekday=True) == with_weekday


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [("en", "2 Feb – 1 Mar 2026", "2 Feb"), ("de", "2. Feb. – 1. März 2026", "2. Feb.")],
)
def test_a_period_names_both_its_days(language: str, words: str, day: str) -> None:
    first = date(2026, 2, 2)
    assert period(first, date(2026, 3, 1), language=language) == words
    assert short_day(first, language=language) == day
