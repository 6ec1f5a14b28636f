"""Finds out in one pass over a text which of many RE2 patterns may match it.

RE2's filter looks for the literal pieces every match must contain; a pattern without such pieces is
always named. Being named means "may match", never "does".
"""

from collections.abc import Iterable

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
        self._patterns = tuple(dict.fromkeys(patterns))
        self._filter = re2.Filter()
        for pattern in (*self._patterns, _SENTINEL):
            self._filter.Add(pattern, re2_options())
        self._filter.Compile()

    def candidates(self, text: str) -> Iterable[str]:
        """The patterns that may match.

        When the filter runs out of its memory it answers "none" without a word. A sentinel at the end
        of the text shows that: if even the sentinel is not found, every pattern may match.
        """
        if not self._patterns:
            return ()
        found = self._filter.Match(f"{text}\n{_SENTINEL}", potential=True) or ()
        if len(self._patterns) not in found:
            return self._patterns
        return [self._patterns[number] for number in found if number < len(self._patterns)]
