"""Amounts for what is only ever English: the terminal's tables and what operators read."""

import math
from collections.abc import Iterable

from bot.text.amounts import length

LISTED = 10
"""Names that a sentence lists; more are counted."""


def duration(seconds: float) -> str:
    """A length of time in its two largest units: `2 d 3 h`, `45 min`, `30 s`."""
    return length(seconds, "en")


def counted(many: int, what: str, several: str = "") -> str:
    """`1 ticket`, `1,200 tickets`; `several` where the plural has not just an s."""
    return f"{many:,} {what if many == 1 else several or f'{what}s'}"


def listing(names: Iterable[str], *, many: str) -> str:
    """`IT-1, IT-2 and IT-3`, each once; more than are read at a glance are counted: `14 tickets`."""
    each = list(dict.fromkeys(names))
    if len(each) > LISTED:
        return f"{len(each):,} {many}"
    *before, last = each
    return f"{', '.join(before)} and {last}" if before else last


def percentage(part: float, whole: float) -> str:
    """`67%`: the nearest whole percent, halves up. `<1%` is not nothing, and `>99%` is not all."""
    nearest = math.floor(100 * part / whole + 0.5)
    if part > 0 and nearest == 0:
        return "<1%"
    return ">99%" if part < whole and nearest == 100 else f"{nearest}%"
