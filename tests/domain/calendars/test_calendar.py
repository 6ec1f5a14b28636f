"""Business hours: worked by hand, and compared with counting minutes one by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.calendars.calendar import MIDNIGHT, Calendar, Span, span
from bot.domain.errors import ConfigurationError
from tests.domain.calendars.wall_clock import CountedMinutes, calendars, calendars_near_a_change, instants

NINE_TO_FIVE: tuple[Span, ...] = ((540, 1020),)
WITH_LUNCH: tuple[Span, ...] = ((540, 720), (780, 1020))
HALF_DAY: tuple[Span, ...] = ((540, 780),)
NIGHT: tuple[Span, ...] = (span(22 * 60, 6 * 60),)
WHOLE_DAY: tuple[Span, ...] = ((0, MIDNIGHT),)
CLOSED: tuple[Span, ...] = ()

patiently = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


def weekdays(zone: str, spans: tuple[Span, ...] = NINE_TO_FIVE, **special: tuple[Span, ...]) -> Calendar:
    """Monday to Friday. Special dates are written `d2026_12_25`."""
    return _calendar(zone, dict.fromkeys(range(5), spans), special)


def daily(zone: str, spans: tuple[Span, ...], **special: tuple[Span, ...]) -> Calendar:
    return _calendar(zone, dict.fromkeys(range(7), spans), special)


def sundays(zone: str, *spans: Span) -> Calendar:
    return _calendar(zone, {6: spans}, {})


def _calendar(zone: str, week: dict[int, tuple[Span, ...]], special: dict[str, tuple[Span, ...]]) -> Calendar:
    dates = {date.fromisoformat(day[1:].replace("_", "-")): spans for day, spans in special.items()}
    return Calendar(name="support", zone=ZoneInfo(zone), week=week, special=dates)


def instant(text: str, calendar: Calendar) -> datetime:
    """`2026-03-27 16:00` on the team's wall; a repeated hour is told apart by its offset, `… +0100`."""
    if "+" in text[11:] or "-" in text[11:]:
        return datetime.strptime(text, "%Y-%m-%d %H:%M %z").astimezone(UTC)
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=calendar.zone).astimezone(UTC)


def christmas(spans: tuple[Span, ...] = NINE_TO_FIVE) -> Calendar:
    return weekdays(
        "Europe/Berlin",
        spans,
        d2026_12_24=HALF_DAY,
        d2026_12_25=CLOSED,
        d2026_12_31=HALF_DAY,
        d2027_01_01=CLOSED,
    )


BERLIN = weekdays("Europe/Berlin")
BERLIN_NIGHTS = daily("Europe/Berlin", NIGHT)
BERLIN_FRIDAY_NIGHT = _calendar("Europe/Berlin", {4: NIGHT}, {})
BERLIN_SUNDAY = sundays("Europe/Berlin", *WHOLE_DAY)
BERLIN_HOUR = sundays("Europe/Berlin", (120, 180))
BERLIN_HALF_PAST = sundays("Europe/Berlin", (150, 240))
LEAP_DAY_OFF = weekdays("Europe/Berlin", d2028_02_29=CLOSED)
BERLIN_SUNDAY_NIGHT = sundays("Europe/Berlin", *NIGHT)
TOKYO_DAILY = daily("Asia/Tokyo", NINE_TO_FIVE)
PARIS = weekdays("Europe/Paris", WITH_LUNCH)
KOLKATA = weekdays("Asia/Kolkata")
KATHMANDU = weekdays("Asia/Kathmandu")
CHATHAM = weekdays("Pacific/Chatham")
LORD_HOWE = sundays("Australia/Lord_Howe", *WHOLE_DAY)
LORD_HOWE_HOUR = sundays("Australia/Lord_Howe", (60, 120))
HAVANA = sundays("America/Havana", *WHOLE_DAY)
APIA_DAILY = daily("Pacific/Apia", NINE_TO_FIVE)
NEW_YORK = weekdays("America/New_York")
NEW_YORK_SUNDAY = sundays("America/New_York", (0, 360))

