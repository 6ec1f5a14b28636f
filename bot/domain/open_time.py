"""The open intervals of a weekly plan, as sorted arrays of instants that can be searched and summed.

A team is at work whenever the clock on its wall reads an open minute. Offsets from UTC cut time into
stretches; within each the plan is only shifted, so days of 23 or 25 hours, and days that never were, need
no cases of their own. Instants are whole microseconds since 1970 UTC: exact, and quick to compare.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

Spans = tuple[tuple[int, int], ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_THURSDAY = 3
"""The weekday of 1 January 1970."""
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_DAY_S = 86_400
_PAGE_S = 64 * _DAY_S
_PAGE = _PAGE_S * _SECOND
_KEPT_PAGES = 128
"""About 22 years of a calendar; beyond that the page laid out first goes first."""
_PROBE_S = 6 * 3_600
"""No zone has ever changed its offset and back within six hours."""


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware instant; raises TypeError for a naive one."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


class OpenTime:
    """Answers for one plan. Pages of 64 days are worked out when first asked for; safe among threads."""

    def __init__(self, *, zone: ZoneInfo, week: Mapping[int, Spans], special: Mapping[date, Spans]) -> None:
        self._zone = zone
        self._week = tuple(week.get(weekday, ()) for weekday in range(7))
        self._special = {day.toordinal() - _EPOCH_DAY: spans for day, spans in special.items()}
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._lock = Lock()
        last_day = max((day for day, spans in self._special.items() if spans), default=None)
        self._last_page = None if last_day is None else (last_day + 3) * _DAY_S // _PAGE_S
        self._opens_weekly = any(self._week)

    def is_open(self, at: int) -> bool:
        return self._page(at // _PAGE).is_open(at)

    def next_open(self, at: int, *, until: int) -> int | None:
        """`at` when open, else the first opening before `until`."""
        for number in range(at // _PAGE, until // _PAGE + 1):
            opening = self._page(number).next_open(at)
            if opening is not None:
                return opening if opening <= until else None
        return None

    def before(self, start: int, end: int) -> int:
        """Open microseconds from `start` to a later `end`."""
        first, last = start // _PAGE, end // _PAGE
        counted = self._page(last).open_until(end) - self._page(first).open_until(start)
        return counted + sum(self._page(number).total for number in range(first, last))

    def add(self, start: int, business: int) -> int | None:
        """The first instant with `business` (more than 0) open microseconds since `start`; None: never."""
        number = start // _PAGE
        page = self._page(number)
        needed = page.open_until(start) + business
        while needed > page.total:
            needed -= page.total
            number += 1
            if self._is_over(number):
                return None
            page = self._page(number)
        return page.after(needed)

    def _is_over(self, number: int) -> bool:
        """Whether nothing opens any more from this page on."""
        return not self._opens_weekly and (self._last_page is None or number > self._last_page)

    def _page(self, number: int) -> "_Page":
        page = self._pages.get(number)
        if page is None:
            page = self._lay_out(number)
            with self._lock:
                self._pages[number] = page
                if len(self._pages) > _KEPT_PAGES:
                    self._pages.popitem(last=False)
        return page

    def _lay_out(self, number: int) -> "_Page":
        page = _Page()
        start_s = number * _PAGE_S
        for begin_s, end_s, offset_s in _stretches(self._zone, start_s, start_s + _PAGE_S):
            for opens_s, closes_s in self._wall_spans(begin_s + offset_s, end_s + offset_s):
                page.append((opens_s - offset_s) * _SECOND, (closes_s - offset_s) * _SECOND)
        page.close()
        return page

    def _wall_spans(self, begin_s: int, end_s: int) -> Iterator[tuple[int, int]]:
        """Spans between two readings of the wall clock, in seconds since its 1 January 1970, by opening.

        The day before is where a span that closes after midnight opened.
        """
        for day in range(begin_s // _DAY_S - 1, (end_s - 1) // _DAY_S + 1):
            for opens, closes in self._special.get(day, self._week[(day + _THURSDAY) % 7]):
                opens_s = max(day * _DAY_S + opens * 60, begin_s)
                closes_s = min(day * _DAY_S + closes * 60, end_s)
                if opens_s < closes_s:
                    yield opens_s, closes_s


class _Page:
    """Open intervals in order, and how much open time comes before each."""

    __slots__ = ("_closes", "_opens", "_sums", "total")

    def __init__(self) -> None:
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._sums: list[int] = []
        self.total = 0

    def append(self, opens: int, closes: int) -> None:
        """Add an interval; one that touches or overlaps the last is joined to it."""
        if self._closes and opens <= self._closes[-1]:
            self._closes[-1] = max(self._closes[-1], closes)
        else:
            self._opens.append(opens)
            self._closes.append(closes)

    def close(self) -> None:
        for opens, closes in zip(self._opens, self._closes, strict=True):
            self._sums.append(self.total)
            self.total += closes - opens

    def is_open(self, at: int) -> bool:
        index = bisect_right(self._opens, at) - 1
        return index >= 0 and at < self._closes[index]

    def next_open(self, at: int) -> int | None:
        """`at` when open, else the next opening on this page."""
        if self.is_open(at):
            return at
        index = bisect_right(self._opens, at)
        return self._opens[index] if index < len(self._opens) else None

    def open_until(self, at: int) -> int:
        """Open microseconds from the page's beginning to `at`."""
        index = bisect_right(self._opens, at) - 1
        if index < 0:
            return 0
        return self._sums[index] + min(at, self._closes[index]) - self._opens[index]

    def after(self, needed: int) -> int:
        """The first instant with so much open time before it, 0 < needed <= total."""
        index = bisect_left(self._sums, needed) - 1
        return self._opens[index] + needed - self._sums[index]


def _stretches(zone: ZoneInfo, start_s: int, end_s: int) -> Iterator[tuple[int, int, int]]:
    """Cut the time between two instants wherever the zone's offset changes: (begin, end, offset)."""
    begin_s, offset_s = start_s, _offset(zone, start_s)
    for probe_s in range(start_s + _PROBE_S, end_s + 1, _PROBE_S):
        if _offset(zone, probe_s) != offset_s:
            change_s = _change(zone, probe_s - _PROBE_S, probe_s)
            yield begin_s, change_s, offset_s
            begin_s, offset_s = change_s, _offset(zone, probe_s)
    if begin_s < end_s:
        yield begin_s, end_s, offset_s


def _change(zone: ZoneInfo, before_s: int, after_s: int) -> int:
    """The first second of the new offset, between two instants whose offsets differ."""
    old = _offset(zone, before_s)
    while after_s - before_s > 1:
        middle_s = (before_s + after_s) // 2
        if _offset(zone, middle_s) == old:
            before_s = middle_s
        else:
            after_s = middle_s
    return after_s


def _offset(zone: ZoneInfo, at_s: int) -> int:
    offset = datetime.fromtimestamp(at_s, zone).utcoffset()
    assert offset is not None
    return offset.days * _DAY_S + offset.seconds
