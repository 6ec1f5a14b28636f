"""Dates below an axis, as one language writes them: a tick says what begins there, the end of the axis the rest."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from matplotlib.dates import num2date
from matplotlib.ticker import Formatter

_SKELETONS = {"year": "y", "month": "MMM", "day": "Ed", "time": "Hm"}
"""Of CLDR, for a tick that is the beginning of a year, a month or a day, or none of them."""
_REST = {"year": "", "month": "y", "day": "yMMMM", "time": "yMMMMd"}
"""What ticks of which the finest is such a one leave unsaid."""
_FINER = tuple(_SKELETONS)


class LocalDates(Formatter):
    """`locale` is one of CLDR's."""

    def __init__(self, zone: ZoneInfo, locale: str) -> None:
        self._zone = zone
        self._locale = locale
        self._rest = ""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        ticks = [num2date(value, tz=self._zone) for value in values]
        kinds = [_kind(tick) for tick in ticks]
        finest = max(kinds, key=_FINER.index, default="year")
        rest = _REST[finest]
        self._rest = self._said(ticks[-1], rest) if ticks and rest else ""
        return [self._said(tick, _SKELETONS[kind]) for tick, kind in zip(ticks, kinds, strict=True)]

    def get_offset(self) -> str:
        return self._rest

    def _said(self, at: datetime, skeleton: str) -> str:
        return str(format_skeleton(skeleton, at, tzinfo=self._zone, locale=self._locale))


def _kind(at: datetime) -> str:
    if (at.hour, at.minute, at.second) != (0, 0, 0):
        return "time"
    if at.day > 1:
        return "day"
    return "month" if at.month > 1 else "year"
