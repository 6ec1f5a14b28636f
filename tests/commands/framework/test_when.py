"""Times as people type them."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.framework.when import before_comma, read_absence, read_day, read_instant, read_span
from bot.domain.errors import Refused
from bot.text.catalogue import languages
from bot.text.instants import day_in_words, day_of_month, in_words, short_day, short_weekday, stamp
from tests.said import said, told

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 3, 25, 13, 0, tzinfo=UTC)  # 14:00 in Berlin, four days before summer time


def read(text: str) -> datetime:
    return read_instant(text, now=WEDNESDAY, zone=BERLIN)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2h", timedelta(hours=2)),
        ("90 minutes", timedelta(minutes=90)),
        ("for 1h 30m", timedelta(hours=1, minutes=30)),
        ("in 3 days", timedelta(days=3)),
        ("1 week", timedelta(days=7)),
        ("2D", timedelta(days=2)),
    ],
)
def test_a_length_of_time_counts_from_now(text: str, later: timedelta) -> None:
    assert read(text) == WEDNESDAY + later


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("until Tuesday", "2026-03-31 09:00"),
        ("bis Montag", "2026-03-30 09:00"),
        ("morgen 9 Uhr", "2026-03-26 09:00"),
        ("am nächsten Mittwoch um 8.15 Uhr", "2026-04-01 08:15"),
        ("hasta el miércoles a las 10", "2026-04-01 10:00"),
        ("demain à 9h30", "2026-03-26 09:30"),
        ("jusqu’à lundi", "2026-03-30 09:00"),
        ("até segunda-feira às 14:00", "2026-03-30 14:00"),
        ("in 2 Tagen", "2026-03-27 14:00"),
        ("tue", "2026-03-31 09:00"),
        ("next Wednesday", "2026-04-01 09:00"),
        ("Friday 13:30", "2026-03-27 13:30"),
        ("tomorrow", "2026-03-26 09:00"),
        ("tomorrow at 8:15", "2026-03-26 08:15"),
        ("today 18:00", "2026-03-25 18:00"),
        ("18:00", "2026-03-25 18:00"),
        ("9:00", "2026-03-26 09:00"),
        ("2026-12-01", "2026-12-01 09:00"),
        ("until 2026-12-01 17:00", "2026-12-01 17:00"),
        ("2026-12-01T17:00", "2026-12-01 17:00"),
    ],
)
def test_a_day_or_a_time_is_the_next_of_its_name_in_the_persons_zone(text: str, local: str) -> None:
    assert read(text) == datetime.fromisoformat(local).replace(tzinfo=BERLIN)


@pytest.mark.parametrize("text", ["", "soon", "until", "25:00", "2026-13-01", "9999999 weeks", "tuesdayish"])
def test_words_that_mean_no_time_are_refused_with_examples(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    not_a_time = said("commands.not_a_time", text=text)
    assert told(refused.value) == f"{not_a_time} {said('commands.time_examples')}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("today 8:00", "commands.time_past"),
        ("yesterday", "commands.time_past"),
        ("0h", "commands.time_past"),
        ("2026-03-01", "commands.time_past"),
        ("2031-01-01", "commands.time_too_far"),
        ("500 days", "commands.time_too_far"),
    ],
)
def test_what_is_over_or_too_far_away_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(text)


@given(text=st.text(max_size=40))
def test_whatever_is_typed_is_a_time_to_come_or_refused(text: str) -> None:
    try:
        at = read(text)
    except Refused:
        return
    assert at > WEDNESDAY


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("until Friday", "2026-03-25 14:00", "2026-03-27 09:00"),
        ("2h", "2026-03-25 14:00", "2026-03-25 16:00"),
        ("from tomorrow until Friday", "2026-03-26 09:00", "2026-03-27 09:00"),
        ("from tomorrow 9:00 until tomorrow 17:00", "2026-03-26 09:00", "2026-03-26 17:00"),
        ("from Monday until Friday", "2026-03-30 09:00", "2026-04-03 09:00"),
        ("from Fri 18:00 until fri 9:00", "2026-03-27 18:00", "2026-04-03 09:00"),
        ("from Friday until Friday", "2026-03-27 09:00", "2026-04-03 09:00"),
        ("from 2026-04-01 until 2026-04-20 12:00", "2026-04-01 09:00", "2026-04-20 12:00"),
    ],
)
def test_a_time_from_when_until_when(text: str, begins: str, ends: str) -> None:
    expected = tuple(datetime.fromisoformat(each).replace(tzinfo=BERLIN) for each in (begins, ends))
    assert read_span(text, now=WEDNESDAY, zone=BERLIN) == expected


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("Friday", "2026-03-27 00:00", "2026-03-28 00:00"),
        ("from Friday until Friday", "2026-03-27 00:00", "2026-03-28 00:00"),
        ("from tomorrow until tomorrow", "2026-03-26 00:00", "2026-03-27 00:00"),
        ("from 2026-04-05 until 5 Apr", "2026-04-05 00:00", "2026-04-06 00:00"),
        ("today", "2026-03-25 14:00", "2026-03-26 00:00"),
        ("until Friday", "2026-03-25 14:00", "2026-03-27 09:00"),
        ("from Friday until Monday", "2026-03-27 09:00", "2026-03-30 09:00"),
    ],
)
def test_a_day_alone_or_from_a_day_until_that_day_is_the_whole_day_of_an_absence(
    text: str, begins: str, ends: str
) -> None:
    expected = tuple(datetime.fromisoformat(each).replace(tzinfo=BERLIN) for each in (begins, ends))
    assert read_absence(text, now=WEDNESDAY, zone=BERLIN) == expected


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("from Sunday 2:30 until Sunday 3:30", "2026-03-29 03:00", "2026-03-29 03:30"),
        ("from Sunday 1:30 until Sunday 2:30", "2026-03-29 01:30", "2026-03-29 03:00"),
    ],
)
def test_a_time_that_the_change_to_summer_time_skips_is_when_the_clock_goes_on(
    text: str, begins: str, ends: str
) -> None:
    expected = tuple(datetime.fromisoformat(each).replace(tzinfo=BERLIN) for each in (begins, ends))
    assert read_absence(text, now=WEDNESDAY, zone=BERLIN) == expected
    assert read_span(text, now=WEDNESDAY, zone=BERLIN) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("from 2026-04-20 until 2026-04-01", "commands.span_reversed"),
        ("from Sunday 2:15 until Sunday 2:45", "commands.span_reversed"),
        ("from Monday", "commands.until_when"),
        ("from until", "commands.until_when"),
        ("until", "commands.not_a_time"),
        ("", "commands.not_a_time"),
    ],
)
def test_what_is_no_time_from_when_until_when_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_span(text, now=WEDNESDAY, zone=BERLIN)


@pytest.mark.parametrize("language", languages())
@given(minutes=st.integers(min_value=1, max_value=364 * 24 * 60))
def test_what_deskbell_writes_for_a_time_within_a_year_is_read_back(language: str, minutes: int) -> None:
    at = WEDNESDAY + timedelta(minutes=minutes)
    if at.astimezone(BERLIN).replace(fold=1) != at.astimezone(BERLIN):
        return  # the hour that comes twice
    for written in (
        in_words(at, zone=BERLIN, language=language),
        stamp(at, zone=BERLIN, language=language),
        stamp(at, zone=BERLIN, language=language, with_weekday=True),
        in_words(at, zone=BERLIN, language=language).upper(),
    ):
        assert read(written) == at, written


@pytest.mark.parametrize("language", languages())
@given(days=st.integers(min_value=0, max_value=364))
def test_what_deskbell_writes_for_a_day_is_read_back(language: str, days: int) -> None:
    day = WEDNESDAY.astimezone(BERLIN).date() + timedelta(days=days)
    for written in (
        day_in_words(day, language=language),
        day_of_month(day, language=language),
        short_day(day, language=language),
        f"{short_weekday(day, language=language)} {short_day(day, language=language)}",
    ):
        assert read_day(written, now=WEDNESDAY, zone=BERLIN) == day, written


def test_a_date_that_is_no_such_day_of_the_week_is_refused_as_it_was_typed() -> None:
    assert read("Wed 2 Dec, 09:00") == datetime(2026, 12, 2, 9, 0, tzinfo=BERLIN)
    assert read("Dec 2") == datetime(2026, 12, 2, 9, 0, tzinfo=BERLIN)
    for text, quoted in (("Thu 2 Dec", "Thu 2 Dec"), ("from 31 Feb until Friday", "31 Feb")):
        with pytest.raises(Refused) as refused:
            read_span(text, now=WEDNESDAY, zone=BERLIN)
        assert said("commands.not_a_time", text=quoted) in told(refused.value)
    begins, ends = read_span("from 2 Dec 9:00 until 5 Dec 9:00", now=WEDNESDAY, zone=BERLIN)
    assert ends - begins == timedelta(days=3)


def test_a_comma_within_a_time_does_not_end_it() -> None:
    for text in ("Wed, 2 Dec, 09:00, the dentist", "Wed 2 Dec, the dentist", "2 Dec 9:00, the dentist"):
        assert before_comma(text, read) == (datetime(2026, 12, 2, 9, 0, tzinfo=BERLIN), "the dentist")
    (since, until), reason = before_comma(
        "from Wed, 2 Dec, 9:00 until Thu, 3 Dec, 9:00, out, at last",
        partial(read_absence, now=WEDNESDAY, zone=BERLIN),
    )
    assert (until - since, reason) == (timedelta(days=1), "out, at last")
