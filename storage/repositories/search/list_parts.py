"""A list in parts, each of which is a stretch of an index in the list's order: of each no more rows are read than may
stand on the page. A ticket is in one part alone, so parts are put together and counted without looking for doubles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select, union_all

from bot.domain.search.query import Criterion, FilterName, SearchOrder, TicketState
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.queue_order import first_finished_place
from bot.domain.tickets.ticket import Status
from bot.ports.storage.search import TicketSearch
from storage.repositories.queues.ticket_filters import MOST_QUEUES
from storage.repositories.search.conditions import sla_places
from storage.tables.desk import tickets

_IS_FINISHED_PLACE: Final = tickets.c.queue_place >= first_finished_place()
_BY_AGE: Final = (SearchOrder.OLDEST, SearchOrder.NEWEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """What is left of a search to ask of this part, and what else holds there."""

    wanted: TicketSearch
    held: tuple[ColumnElement[bool], ...] = ()


def parts_in(wanted: TicketSearch, order: SearchOrder) -> Sequence[ListPart]:
    """One for each team and place of those asked for; the search as a whole where no index has its order."""
    if order is SearchOrder.DUE:
        places = places_in(wanted)
        return [part for each in places for part in _by_team(each, at_most=MOST_QUEUES // len(places))]
    if is_of_finished_requests(wanted, order):
        return _by(FilterName.FROM, ListPart(wanted=wanted, held=(_IS_FINISHED_PLACE,)), at_most=MOST_QUEUES)
    if order in _BY_AGE and _asks_only_for(wanted, Status.PENDING):
        return _by_team(ListPart(wanted=wanted), at_most=MOST_QUEUES)
    return [ListPart(wanted=wanted)]


def is_of_finished_requests(wanted: TicketSearch, order: SearchOrder) -> bool:
    """Whether these are somebody's finished requests, the newest change first: that is their order in queues, too."""
    asked = {each.name: each.values for each in wanted.criteria if not each.is_excluded}
    is_finished = asked.get(FilterName.IS) == (TicketState.FINISHED,)
    return order is SearchOrder.LAST_WORD and is_finished and FilterName.FROM in asked


def places_in(wanted: TicketSearch) -> Sequence[ListPart]:
    """One for each stretch of queues that `sla:` asks for."""
    asked = next((each for each in wanted.criteria if _is_asked(each, FilterName.SLA)), None)
    if asked is None:
        return [ListPart(wanted=wanted)]
    rest = replace(wanted, criteria=tuple(each for each in wanted.criteria if each is not asked))
    return [ListPart(wanted=rest, held=(place,)) for place in sla_places(asked, wanted.now)]


def page_of_parts(
    parts: Sequence[Select[Any]], order: SearchOrder, *, limit: int, offset: int
) -> Select[Any]:
    """`parts` are ids with the order's column, as many of each as may stand on the page."""
    found = union_all(*(select(each.subquery()) for each in parts)).subquery("found")
    key = found.c[str(order_column(order).key)]
    first = key.desc() if order is SearchOrder.NEWEST else key
    then = found.c.id.desc() if order in (SearchOrder.NEWEST, SearchOrder.LAST_WORD) else found.c.id
    return select(found.c.id).order_by(first, then).limit(limit).offset(offset)


def order_column(order: SearchOrder) -> ColumnElement[int]:
    """What a list in parts is ordered by, before the ids."""
    return tickets.c.opened_at if order in _BY_AGE else tickets.c.queue_place


def is_of_own_teams(wanted: TicketSearch, visibility: Visibility) -> bool:
    """Whether it asks only for tickets of teams whose agent this person is, all of which they see."""
    return any(
        _is_asked(each, FilterName.TEAM) and visibility.teams.issuperset(each.values)
        for each in wanted.criteria
    )


def _by_team(part: ListPart, *, at_most: int) -> list[ListPart]:
    return _by(FilterName.TEAM, part, at_most=at_most)


def _by(name: FilterName, part: ListPart, *, at_most: int) -> list[ListPart]:
    """For each value of this filter; the part itself where it asks for one, any or very many."""
    criteria = part.wanted.criteria
    asked = next((each for each in criteria if _is_asked(each, name)), None)
    if asked is None or not 1 < len(asked.values) <= at_most:
        return [part]
    others = tuple(each for each in criteria if each is not asked)
    of_each = ((*others, replace(asked, values=(each,))) for each in asked.values)
    return [replace(part, wanted=replace(part.wanted, criteria=each)) for each in of_each]


def _asks_only_for(wanted: TicketSearch, status: Status) -> bool:
    return any(_is_asked(each, FilterName.STATUS) and each.values == (status,) for each in wanted.criteria)


def _is_asked(criterion: Criterion, name: FilterName) -> bool:
    return criterion.name is name and not criterion.is_excluded
