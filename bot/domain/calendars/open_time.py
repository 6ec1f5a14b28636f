"""The open intervals of a plan, as sorted arrays of instants that can be searched and summed.

Instants are whole microseconds since 1970 UTC: exact, and quick to compare.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Lock

from bot.domain.calendars.opening_hours import DAY_S, SECOND, Plan

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PAGE_S = 64 * DAY_S
_PAGE = _PAGE_S * SECOND
_KEPT_PAGES = 128
"""About 22 years of a calendar; beyond that the page laid out first goes first."""


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware instant; raises TypeError for a naive one."""
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


class OpenTime:
    """Answers for one plan. Pages of 64 days are worked out when first asked for; safe among threads."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._lock = Lock()

    def is_open(self, at: int) -> bool:
        return self._page(at // _PAGE).is_open(at)

    def next_open(self, at: int, *, until: int) -> int | None:
        """`at` when open, else the first opening before `until`."""
        for number in range(at // _PAGE, until // _PAGE + 1):
            opening = self._page(number).next_open(at)
            if opening is not None:
                return opening if opening <= until else None
        return None

    def intervals(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is open from `start` to `end`, in order, and cut there; an interval may go on in the next one."""
        for number in range(start // _PAGE, end // _PAGE + 1):
            for opens, closes in self._page(number).intervals():
                if closes > start and opens < end:
                    yield max(opens, start), min(closes, end)

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
            if self._plan.is_over_at(number * _PAGE_S):
                return None
            page = self._page(number)
        return page.after(needed)

    def subtract(self, end: int, business: int) -> int | None:
        """The last instant with `business` (more than 0) open microseconds until `end`; None: never."""
        number = end // _PAGE
        page = self._page(number)
        left = page.open_until(end) - business
        while left < 0:
            if self._plan.is_open_only_from(number * _PAGE_S):
                return None
            number -= 1
            page = self._page(number)
            left += page.total
        return page.last_with(left)

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
        for opens, closes in self._plan.intervals(start_s, start_s + _PAGE_S):
            page.append(opens, closes)
        page.close()
        return page


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

    def intervals(self) -> Iterator[tuple[int, int]]:
        return zip(self._opens, self._closes, strict=True)

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

    def last_with(self, before: int) -> int:
        """The last instant with so much open time before it on this page, 0 <= before < total."""
        index = bisect_right(self._sums, before) - 1
        return self._opens[index] + before - self._sums[index]
