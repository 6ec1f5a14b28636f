"""What may be typed in a search: which filters there are for somebody, and the values that these take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.desk import Desk
from bot.domain.search.query import (
    EventDetail,
    FilterName,
    RatingState,
    SearchOrder,
    SlaState,
    TicketContent,
    TicketState,
)
from bot.domain.search.visibility import Visibility
from bot.domain.sla.policy import Measure
from bot.domain.tickets.ticket import Priority, Status

FREE: Final = frozenset(
    {
        FilterName.TAG,
        FilterName.FROM,
        FilterName.ASSIGNED,
        FilterName.LANGUAGE,
        FilterName.ARTICLE,
        FilterName.BY,
        FilterName.POLICY_THEN,
    }
)
"""Their values are words of people's own."""
TIMES: Final = frozenset({FilterName.OPENED, FilterName.UPDATED, FilterName.DUE})
EVENTS: Final = {
    FilterName.ANSWERED: (EventDetail.LATE, EventDetail.STILL),
    FilterName.RESOLVED: (
        EventDetail.STILL,
        EventDetail.NO_REPLY,
        EventDetail.ONE_TOUCH,
        EventDetail.FIRST_CONTACT,
    ),
    FilterName.REOPENED: (),
    FilterName.WITHDRAWN: (),
    FilterName.TRANSFERRED: (EventDetail.IN, EventDetail.OUT),
    FilterName.LAPSED: (),
    FilterName.MISSED: (*Measure, EventDetail.LATE, EventDetail.STILL_OPEN),
    FilterName.MET: tuple(Measure),
    FilterName.RATED: tuple(RatingState),
    FilterName.WAS_OPEN: (),
    FilterName.WORKED: (),
    FilterName.SHOWN: (EventDetail.SOLVED, EventDetail.NO_HELP, EventDetail.EARLIER, EventDetail.NOTHING),
}
"""What happened to a ticket, at any time or in a period, and which of it: `missed:first-response,2026-11`."""
THEN: Final = frozenset(
    {FilterName.BY, FilterName.TEAM_THEN, FilterName.PRIORITY_THEN, FilterName.POLICY_THEN}
)
"""They say more of what happened, and nothing alone."""
CLOCKS: Final = frozenset({FilterName.HOUR, FilterName.ZONE})
LENGTHS: Final = frozenset({FilterName.TIME})
MINE: Final = "mine"
"""After `team:` the teams of whoever asks."""
NONE: Final = "none"
"""After `category:` and the like what has none."""
WITH_NONE: Final = frozenset({FilterName.TAG, FilterName.CATEGORY, FilterName.INBOX, FilterName.GROUP})
_SYNONYMS: Final = {
    (FilterName.IS, "unfinished"): str(TicketState.OPEN),
}
"""What is understood besides and offered nowhere."""
_REQUESTERS_STATES: Final = (TicketState.OPEN, TicketState.FINISHED, TicketState.FOLLOWED)
_TYPED_ORDERS: Final = tuple(each for each in SearchOrder if each is not SearchOrder.YOURS)
_AGENTS_ORDERS: Final = (SearchOrder.DUE, SearchOrder.NEXT)
_REQUESTERS_ORDERS: Final = tuple(each for each in _TYPED_ORDERS if each not in _AGENTS_ORDERS)

