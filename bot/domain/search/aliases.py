"""Filters as people type them, and those that mean the same here: `assigned:none` is `is:unassigned`."""

from typing import Final

from bot.domain.search.query import FilterName, SlaState, TicketState
from bot.domain.search.vocabulary import Vocabulary
from bot.domain.tickets.ticket import Priority, Status

_NOBODY: Final = ("none", "nobody", "no-one", "noone", "unassigned", "empty")
_BY_SENSE: Final = {
    **{(FilterName.ASSIGNED, word): (FilterName.IS, TicketState.UNASSIGNED) for word in _NOBODY},
    (FilterName.IS, "mine"): (FilterName.ASSIGNED, "me"),
    (FilterName.IS, "breached"): (FilterName.SLA, SlaState.OVERDUE),
    (FilterName.IS, "late"): (FilterName.SLA, SlaState.OVERDUE),
    (FilterName.IS, "done"): (FilterName.IS, TicketState.FINISHED),
    (FilterName.STATUS, "done"): (FilterName.IS, TicketState.FINISHED),
    (FilterName.STATUS, "active"): (FilterName.IS, TicketState.OPEN),
    (FilterName.PRIORITY, "critical"): (FilterName.PRIORITY, Priority.URGENT),
    (FilterName.PRIORITY, "medium"): (FilterName.PRIORITY, Priority.NORMAL),
    (FilterName.IS, "critical"): (FilterName.PRIORITY, Priority.URGENT),
}
_STATES: Final = {
    FilterName.STATUS: frozenset(map(str, Status)),
    FilterName.PRIORITY: frozenset(map(str, Priority)),
    FilterName.SLA: frozenset(map(str, SlaState)),
    FilterName.IS: frozenset(map(str, TicketState)),
}
"""Values that mean one thing alone, whichever of these filters they stand after."""


def by_sense(name: FilterName, typed: str, vocabulary: Vocabulary) -> tuple[FilterName, str]:
    """The filter and value that are meant, where this person has them; else what was typed."""
    word = typed.strip().casefold().replace("_", "-").replace(" ", "-")
    meant = _BY_SENSE.get((name, word))
    if meant is None and name in _STATES and vocabulary.value(name, typed) is None:
        others = (
            each for each, values in _STATES.items() if word.replace("-", "_") in values or word in values
        )
        other = next(others, None)
        meant = (other, word) if other is not None else None
    if meant is None or meant[0] not in vocabulary.choices:
        return name, typed
    is_known = meant[0] is FilterName.ASSIGNED or vocabulary.value(meant[0], meant[1]) is not None
    return (meant[0], str(meant[1])) if is_known else (name, typed)
