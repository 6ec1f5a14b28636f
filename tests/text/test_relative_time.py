"""What the requester reads for an instant: near days by name, in their zone and language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.text.relative_time import LANGUAGES, in_words, spoken

LISBON = ZoneInfo("Europe/Lisbon")
BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY_EVENING = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def said(at: str, *, zone: ZoneInfo = LISBON, language: str = "en") -> str:
    return in_words(datetime.fromisoformat(at), now=SUNDAY_EVENING, zone=zone, language=language)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-01T22:30:59Z", "today at 22:30"),
        ("2026-03-02T10:30Z", "tomorrow at 10:30"),
        ("2026-03-03T10:30Z", "Tuesday 10:30"),
        ("2026-03-07T10:30Z", "Saturday 10:30"),
        ("2026-03-08T10:30Z", "Sunday 8 March, 10:30"),
        ("2026-02-28T10:30Z", "yesterday at 10:30"),
        ("2026-02-27T10:30Z", "Friday 27 February, 10:30"),
        ("2026-04-01T08:00Z", "Wednesday 1 April, 09:00"),
    ],
)
def test_near_days_are_called_by_name_and_far_ones_by_date(at: str, words: str) -> None:
    assert said(at) == words


def test_whether_it_is_today_is_seen_from_where_the_person_is() -> None:
    assert said("2026-03-01T23:30Z") == "today at 23:30"
    assert said("2026-03-01T23:30Z", zone=BERLIN) == "tomorrow at 00:30"
    assert said("2026-03-01T23:30Z", zone=ZoneInfo("Asia/Kolkata")) == "today at 05:00"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["heute um 22:30 Uhr", "morgen um 9:05 Uhr", "Dienstag um 1:30 Uhr"]),
        ("fr", ["aujourd’hui à 22 h 30", "demain à 9 h 05", "mardi à 1 h 30"]),
        ("es", ["hoy a las 22:30", "mañana a las 9:05", "el martes a la 1:30"]),
        ("pt", ["hoje às 22:30", "amanhã às 9:05", "terça-feira à 1:30"]),
        ("fi", ["today at 22:30", "tomorrow at 09:05", "Tuesday 01:30"]),
    ],
)
def test_each_language_says_it_its_own_way(language: str, words: list[str]) -> None:
    instants = ("2026-03-01T22:30Z", "2026-03-02T09:05Z", "2026-03-03T01:30Z")
    assert [said(at, language=language) for at in instants] == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Donnerstag, 12. März, um 10:30 Uhr"),
        ("fr", "jeudi 12 mars à 10 h 30"),
        ("es", "el jueves 12 de marzo a las 10:30"),
        ("pt", "quinta-feira, 12 de março, às 10:30"),
    ],
)
def test_dates_too(language: str, words: str) -> None:
    assert said("2026-03-12T10:30Z", language=language) == words


def test_every_language_has_all_days_and_months() -> None:
    assert {(len(set(each.weekdays)), len(set(each.months))) for each in LANGUAGES.values()} == {(7, 12)}


@pytest.mark.parametrize("zone", [None, "Mars/Olympus", ""])
def test_where_the_persons_zone_is_not_known_it_is_said_whose_time_it_is(zone: str | None) -> None:
    at = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    moment = spoken(at, now=SUNDAY_EVENING, time_zone=zone, otherwise=BERLIN, language="en")
    assert moment.words == "tomorrow at 11:30 (CET)"


def test_where_it_is_known_it_is_not() -> None:
    at = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
    moment = spoken(at, now=SUNDAY_EVENING, time_zone="Asia/Tokyo", otherwise=BERLIN, language="en")
    assert moment.words == "today at 19:30"
