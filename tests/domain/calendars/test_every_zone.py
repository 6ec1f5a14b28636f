"""Calendar arithmetic compared with counting minutes one by one, in every zone whose clock is ever changed."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars.calendar import Calendar, Span
from tests.domain.calendars.wall_clock import MINUTE, CountedMinutes, changes, zones_that_change

CALENDARS = 3
"""Random ones for each zone, each at another change of its clock where there are so many."""
HOURS = 26
ASKED = 10
YEARS = range(1990, 2036)


@pytest.mark.parametrize("name", zones_that_change())
def test_every_answer_is_what_counting_minutes_says(name: str) -> None:
    chance = random.Random(name)
    zone = ZoneInfo(name)
    for change in chance.sample(all_changes(zone), CALENDARS):
        calendar = any_calendar(chance, zone, near=change)
        start = change - timedelta(hours=HOURS / 2) + chance.randrange(720) * MINUTE
        agree(calendar, CountedMinutes.of(calendar, start, HOURS * 60), chance)


def all_changes(zone: ZoneInfo) -> list[datetime]:
    found = [change for year in YEARS for change in changes(zone, year)]
    return found + [datetime(2026, 1, 1, tzinfo=UTC)] * (CALENDARS - len(found))


def agree(calendar: Calendar, counted: CountedMinutes, chance: random.Random) -> None:
    for _ in range(ASKED):
        start, end = sorted(chance.choices(range(HOURS * 60), k=2))
        at, until, business = counted.at(start), counted.at(end), chance.randrange(1, 500)
        assert calendar.is_open(at) is counted.is_open[start]
        assert calendar.between(at, until) == counted.between(start, end)
        reached, left = counted.add(start, business), counted.subtract(end, business)
        assert reached is None or calendar.add(at, business * MINUTE) == reached
        assert left is None or calendar.subtract(until, business * MINUTE) == left


def any_calendar(chance: random.Random, zone: ZoneInfo, *, near: datetime) -> Calendar:
    """Open at some time of each week; one day of it and a special date may be anything."""
    week = {weekday: any_day(chance) for weekday in range(7)}
    special: dict[date, tuple[Span, ...]] = {}
    if chance.random() < 0.5:
        special[near.astimezone(zone).date() + timedelta(days=chance.randint(-1, 1))] = any_day(chance)
    week[chance.randrange(7)] = ((chance.randrange(700), 701 + chance.randrange(700)),)
    return Calendar(name="any", zone=zone, week=week, special=special)


def any_day(chance: random.Random) -> tuple[Span, ...]:
    edges = sorted(chance.sample(range(1440), 2 * chance.randint(0, 3)))
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    if chance.random() < 0.4:
        opens = chance.randrange(spans[-1][1] if spans else 0, 1440)
        spans.append((opens, opens + chance.randint(1, 1440)))
    return tuple(spans)