ADDED = [
    # (what happens, calendar, from, hours of work, until), times as the team's wall clock shows them
    ("Friday 16:50 with four hours ends on Monday", BERLIN, "2026-11-20 16:50", 4, "2026-11-23 12:50"),
    ("asked on Friday evening, counted from Monday", BERLIN, "2026-11-20 18:30", 1, "2026-11-23 10:00"),
    ("a full day ends when the day does", BERLIN, "2026-11-20 09:00", 8, "2026-11-20 17:00"),
    ("asked on Saturday, a full day", BERLIN, "2026-11-21 12:00", 8, "2026-11-23 17:00"),
    ("a week of work is a week later", BERLIN, "2026-11-18 12:00", 40, "2026-11-25 12:00"),
    ("Christmas week with half a day", christmas(), "2026-12-23 15:00", 16, "2026-12-29 11:00"),
    ("New Year with half a day", christmas(), "2026-12-30 16:00", 6, "2027-01-04 10:00"),
    ("Christmas afternoon counts nothing", christmas(), "2026-12-25 15:00", 0.5, "2026-12-28 09:30"),
    ("lunch is not counted", PARIS, "2026-06-02 11:30", 1, "2026-06-02 13:30"),
    ("asked during lunch", PARIS, "2026-06-02 12:15", 0.5, "2026-06-02 13:30"),
    ("done when lunch begins", PARIS, "2026-06-02 11:00", 1, "2026-06-02 12:00"),
    ("a day with lunch has seven hours", PARIS, "2026-06-02 09:00", 7, "2026-06-02 17:00"),
    ("Kolkata, before opening", KOLKATA, "2026-06-01 03:00 +0000", 0.5, "2026-06-01 04:00 +0000"),
    ("Kolkata, over the weekend", KOLKATA, "2026-06-05 16:45", 0.75, "2026-06-08 09:30"),
    ("Kathmandu's three quarters", KATHMANDU, "2026-06-01 03:15 +0000", 1, "2026-06-01 04:15 +0000"),
    ("Chatham's summer begins on a Sunday", CHATHAM, "2026-09-25 16:00", 2, "2026-09-28 10:00"),
    ("Lord Howe skips half an hour", LORD_HOWE, "2026-10-04 00:00", 3, "2026-10-04 03:30"),
    ("Lord Howe repeats half an hour", LORD_HOWE, "2026-04-05 00:00", 3, "2026-04-05 02:30"),
    ("Apia never had that Friday", weekdays("Pacific/Apia"), "2011-12-29 16:00", 2, "2012-01-02 10:00"),
    ("Apia worked on the day after", APIA_DAILY, "2011-12-29 16:00", 2, "2011-12-31 10:00"),
    ("29 February is a day of work", BERLIN, "2028-02-28 16:00", 10, "2028-03-01 10:00"),
    ("29 February off", LEAP_DAY_OFF, "2028-02-28 16:00", 2, "2028-03-01 10:00"),
    ("no 29 February in 2027", BERLIN, "2027-02-26 16:00", 2, "2027-03-01 10:00"),
    ("no 29 February in 2100", BERLIN, "2100-02-26 16:00", 2, "2100-03-01 10:00"),
    ("Berlin's office does not feel spring", BERLIN, "2026-03-27 09:00", 16, "2026-03-30 17:00"),
    ("Berlin's night of seven hours", BERLIN_NIGHTS, "2026-03-28 22:00", 7, "2026-03-29 06:00"),
    ("Berlin's night of nine hours", BERLIN_NIGHTS, "2026-10-24 22:00", 9, "2026-10-25 06:00"),
    ("in the first 2:30 of Berlin's night", BERLIN_NIGHTS, "2026-10-25 00:30", 2, "2026-10-25 02:30 +0200"),
    ("in the second 2:30 of Berlin's night", BERLIN_NIGHTS, "2026-10-25 00:30", 3, "2026-10-25 02:30 +0100"),
    ("New York in spring", NEW_YORK_SUNDAY, "2026-03-08 00:00", 3, "2026-03-08 04:00"),
    ("New York in autumn", NEW_YORK_SUNDAY, "2026-11-01 00:00", 7, "2026-11-01 06:00"),
    ("New York's office does not feel autumn", NEW_YORK, "2026-10-30 12:00", 8, "2026-11-02 12:00"),
    ("a shift past midnight", BERLIN_FRIDAY_NIGHT, "2026-11-21 01:00", 4, "2026-11-21 05:00"),
    ("from one night to the next week's", BERLIN_FRIDAY_NIGHT, "2026-11-21 01:00", 6, "2026-11-27 23:00"),
    ("asked before the night shift", BERLIN_FRIDAY_NIGHT, "2026-11-20 12:00", 3, "2026-11-21 01:00"),
    ("Sunday's shift ends on Monday", BERLIN_SUNDAY_NIGHT, "2026-11-22 23:00", 6, "2026-11-23 05:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "start", "hours", "end"), [each[1:] for each in ADDED], ids=[each[0] for each in ADDED]
)
def test_work_ends_when_a_person_would_say(calendar: Calendar, start: str, hours: float, end: str) -> None:
    begun, business = instant(start, calendar), timedelta(hours=hours)

    assert calendar.add(begun, business) == instant(end, calendar)
    assert calendar.between(begun, instant(end, calendar)) == business


MEASURED = [
    ("a day when Lord Howe goes forward", LORD_HOWE, "2026-10-04 00:00", "2026-10-05 00:00", 23.5),
    ("a day when Lord Howe goes back", LORD_HOWE, "2026-04-05 00:00", "2026-04-06 00:00", 24.5),
    ("an hour that Lord Howe half repeats", LORD_HOWE_HOUR, "2026-04-05 00:00", "2026-04-06 00:00", 1.5),
    ("a day when Berlin goes forward", BERLIN_SUNDAY, "2026-03-29 00:00", "2026-03-30 00:00", 23),
    ("a day when Berlin goes back", BERLIN_SUNDAY, "2026-10-25 00:00", "2026-10-26 00:00", 25),
    ("an hour that Berlin skips", BERLIN_HOUR, "2026-03-29 00:00", "2026-03-30 00:00", 0),
    ("an hour that Berlin repeats", BERLIN_HOUR, "2026-10-25 00:00", "2026-10-26 00:00", 2),
    ("a shift that opens in a skipped hour", BERLIN_HALF_PAST, "2026-03-29 00:00", "2026-03-30 00:00", 1),
    ("a day when Havana has no midnight", HAVANA, "2026-03-08 01:00", "2026-03-09 00:00", 23),
    ("Apia's three days that were two", APIA_DAILY, "2011-12-29 00:00", "2012-01-01 00:00", 16),
    ("a leap year's February", TOKYO_DAILY, "2028-02-01 00:00", "2028-03-01 00:00", 29 * 8),
    ("a year of weekdays", BERLIN, "2026-01-01 00:00", "2027-01-01 00:00", 261 * 8),
    ("ten years of weekdays", KOLKATA, "2020-01-01 00:00", "2030-01-01 00:00", 2609 * 8),
    ("a closed weekend", BERLIN, "2026-11-20 17:00", "2026-11-23 09:00", 0),
    ("an end before the beginning", BERLIN, "2026-11-20 17:00", "2026-11-20 09:00", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "start", "end", "hours"), [each[1:] for each in MEASURED], ids=[each[0] for each in MEASURED]
)
def test_open_time_is_as_long_as_it_really_is(calendar: Calendar, start: str, end: str, hours: float) -> None:
    assert calendar.between(instant(start, calendar), instant(end, calendar)) == timedelta(hours=hours)


OPENINGS = [
    ("open now", BERLIN, "2026-11-20 09:00", "2026-11-20 09:00"),
    ("closing time is closed", BERLIN, "2026-11-20 17:00", "2026-11-23 09:00"),
    ("the last minute is open", BERLIN, "2026-11-20 16:59", "2026-11-20 16:59"),
    ("lunch", weekdays("Europe/Berlin", WITH_LUNCH), "2026-11-20 12:00", "2026-11-20 13:00"),
    ("over Christmas", christmas(), "2026-12-24 13:00", "2026-12-28 09:00"),
    ("an opening that spring skips", BERLIN_HALF_PAST, "2026-03-29 01:00", "2026-03-29 03:00"),
    ("a morning after a night shift", BERLIN_NIGHTS, "2026-11-20 06:00", "2026-11-20 22:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "at", "opening"), [each[1:] for each in OPENINGS], ids=[each[0] for each in OPENINGS]
)
def test_the_next_opening_is_found(calendar: Calendar, at: str, opening: str) -> None:
    asked = instant(at, calendar)

    assert calendar.next_open(asked) == instant(opening, calendar)
    assert calendar.is_open(asked) is (at == opening)


def test_a_night_shift_before_a_holiday_ends_in_the_morning_of_the_holiday() -> None:
    calendar = daily("Europe/Berlin", NIGHT, d2026_12_25=CLOSED)

    assert calendar.is_open(instant("2026-12-25 05:59", calendar))
    assert not calendar.is_open(instant("2026-12-25 22:00", calendar))
    assert not calendar.is_open(instant("2026-12-26 05:59", calendar))
    assert calendar.next_open(instant("2026-12-25 06:00", calendar)) == instant("2026-12-26 22:00", calendar)


def test_shifts_that_overlap_across_midnight_are_counted_once() -> None:
    calendar = _calendar("Europe/Berlin", {0: (span(20 * 60, 8 * 60),), 1: ((7 * 60, 9 * 60),)}, {})

    opened, closed = instant("2026-11-23 00:00", calendar), instant("2026-11-25 00:00", calendar)
    assert calendar.between(opened, closed) == timedelta(hours=13)


def test_adding_nothing_stays_where_it_is_even_when_closed() -> None:
    calendar = BERLIN
    night = instant("2026-11-21 03:00", calendar)

    assert calendar.add(night, timedelta()) == night


def test_time_cannot_be_added_backwards() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        BERLIN.add(datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=-1))


def test_answers_are_in_utc_whatever_zone_was_asked_in() -> None:
    calendar = BERLIN
    in_tokyo = datetime(2026, 11, 20, 18, 0, tzinfo=ZoneInfo("Asia/Tokyo"))

    for answer in (calendar.add(in_tokyo, timedelta(hours=1)), calendar.next_open(in_tokyo)):
        assert answer is not None
        assert answer.tzinfo is UTC
    around = Calendar.around_the_clock()
    assert around.next_open(in_tokyo) == in_tokyo
    assert around.add(in_tokyo, timedelta()).tzinfo is UTC


def test_a_calendar_that_is_never_open_says_so() -> None:
    calendar = weekdays("Europe/Berlin", CLOSED)
    now = datetime(2026, 11, 20, tzinfo=UTC)

    with pytest.raises(ConfigurationError, match=r"calendar_no_time_after\(calendar=support"):
        calendar.add(now, timedelta(minutes=1))
    assert calendar.next_open(now) is None
    assert calendar.between(now, now + timedelta(days=999)) == timedelta()


def test_a_calendar_of_single_dates_runs_out() -> None:
    calendar = weekdays("Europe/Berlin", CLOSED, d2026_12_31=HALF_DAY)
    now = datetime(2026, 1, 1, tzinfo=UTC)

    assert calendar.add(now, timedelta(hours=4)) == instant("2026-12-31 13:00", calendar)
    with pytest.raises(ConfigurationError, match="length=4:00:01"):
        calendar.add(now, timedelta(hours=4, seconds=1))


def test_an_opening_more_than_a_year_ahead_is_none() -> None:
    calendar = weekdays("Europe/Berlin", CLOSED, d2028_01_03=HALF_DAY)

    assert calendar.next_open(instant("2027-01-01 09:00", calendar)) is None
    assert calendar.next_open(instant("2027-01-03 09:00", calendar)) == instant("2028-01-03 09:00", calendar)


def test_time_without_end_is_refused_in_a_sentence() -> None:
    with pytest.raises(ConfigurationError, match="calendar_no_time_after"):
        BERLIN.add(datetime(9999, 6, 1, tzinfo=UTC), timedelta(days=300))


def test_around_the_clock_never_closes() -> None:
    calendar = Calendar.around_the_clock(zone=ZoneInfo("Europe/Berlin"))
    sunday = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    assert calendar.is_open(sunday)
    assert calendar.add(sunday, timedelta(hours=30)) == sunday + timedelta(hours=30)
    assert calendar.between(sunday, sunday + timedelta(days=2)) == timedelta(days=2)
    assert calendar.between(sunday, sunday - timedelta(days=2)) == timedelta()


def test_around_the_clock_except_on_a_holiday_closes_on_it() -> None:
    calendar = daily("Europe/Berlin", WHOLE_DAY, d2026_12_25=CLOSED)
    eve = instant("2026-12-24 23:00", calendar)

    assert calendar.add(eve, timedelta(hours=2)) == instant("2026-12-26 01:00", calendar)


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        (((600, 720), (660, 900)), "calendar_spans_overlap.*since=11:00"),
        (((600, 720), (540, 590)), "calendar_spans_overlap"),
        (((600, 600),), "calendar_span.*since=10:00, until=10:00"),
        (((1440, 1500),), "calendar_span"),
        (((-5, 60),), "calendar_span"),
        (((600, 2100),), "calendar_span"),
    ],
)
def test_impossible_spans_are_named(spans: tuple[Span, ...], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        weekdays("Europe/Berlin", spans)
    with pytest.raises(ConfigurationError, match="2026-12-25"):
        weekdays("Europe/Berlin", d2026_12_25=spans)


def test_a_weekday_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigurationError, match="number=7"):
        _calendar("Europe/Berlin", {7: NINE_TO_FIVE}, {})


