"""How many due times, measurements and timer steps a second one process does, on a calendar with holidays.

The office has a lunch break, fourteen years of holidays and half days, and a zone with summer time; the
instants are spread over three years and come in no order. The raw limit is adding a duration to an instant.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.calendars.calendar import Calendar
from bot.domain.sla.timer import Measure, SlaPolicy, SlaTimer
from bot.domain.tickets.ticket import Priority
from tests.bench.figures import Better, Figure, Raw

T = TypeVar("T")

ROUNDS = 50_000
YEARS = range(2020, 2034)
_SETTINGS = (
    f"{ROUNDS:,} over three years in no order, one office with a lunch break, holidays and summer time"
)


def measure(_folder: Path) -> Iterator[Figure]:
    chance = random.Random(7)
    calendar = _calendar()
    starts = [
        datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.uniform(0, 3 * 365 * 86_400))
        for _ in range(ROUNDS)
    ]
    durations = [timedelta(minutes=chance.randint(15, 60 * 40)) for _ in starts]
    cold = _seconds(lambda start: _calendar().add(start, timedelta(hours=8)), starts[:200]) / 200
    _seconds(calendar.is_open, starts)
    pairs = list(zip(starts, durations, strict=True))
    raw = Raw(value=ROUNDS / _seconds(lambda pair: pair[0] + pair[1], pairs), what="datetime + timedelta")
    works: dict[str, float] = {
        "due times": _seconds(lambda pair: calendar.add(*pair), pairs),
        "business times between two instants": _seconds(
            lambda pair: calendar.between(pair[0], pair[0] + pair[1]), pairs
        ),
        "questions whether it is open": _seconds(calendar.is_open, starts),
        "next openings": _seconds(calendar.next_open, starts),
        **_timers(calendar, starts),
    }
    for what, seconds in works.items():
        yield Figure(
            what=what, value=ROUNDS / seconds, unit="/s", better=Better.HIGHER, raw=raw, settings=_SETTINGS
        )
    yield Figure(
        what="first due time of a new calendar",
        value=cold * 1e6,
        unit="µs",
        settings="calendar made from its definition, mean of 200",
    )


def _timers(calendar: Calendar, starts: Sequence[datetime]) -> dict[str, float]:
    policy = SlaPolicy(
        name="bench",
        calendar=calendar,
        targets={Measure.RESOLUTION: {Priority.NORMAL: timedelta(hours=16)}},
        pauses={},
    )
    timers = [
        SlaTimer(id=index, ticket_id=index, measure=Measure.RESOLUTION, target=timedelta(hours=16))
        for index in range(len(starts))
    ]
    begun = list(zip(timers, starts, strict=True))
    started = _seconds(lambda each: each[0].start(policy, at=each[1]), begun)
    fired = _seconds(lambda timer: timer.fire(_due(timer), policy=policy, staffed=calendar), timers)
    paused = _seconds(lambda timer: timer.pause(policy, at=_due(timer)), timers)
    return {"timers started": started, "timers fired": fired, "timers paused": paused}


def _due(timer: SlaTimer) -> datetime:
    assert timer.due_at is not None
    return timer.due_at + timedelta(minutes=1)


def _calendar() -> Calendar:
    special: dict[date, tuple[tuple[int, int], ...]] = {}
    for year in YEARS:
        for month, day in ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)):
            special[date(year, month, day)] = ()
        for day in (24, 31):
            special[date(year, 12, day)] = ((540, 780),)
    return Calendar(
        name="office",
        zone=ZoneInfo("Europe/Berlin"),
        week=dict.fromkeys(range(5), ((540, 720), (780, 1020))),
        special=special,
    )


def _seconds(work: Callable[[T], object], items: Iterable[T]) -> float:
    start = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - start
