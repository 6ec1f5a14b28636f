"""What changed against the period before, without nonsense: few cases are not compared."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEAST = 10
"""Cases that each of two periods needs, so that their medians are compared."""
ALIKE = 5
"""Per cent of difference up to which two lengths are called as long as each other."""

NO_DIFFERENCE = timedelta(minutes=1)
"""Two lengths that differ by less are as long as each other, too: of seconds nobody wants per cent."""
_MOST_FASTER = 99
"""Per cent: what took any time at all is not all of the time before faster."""


class LengthChange(StrEnum):
    FASTER = "faster"
    SLOWER = "slower"
    ALIKE = "alike"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`per_cent` of the length before, rounded; 0 unless it is faster or slower."""

    change: LengthChange
    per_cent: int = 0


def compare(*, now: timedelta, many_now: int, before: timedelta, many_before: int) -> Comparison:
    """Two medians, of so many cases each."""
    if min(many_now, many_before) < LEAST or not before:
        return Comparison(change=LengthChange.TOO_FEW)
    if abs(now - before) < NO_DIFFERENCE:
        return Comparison(change=LengthChange.ALIKE)
    per_cent = round(100 * (now - before) / before)
    if abs(per_cent) <= ALIKE:
        return Comparison(change=LengthChange.ALIKE)
    if per_cent > 0:
        return Comparison(change=LengthChange.SLOWER, per_cent=per_cent)
    return Comparison(change=LengthChange.FASTER, per_cent=min(-per_cent, _MOST_FASTER))
