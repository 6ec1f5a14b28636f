"""Filters as people type them, and those that mean the same here: `assigned:none` is `is:unassigned`."""

from typing import Final

from bot.domain.search.query import FilterName, SlaState, TicketState
from bot.domain.search.vocabulary import NONE, Vocabulary
from bot.domain.tickets.ticket import Priority, Status

_NOBODY: Final = ("none", "nobody", "no-one", "noone", "unassigned", "empty")
_LATE: Final = ("late", "breached", "breach", "missed", "broken", "failed", "violated", "past-due")
_NEARLY_LATE: Final = ("risk", "in-danger", "warned", "warning", "soon", "due-soon", "nearly-late")
_SLA: Final = (FilterName.SLA, FilterName.IS)
_BY_SENSE: Final = {
    **{(FilterName.ASSIGNED, word): (FilterName.IS, TicketState.UNASSIGNED) for word in _NOBODY},
    (FilterName.IS, "mine"): (FilterName.ASSIGNED, "me"),
    **{(name, word): (FilterName.SLA, SlaState.OVERDUE) for name in _SLA for word in _LATE},
    **{(name, word): (FilterName.SLA, SlaState.AT_RISK) for name in _SLA for word in _NEARLY_LATE},
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
_NAMED: Final = (FilterName.TEAM, FilterName.INBOX, FilterName.CATEGORY)
"""Filters by names of the desk's own, which people mistake for one another."""


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
    if meant is None and name in _NAMED:
        meant = _named(name, typed, vocabulary)
    if meant is None or meant[0] not in vocabulary.choices:
        return name, typed
    is_known = meant[0] is FilterName.ASSIGNED or vocabulary.value(meant[0], meant[1]) is not None
    return (meant[0], str(meant[1])) if is_known else (name, typed)


def _named(name: FilterName, typed: str, vocabulary: Vocabulary) -> tuple[FilterName, str] | None:
    """What goes by this name: `team:help-it` is the inbox that is called so, `#` before a channel's or not."""
    word = typed.strip().removeprefix("#")
    for each in (name, *_NAMED) if word.casefold() != NONE else ():
        if each in vocabulary.choices and (value := vocabulary.value(each, word)) is not None:
            return each, value
    return None
