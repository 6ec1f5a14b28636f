"""Open time counted the slow way: minute by minute, by what the clock on the team's wall reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from bot.domain.calendars.calendar import Calendar, Span

MINUTE = timedelta(minutes=1)


def is_open_by_the_wall(calendar: Calendar, at: datetime) -> bool:
    if calendar.parts:
        return any(is_open_by_the_wall(part, at) for part in calendar.parts)
    wall = at.astimezone(calendar.zone)
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    minute = wall.hour * 60 + wall.minute
    return any(opens <= minute < closes for opens, closes in _spans(calendar, today)) or any(
        opens <= minute + 1440 < closes for opens, closes in _spans(calendar, yesterday)
    )


def _spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    return calendar.special.get(day, calendar.week.get(day.weekday(), ()))


@dataclass(frozen=True)
class CountedMinutes:
    """`open_before[i]` open minutes lie between `start` and `i` minutes later."""

    start: datetime
    is_open: list[bool]
    open_before: list[int]

    @classmethod
    def of(cls, calendar: Calendar, start: datetime, minutes: int) -> "CountedMinutes":
        is_open = [is_open_by_the_wall(calendar, start + each * MINUTE) for each in range(minutes)]
        return cls(start, is_open, [0, *accumulate(is_open)])

    def at(self, minute: int) -> datetime:
        return self.start + minute * MINUTE

    def between(self, start: int, end: int) -> timedelta:
        return (self.open_before[end] - self.open_before[start]) * MINUTE

    def add(self, start: int, open_minutes: int) -> datetime | None:
        """None when the counted minutes do not reach so far."""
        wanted = self.open_before[start] + open_minutes
        found = next((i for i in range(start, len(self.open_before)) if self.open_before[i] == wanted), None)
        return None if found is None else self.at(found)

    def subtract(self, end: int, open_minutes: int) -> datetime | None:
        """None when the counted minutes do not reach so far back."""
        wanted = self.open_before[end] - open_minutes
        found = next((i for i in range(end, -1, -1) if self.open_before[i] == wanted), None)
        return None if found is None else self.at(found)

    def next_open(self, start: int) -> datetime | None:
        found = next((i for i in range(start, len(self.is_open)) if self.is_open[i]), None)
        return None if found is None else self.at(found)


@cache
def zones_that_change() -> list[str]:
    """Every IANA zone whose clock was put forward or back since 1990, or will be."""
    return sorted(name for name in available_timezones() if _changes_ever(ZoneInfo(name)))


def _changes_ever(zone: ZoneInfo) -> bool:
    quarters = (
        datetime(year, month, 1, tzinfo=zone) for year in range(1990, 2030) for month in (1, 4, 7, 10)
    )
    return len({each.utcoffset() for each in quarters}) > 1


@cache
def changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Instants within twelve hours after which the zone's clock was changed."""
    return list(_changes(zone, year))


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    half_day = timedelta(hours=12)
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        if at.astimezone(zone).utcoffset() != (at + half_day).astimezone(zone).utcoffset():
            yield at
        at += half_day


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    """The spans of a day: none, a few, or a shift past midnight; some that touch."""
    edges = sorted(draw(st.lists(st.integers(0, 1440), max_size=6, unique=True)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    if draw(st.booleans()):
        last = spans[-1][1] if spans else 0
        if last < 1440:
            opens = draw(st.integers(last, 1439))
            spans.append((opens, draw(st.integers(opens + 1, opens + 1440))))
    return tuple(spans)


@st.composite
def calendars_near_a_change(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A random calendar in a random zone, and an instant soon after which that zone's clock is changed."""
    zone = ZoneInfo(draw(st.sampled_from(zones_that_change())))
    year = draw(st.integers(1990, 2035))
    near = draw(st.sampled_from(changes(zone, year) or [datetime(year, 5, 1, tzinfo=UTC)]))
    week = {weekday: draw(days()) for weekday in range(7)}
    dates = st.integers(-2, 3).map(lambda offset: (near + timedelta(days=offset)).date())
    special = draw(st.dictionaries(dates, days(), max_size=2))
    return Calendar(name="any", zone=zone, week=week, special=special), near


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A random calendar that is open at some time in every week."""
    calendar, _ = draw(calendars_near_a_change())
    weekday = draw(st.integers(0, 6))
    shift = ((draw(st.integers(180, 700)), draw(st.integers(701, 1440))),)
    return Calendar(
        name="any", zone=calendar.zone, week={**calendar.week, weekday: shift}, special=calendar.special
    )


@st.composite
def unions(draw: st.DrawFn) -> Calendar:
    """Two to four random calendars, each in its own zone, as one; some handed over before they close."""
    parts = []
    for _ in range(draw(st.integers(2, 4))):
        part = draw(calendars())
        parts.append(part.handed_over(at=draw(st.integers(0, 1440))) if draw(st.booleans()) else part)
    return Calendar.union(name="any", parts=parts)


def instants() -> st.SearchStrategy[datetime]:
    """To the microsecond."""
    since_1995 = st.timedeltas(timedelta(), timedelta(days=40 * 365))
    return since_1995.map(lambda passed: datetime(1995, 1, 1, tzinfo=UTC) + passed)