Choices = Mapping[str, str]
"""What people type, and its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """`prefix` is that of ticket numbers. A filter that is not among `choices` does not exist for this person."""

    prefix: str
    choices: Mapping[FilterName, Choices]

    def value(self, name: FilterName, typed: str) -> str | None:
        """As the filter spells it: by the value or its title, in any letter case, `_` for `-`."""
        wanted = _folded(typed)
        for value, title in self.choices[name].items():
            if wanted in (_folded(value), _folded(title)):
                return value
        return _SYNONYMS.get((name, wanted))


def agents_vocabulary(desk: Desk, visibility: Visibility) -> Vocabulary:
    """All filters; of teams, categories and inboxes those that this agent may know of."""
    teams = {
        each.name: each.title
        for each in desk.teams.values()
        if _is_seen(visibility, each.name, each.community)
    }
    former = {old: old for name in teams for old in desk.teams[name].was}
    inboxes = {
        each.name: each.name for each in desk.inboxes.values() if _is_shared(visibility, each.community)
    }
    return _vocabulary(
        desk,
        {
            FilterName.STATUS: _spelled(Status),
            FilterName.TEAM: {MINE: MINE} | former | teams,
            FilterName.ASSIGNED: {"me": "me"},
            FilterName.FROM: {"me": "me"},
            FilterName.TAG: {},
            FilterName.PRIORITY: _spelled(Priority),
            FilterName.IS: _spelled(each for each in TicketState if each not in _unknown_states(desk)),
            FilterName.SLA: _spelled(SlaState),
            FilterName.HAS: _spelled(TicketContent),
            FilterName.CATEGORY: _or_none({each: each for each in desk.categories}),
            FilterName.INBOX: _or_none(inboxes),
            FilterName.GROUP: {each: each for each in desk.groups} | {NONE: NONE},
            FilterName.LANGUAGE: {},
            FilterName.FIELD: {each.name: each.label for each in desk.custom_fields.every()},
            FilterName.RATING: _spelled(RatingState) if desk.asks_for_ratings else {},
            FilterName.DUE: {},
            FilterName.OPENED: {},
            FilterName.UPDATED: {},
            **{each: _spelled(details) for each, details in EVENTS.items() if _is_known(each, desk)},
            FilterName.ARTICLE: {},
            FilterName.BY: {"me": "me"},
            FilterName.TEAM_THEN: {MINE: MINE} | former | teams,
            FilterName.PRIORITY_THEN: _spelled(Priority),
            FilterName.POLICY_THEN: {},
            FilterName.HOUR: {},
            FilterName.ZONE: {},
            FilterName.TIME: {},
            FilterName.SORT: _spelled(_TYPED_ORDERS),
        },
    )


def _or_none(choices: Choices) -> Choices:
    """A value of the desk's own comes before."""
    return {**choices, NONE: NONE} if choices else {}


def _is_known(name: FilterName, desk: Desk) -> bool:
    return name is not FilterName.RATED or desk.asks_for_ratings


def _unknown_states(desk: Desk) -> set[TicketState]:
    """What a desk with these settings doesn't know of its tickets."""
    unknown = {TicketState.RATED: desk.asks_for_ratings, TicketState.UNHAPPY: desk.sorting.flags_unhappy}
    return {state for state, is_known in unknown.items() if not is_known}


def requesters_vocabulary(desk: Desk) -> Vocabulary:
    """What a requester reads on their own tickets, and nothing that only a team does."""
    return _vocabulary(
        desk,
        {
            FilterName.STATUS: _spelled(Status),
            FilterName.PRIORITY: _spelled(Priority),
            FilterName.IS: _spelled(_REQUESTERS_STATES),
            FilterName.HAS: _spelled((TicketContent.FILE,)),
            FilterName.CATEGORY: {each: each for each in desk.categories},
            FilterName.OPENED: {},
            FilterName.UPDATED: {},
            FilterName.SORT: _spelled(_REQUESTERS_ORDERS),
        },
    )


def _vocabulary(desk: Desk, choices: dict[FilterName, Choices]) -> Vocabulary:
    """Without filters for which the desk has no values."""
    always = FREE | TIMES | LENGTHS | CLOCKS | frozenset(EVENTS)
    needed = {name: found for name, found in choices.items() if found or name in always}
    return Vocabulary(prefix=desk.prefix, choices=needed)


def _is_seen(visibility: Visibility, team: str, community: str | None) -> bool:
    return team in visibility.teams or _is_shared(visibility, community)


def _is_shared(visibility: Visibility, community: str | None) -> bool:
    return visibility.sees_everywhere or community is None or community in visibility.communities


def _spelled(values: Iterable[str]) -> Choices:
    return {_folded(each): _folded(each) for each in values}


def _folded(text: str) -> str:
    return text.strip().casefold().replace("_", "-").replace(" ", "-")
