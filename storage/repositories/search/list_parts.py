"""A list in parts, each of which is a stretch of an index in the list's order: of each no more rows are read than may
stand on the page. A ticket is in one part alone, so parts are put together and counted without looking for doubles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select, union_all

from bot.domain.search.query import Criterion, FilterName, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Status
from bot.ports.storage.search import TicketSearch
from storage.repositories.queues.ticket_filters import MOST_QUEUES
from storage.repositories.search.conditions import sla_places
from storage.tables.desk import tickets

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
    if order in _BY_AGE and _asks_only_for(wanted, Status.PENDING):
        return _by_team(ListPart(wanted=wanted), at_most=MOST_QUEUES)
    return [ListPart(wanted=wanted)]


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
    key, is_newest_first = found.c[str(order_column(order).key)], order is SearchOrder.NEWEST
    columns = (key.desc(), found.c.id.desc()) if is_newest_first else (key, found.c.id)
    return select(found.c.id).order_by(*columns).limit(limit).offset(offset)


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
    """The part itself where it asks for one team, any or very many."""
    criteria = part.wanted.criteria
    teams = next((each for each in criteria if _is_asked(each, FilterName.TEAM)), None)
    if teams is None or not 1 < len(teams.values) <= at_most:
        return [part]
    others = tuple(each for each in criteria if each is not teams)
    of_each = ((*others, replace(teams, values=(each,))) for each in teams.values)
    return [replace(part, wanted=replace(part.wanted, criteria=each)) for each in of_each]


def _asks_only_for(wanted: TicketSearch, status: Status) -> bool:
    return any(_is_asked(each, FilterName.STATUS) and each.values == (status,) for each in wanted.criteria)


def _is_asked(criterion: Criterion, name: FilterName) -> bool:
    return criterion.name is name and not criterion.is_excluded