def test_equal_calendars_are_written_the_same_and_read_back_equal() -> None:
    spans = dict.fromkeys((4, 0, 2), WITH_LUNCH)
    special = {date(2026, 12, 31): HALF_DAY, date(2026, 12, 25): CLOSED}
    one = Calendar(name="one", zone=ZoneInfo("Asia/Kolkata"), week=spans, special=special)
    other = Calendar(
        name="one",
        zone=ZoneInfo("Asia/Kolkata"),
        week=dict(reversed(spans.items())),
        special=dict(reversed(special.items())),
    )

    assert repr(one.to_json()) == repr(other.to_json())
    assert Calendar.from_json(one.to_json()) == one


def test_many_threads_get_the_same_answers() -> None:
    calendar = christmas(WITH_LUNCH)
    starts = [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=17 * each) for each in range(600)]
    alone = [christmas(WITH_LUNCH).add(start, timedelta(hours=30)) for start in starts[::20]]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda start: calendar.add(start, timedelta(hours=30)), starts))

    assert together[::20] == alone


@patiently
@given(st.data())
def test_it_agrees_with_counting_minutes_where_clocks_change(data: st.DataObject) -> None:
    calendar, near = data.draw(calendars_near_a_change())
    counted = CountedMinutes.of(calendar, near - timedelta(hours=18), 48 * 60)
    minutes = st.integers(0, 48 * 60 - 1)

    for _ in range(6):
        start, end = sorted((data.draw(minutes), data.draw(minutes)))
        at = counted.at(start)
        assert calendar.is_open(at) is counted.is_open[start]
        assert calendar.between(at, counted.at(end)) == counted.between(start, end)
        opening = counted.next_open(start)
        assert opening is None or calendar.next_open(at) == opening
        business = data.draw(st.integers(0, 600))
        reached = counted.add(start, business)
        assert reached is None or calendar.add(at, timedelta(minutes=business)) == reached


