"""Narrows a thousand conditions down to the few that may hold, by the facts they cannot do without.

Each condition is filed under all of its leads; if none of them is a fact of the request, the condition
cannot hold. Conditions without leads are always candidates.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.domain.routing.conditions import Condition
from bot.domain.routing.pattern_scan import PatternScan
from bot.domain.routing.request import Facts, Lead


class RuleIndex:
    """Immutable once built; conditions are known by their position."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._always: list[int] = []
        by_lead: defaultdict[Lead, list[int]] = defaultdict(list)
        for position, condition in enumerate(conditions):
            leads = condition.leads()
            if leads is None:
                self._always.append(position)
            for lead in leads or ():
                by_lead[lead].append(position)
        self._by_word = {value: found for (kind, value), found in by_lead.items() if kind == "word"}
        self._words = frozenset(self._by_word)
        self._by_pattern = {value: found for (kind, value), found in by_lead.items() if kind == "pattern"}
        self._by_other = {
            lead: found for lead, found in by_lead.items() if lead[0] not in ("word", "pattern")
        }
        self._scan = PatternScan(self._by_pattern)

    def candidates(self, facts: Facts) -> list[int]:
        """The positions of the conditions that may hold, in order."""
        found = set(self._always)
        for word in facts.words & self._words:
            found.update(self._by_word[word])
        for pattern in self._scan.candidates(facts.text):
            found.update(self._by_pattern[pattern])
        for lead in facts.other_leads():
            found.update(self._by_other.get(lead, ()))
        return sorted(found)
