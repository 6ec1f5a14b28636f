"""Calendars that follow the sun: several teams' hours as one, with hand-over times, and who is on duty."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendars.calendar import MIDNIGHT, Calendar, Span, span
from bot.domain.errors import ConfigurationError
from tests.domain.calendars.wall_clock import CountedMinutes, calendars_near_a_change, instants, unions

patiently = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


def office(
    name: str, zone: str, *spans: Span, special: dict[date, tuple[Span, ...]] | None = None
) -> Calendar:
    return Calendar(
        name=name, zone=ZoneInfo(zone), week=dict.fromkeys(range(5), spans), special=special or {}
    )


NINE_TO_FIVE = (540, 1020)
BERLIN = office("berlin", "Europe/Berlin", NINE_TO_FIVE)
NEW_YORK = office("new-york", "America/New_York", NINE_TO_FIVE)
SYDNEY = office("sydney", "Australia/Sydney", NINE_TO_FIVE)
SUN = Calendar.union(name="sun", parts=[SYDNEY, BERLIN.handed_over(at=16 * 60), NEW_YORK])
"""In the first week of June, in UTC: Sydney 23–7, Berlin 7–14 (handed over at 16:00 there), New York 13–21."""


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


ADDED = [
    # (what happens, from, hours of work, until), all in UTC
    ("while Berlin works", "2026-06-03 08:00", 2, "2026-06-03 10:00"),
    ("across the hand-over to New York nothing is lost", "2026-06-03 12:00", 3, "2026-06-03 15:00"),
    ("the hour that Berlin and New York share counts once", "2026-06-03 13:00", 2, "2026-06-03 15:00"),
    ("between New York and Sydney nobody works", "2026-06-03 20:00", 2, "2026-06-04 00:00"),
    ("a whole day has 22 hours", "2026-06-02 23:00", 22, "2026-06-03 21:00"),
    ("the weekend begins when New York goes home", "2026-06-05 20:30", 1, "2026-06-07 23:30"),
    ("and ends with Sydney's Monday", "2026-06-06 12:00", 1, "2026-06-08 00:00"),
    ("in January Sydney opens when New York closes", "2026-01-14 21:30", 1, "2026-01-14 22:30"),
]


@pytest.mark.parametrize(
    ("start", "hours", "end"), [each[1:] for each in ADDED], ids=[each[0] for each in ADDED]
)
def test_work_follows_the_sun(start: str, hours: float, end: str) -> None:
    assert SUN.add(utc(start), timedelta(hours=hours)) == utc(end)
    assert SUN.between(utc(start), utc(end)) == timedelta(hours=hours)


ON_DUTY = [
    ("2026-06-03 06:59", "sydney"),
    ("2026-06-03 07:00", "berlin"),
    ("2026-06-03 13:59", "berlin"),  # New York is open too; Berlin stands before it
    ("2026-06-03 14:00", "new-york"),
    ("2026-06-03 21:00", None),
    ("2026-06-03 23:00", "sydney"),
    ("2026-06-06 12:00", None),
]


@pytest.mark.parametrize(("at", "name"), ON_DUTY)
def test_one_of_them_is_on_duty(at: str, name: str | None) -> None:
    part = SUN.part_on_duty(utc(at))

    assert (part.name if part else None) == name
    assert SUN.is_open(utc(at)) is (name is not None)


def test_a_calendar_of_one_place_is_on_duty_itself() -> None:
    assert BERLIN.part_on_duty(utc("2026-06-03 08:00")) is BERLIN
    assert BERLIN.part_on_duty(utc("2026-06-03 18:00")) is None


def test_a_part_that_is_made_of_others_says_which_of_them_is_on_duty() -> None:
    world = Calendar.union(
        name="world", parts=[Calendar.union(name="west", parts=[BERLIN, NEW_YORK]), SYDNEY]
    )

    on_duty = world.part_on_duty(utc("2026-06-03 18:00"))

    assert on_duty is NEW_YORK


def test_one_countrys_holiday_closes_its_part_alone() -> None:
    closed = office("berlin", "Europe/Berlin", NINE_TO_FIVE, special={date(2026, 6, 3): ()})
    both = Calendar.union(name="both", parts=[closed, NEW_YORK])

    assert both.next_open(utc("2026-06-03 08:00")) == utc("2026-06-03 13:00")


HANDED_OVER: list[tuple[str, tuple[Span, ...], int, tuple[Span, ...]]] = [
    ("an hour before closing", (NINE_TO_FIVE,), 16 * 60, ((540, 960),)),
    (
        "during lunch the afternoon is not theirs any more",
        ((540, 720), (780, 1020)),
        12 * 60 + 30,
        ((540, 720),),
    ),
    ("a night shift at four in the morning", (span(22 * 60, 6 * 60),), 4 * 60, ((1320, 1680),)),
    (
        "a split day ends in the night",
        ((360, 600), span(22 * 60, 6 * 60)),
        4 * 60,
        ((360, 600), (1320, 1680)),
    ),
    ("around the clock until four", ((0, MIDNIGHT),), 16 * 60, ((0, 960),)),
    ("after closing nothing changes", (NINE_TO_FIVE,), 18 * 60, (NINE_TO_FIVE,)),
    ("before opening means a day later", (NINE_TO_FIVE,), 8 * 60, (NINE_TO_FIVE,)),
    ("a closed day stays closed", (), 16 * 60, ()),
]


@pytest.mark.parametrize(
    ("spans", "at", "left"), [each[1:] for each in HANDED_OVER], ids=[each[0] for each in HANDED_OVER]
)
def test_a_day_ends_with_the_hand_over(spans: tuple[Span, ...], at: int, left: tuple[Span, ...]) -> None:
    holiday = date(2026, 12, 24)
    handed_over = office("any", "Europe/Berlin", *spans, special={holiday: spans}).handed_over(at=at)

    assert handed_over.week[0] == left
    assert handed_over.special[holiday] == left


def test_a_union_is_copied_with_its_parts() -> None:
    assert Calendar.from_json(SUN.to_json()) == SUN
    assert "parts" not in BERLIN.to_json()


def test_a_union_with_somebody_always_there_never_closes() -> None:
    always = Calendar.union(name="always", parts=[BERLIN, Calendar.around_the_clock()])
    sunday = utc("2026-06-07 12:00")

    assert always.add(sunday, timedelta(hours=30)) == sunday + timedelta(hours=30)


def test_a_union_of_calendars_that_never_open_says_so() -> None:
    nobody = Calendar.union(name="nobody", parts=[office("a", "UTC"), office("b", "Asia/Tokyo")])

    for count in (nobody.add, nobody.subtract):
        with pytest.raises(ConfigurationError, match=r"calendar_no_time_\w+\(calendar=nobody"):
            count(utc("2026-06-03 12:00"), timedelta(minutes=1))


def test_a_union_has_no_hours_of_its_own() -> None:
    with pytest.raises(ConfigurationError, match="calendar_of_others"):
        Calendar(name="both", zone=ZoneInfo("UTC"), week={0: (NINE_TO_FIVE,)}, parts=(BERLIN,))


@patiently
@given(unions(), instants(), st.timedeltas(timedelta(), timedelta(days=60)))
def test_what_was_added_is_what_is_measured(calendar: Calendar, start: datetime, business: timedelta) -> None:
    assert calendar.between(start, calendar.add(start, business)) == business


@patiently
@given(st.data())
def test_a_union_agrees_with_counting_minutes_where_clocks_change(data: st.DataObject) -> None:
    one, near = data.draw(calendars_near_a_change())
    other, _ = data.draw(calendars_near_a_change())
    calendar = Calendar.union(name="both", parts=[one, other.handed_over(at=data.draw(st.integers(0, 1440)))])
    counted = CountedMinutes.of(calendar, near - timedelta(hours=18), 36 * 60)
    minutes = st.integers(0, 36 * 60 - 1)

    for _ in range(4):
        start, end = sorted((data.draw(minutes), data.draw(minutes)))
        assert calendar.is_open(counted.at(start)) is counted.is_open[start]
        assert calendar.between(counted.at(start), counted.at(end)) == counted.between(start, end)
        business = data.draw(st.integers(1, 600))
        reached, left = counted.add(start, business), counted.subtract(end, business)
        assert reached is None or calendar.add(counted.at(start), timedelta(minutes=business)) == reached
        assert left is None or calendar.subtract(counted.at(end), timedelta(minutes=business)) == left