@patiently
@given(calendars(), instants(), st.timedeltas(timedelta(), timedelta(days=60)))
def test_what_was_added_is_what_is_measured(calendar: Calendar, start: datetime, business: timedelta) -> None:
    assert calendar.between(start, calendar.add(start, business)) == business


@patiently
@given(calendars(), instants(), *[st.timedeltas(timedelta(), timedelta(days=20))] * 2)
def test_adding_in_two_steps_is_adding_at_once(
    calendar: Calendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@patiently
@given(calendars(), instants(), *[st.timedeltas(timedelta(), timedelta(days=20))] * 2)
def test_more_work_never_ends_earlier(
    calendar: Calendar, start: datetime, some: timedelta, more: timedelta
) -> None:
    assert start <= calendar.add(start, some) <= calendar.add(start, some + more)
    assert calendar.add(start, some) <= calendar.add(start + more, some)


@patiently
@given(calendars(), instants(), *[st.timedeltas(timedelta(), timedelta(days=400))] * 2)
def test_open_time_of_two_stretches_adds_up(
    calendar: Calendar, early: datetime, first: timedelta, second: timedelta
) -> None:
    middle, late = early + first, early + first + second

    assert calendar.between(early, late) == calendar.between(early, middle) + calendar.between(middle, late)
    assert timedelta() <= calendar.between(early, middle) <= middle - early


@patiently
@given(calendars(), instants())
def test_the_next_opening_is_open_and_nothing_opens_before_it(calendar: Calendar, at: datetime) -> None:
    opening = calendar.next_open(at)
    assume(opening is not None)

    assert opening is not None
    assert calendar.is_open(opening)
    assert calendar.between(at, opening) == timedelta()
    assert (opening == at) is calendar.is_open(at)


@patiently
@given(calendars())
def test_any_calendar_survives_being_copied(calendar: Calendar) -> None:
    assert Calendar.from_json(calendar.to_json()) == calendar
