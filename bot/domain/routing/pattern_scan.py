"""Finds out in one pass over a text which of many RE2 patterns may match it.

RE2's filter looks for the literal pieces every match must contain; a pattern without such pieces is
always named. Being named means "may match", never "does".
"""

from collections.abc import Iterable, Iterator, Sequence

import re2

_SENTINEL = "deskbellsentinel"


def re2_options() -> object:
    """How every pattern of a rule is read: letter case ignored, no lines on stderr about bad ones."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return options


class PatternScan:
    """Immutable once built. Raises `re2.error` for a pattern that RE2 cannot read."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._filters = tuple(_filters(tuple(dict.fromkeys(patterns))))

    def candidates(self, text: str) -> Iterator[str]:
        """The patterns that may match."""
        marked = f"{text}\n{_SENTINEL}"
        for pattern_filter in self._filters:
            yield from pattern_filter.candidates(marked)


class _Filter:
    """RE2's filter over as many patterns as its memory holds, or over one that is too large for it."""

    __slots__ = ("_filter", "_patterns", "is_usable")

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._filter = re2.Filter()
        for pattern in (*patterns, _SENTINEL):
            self._filter.Add(pattern, re2_options())
        try:
            self._filter.Compile()
            self.is_usable = True
        except re2.error:
            self.is_usable = False

    def candidates(self, marked: str) -> Iterable[str]:
        """When the filter's memory is used up while matching it answers "none" without a word.

        The sentinel at the end of the text shows that: if even that is not found, every pattern may match.
        """
        found = (self._filter.Match(marked, potential=True) or ()) if self.is_usable else ()
        if len(self._patterns) not in found:
            return self._patterns
        return [self._patterns[number] for number in found if number < len(self._patterns)]


def _filters(patterns: Sequence[str]) -> Iterator[_Filter]:
    """One filter if it fits into its fixed memory, else one for each half, and so on."""
    if not patterns:
        return
    whole = _Filter(patterns)
    if whole.is_usable or len(patterns) == 1:
        yield whole
        return
    middle = len(patterns) // 2
    yield from _filters(patterns[:middle])
    yield from _filters(patterns[middle:])
