"""A team's day begins when somebody is there, and its week ends before the longest rest."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import Calendar, Span
from bot.domain.calendars.day_boundaries import begins, ends, week_ended_before, week_ends

BERLIN = ZoneInfo("Europe/Berlin")
DAY: tuple[Span, ...] = ((9 * 60, 17 * 60),)
MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)


def office(*weekdays: int, special: dict[date, tuple[Span, ...]] | None = None) -> Calendar:
    return Calendar(name="office", zone=BERLIN, week=dict.fromkeys(weekdays, DAY), special=special or {})


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_a_day_begins_with_its_first_staffed_minute() -> None:
    assert begins(office(0, 1, 2, 3, 4), MONDAY) == utc(3, 2, 8)


def test_a_day_ends_with_the_last_closing_even_after_midnight() -> None:
    night = Calendar(name="night", zone=BERLIN, week={0: ((22 * 60, 30 * 60),)})
    assert ends(night, MONDAY) == utc(3, 3, 5)
    assert ends(office(0), MONDAY) == utc(3, 2, 16)
    assert ends(office(0), FRIDAY) is None


def test_a_day_off_does_not_begin() -> None:
    calendar = office(0, 1, 2, 3, 4, special={MONDAY: ()})
    assert begins(calendar, MONDAY) is None
    assert begins(calendar, date(2026, 3, 7)) is None


def test_a_half_day_begins_when_it_says() -> None:
    calendar = office(0, special={MONDAY: ((13 * 60, 17 * 60),)})
    assert begins(calendar, MONDAY) == utc(3, 2, 12)


def test_a_night_shift_begins_in_the_evening() -> None:
    calendar = Calendar(name="night", zone=BERLIN, week={0: ((22 * 60, 30 * 60),)})
    assert begins(calendar, MONDAY) == utc(3, 2, 21)
    assert begins(calendar, date(2026, 3, 3)) is None


def test_around_the_clock_a_weekday_begins_at_nine() -> None:
    calendar = Calendar.around_the_clock(zone=BERLIN)
    assert begins(calendar, MONDAY) == utc(3, 2, 8)
    assert begins(calendar, date(2026, 3, 7)) is None


def test_summer_time_moves_the_beginning() -> None:
    assert begins(office(0), date(2026, 3, 30)) == utc(3, 30, 7)


def test_calendars_that_follow_the_sun_begin_with_the_first_of_them() -> None:
    tokyo = Calendar(name="tokyo", zone=ZoneInfo("Asia/Tokyo"), week={0: DAY})
    assert begins(Calendar.union(name="sun", parts=[office(0), tokyo]), MONDAY) == utc(3, 2, 0)


def test_the_week_ends_an_hour_before_the_last_closing() -> None:
    calendar = office(0, 1, 2, 3, 4)
    assert week_ends(calendar, FRIDAY) == utc(3, 6, 15)
    assert [week_ends(calendar, date(2026, 3, day)) for day in (2, 3, 4, 5, 7, 8)] == [None] * 6


def test_where_friday_and_saturday_are_free_the_week_ends_on_thursday() -> None:
    calendar = office(6, 0, 1, 2, 3)
    assert week_ends(calendar, date(2026, 3, 5)) == utc(3, 5, 15)
    assert week_ends(calendar, date(2026, 3, 8)) is None


def test_a_holiday_at_its_end_makes_the_week_end_the_day_before() -> None:
    calendar = office(0, 1, 2, 3, 4, special={FRIDAY: ()})
    assert week_ends(calendar, date(2026, 3, 5)) == utc(3, 5, 15)
    assert week_ends(calendar, FRIDAY) is None


def test_a_week_off_has_no_end() -> None:
    off: dict[date, tuple[Span, ...]] = {date(2026, 3, day): () for day in range(2, 7)}
    calendar = office(0, 1, 2, 3, 4, special=off)
    assert [week_ends(calendar, date(2026, 3, day)) for day in range(2, 9)] == [None] * 7
    assert week_ended_before(calendar, date(2026, 3, 13)) == utc(2, 27, 15)


def test_around_the_clock_the_week_ends_on_friday_afternoon() -> None:
    calendar = Calendar.around_the_clock(zone=BERLIN)
    assert week_ends(calendar, FRIDAY) == utc(3, 6, 15)
    assert week_ended_before(calendar, FRIDAY) == utc(2, 27, 15)


def test_a_last_span_shorter_than_an_hour_is_used_whole() -> None:
    calendar = Calendar(name="short", zone=BERLIN, week={4: ((9 * 60, 9 * 60 + 30),)})
    assert week_ends(calendar, FRIDAY) == utc(3, 6, 8)


def test_a_team_that_never_works_has_neither_days_nor_weeks() -> None:
    never = Calendar(name="never", zone=BERLIN, week={})
    assert begins(never, MONDAY) is None
    assert week_ends(never, FRIDAY) is None
    assert week_ended_before(never, FRIDAY) == utc(2, 26, 23)
