"""A list in parts, each of which is a stretch of an index in the list's order: of each no more rows are read than may
stand on the page. A ticket is in one part alone, so parts are put together and counted without looking for doubles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all

from bot.domain.search.query import Criterion, FilterName, SearchOrder, TicketState
from bot.domain.search.visibility import Visibility
from bot.domain.search.vocabulary import NONE, WITH_NONE
from bot.domain.tickets.queue_order import finished_place, first_finished_place
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.search import TicketSearch
from storage.engine.columns import micros
from storage.repositories.queues.ticket_filters import MOST_QUEUES
from storage.repositories.search.conditions import sla_places
from storage.repositories.search.orders import behind, ordered
from storage.tables.desk import is_finished, is_live, tickets

_IS_FINISHED_PLACE: Final = tickets.c.queue_place >= first_finished_place()
_NEWEST_FINISHED: Final = (tickets.c.queue_place, tickets.c.id.desc())
_BY_AGE: Final = (SearchOrder.OLDEST, SearchOrder.NEWEST)
_OF_MANY: Final = frozenset(
    {
        FilterName.TEAM,
        FilterName.ASSIGNED,
        FilterName.PRIORITY,
        FilterName.STATUS,
        FilterName.INBOX,
        FilterName.LANGUAGE,
        FilterName.IS,
    }
)
"""Filters that have no index of their own, or one that leaves very many."""
_WITH_PLACES: Final = (FilterName.ASSIGNED, FilterName.TEAM)
"""Filters by which what is finished has an index in the order of queues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """What is left of a search to ask of this part, what else holds there, and its order."""

    wanted: TicketSearch
    held: tuple[ColumnElement[bool], ...] = ()
    columns: tuple[ColumnElement[Any], ...] = ()


def parts_in(wanted: TicketSearch, order: SearchOrder, visibility: Visibility) -> Sequence[ListPart]:
    """One for each team and place of those asked for; the search as a whole where no index has its order."""
    if order is SearchOrder.DUE:
        halves = [half for place in places_in(wanted) for half in _halves(place, visibility)]
        return [
            _in_order(each, order)
            for half in halves
            for each in _by_queue(half, at_most=MOST_QUEUES // len(halves))
        ]
    if order is SearchOrder.LAST_WORD and (name := _filter_of_finished(wanted)) is not None:
        part = ListPart(wanted=wanted, held=_newest_first(wanted), columns=_NEWEST_FINISHED)
        return _by(name, part, at_most=MOST_QUEUES)
    parts = [ListPart(wanted=wanted)]
    if order in _BY_AGE and _asks_only_for(wanted, Status.PENDING):
        parts = _by_team(parts[0], at_most=MOST_QUEUES)
    return [_in_order(each, order) for each in parts]


def _in_order(part: ListPart, order: SearchOrder) -> ListPart:
    """Behind the place that was asked for."""
    place = part.wanted.behind
    passed = (behind(order, place),) if place is not None else ()
    columns = part.columns or ordered(order, now=micros(part.wanted.now))
    return replace(part, held=(*part.held, *passed), columns=columns)


def _halves(part: ListPart, visibility: Visibility) -> Sequence[ListPart]:
    """What is live and what is finished, which stands behind it: each has an index in the order of queues.

    Only where everything else that was asked for leaves very many of both; few are ordered as they are found.
    """
    wanted = part.wanted
    asked = [each for each in wanted.criteria if not each.is_excluded]
    names = {each.name for each in asked}
    leaves_many = all(map(_leaves_many, asked)) and not _asks_for_uncommon(wanted)
    if part.held or not visibility.teams or not leaves_many:
        return [part]
    finished = _finished(part, has_places=not names.isdisjoint(_WITH_PLACES))
    states = [each for each in asked if each.name in (FilterName.IS, FilterName.STATUS)]
    if any(_is_of_finished(each) for each in states):
        return [finished]
    return [part] if states else [replace(part, held=(is_live(tickets.c.status),)), finished]


def _leaves_many(criterion: Criterion) -> bool:
    """What has no tag, category or group stands all over the list, as well."""
    has_none = criterion.name in WITH_NONE and NONE in criterion.values
    return has_none or criterion.name in _OF_MANY


def _finished(part: ListPart, *, has_places: bool) -> ListPart:
    """Without an index in this order by the last change, which is the same order."""
    held = (is_finished(tickets.c.status), _IS_FINISHED_PLACE)
    if has_places:
        return replace(part, held=held)
    place = part.wanted.behind
    since = () if place is None else (tickets.c.updated_at <= finished_place(place.at),)
    return replace(part, held=(*held, *since), columns=(tickets.c.updated_at.desc(), tickets.c.id))


def _is_of_finished(criterion: Criterion) -> bool:
    if criterion.name is FilterName.IS:
        return criterion.values == (TicketState.FINISHED,)
    return not any(Status(each.replace("-", "_")).is_live for each in criterion.values)


def _filter_of_finished(wanted: TicketSearch) -> FilterName | None:
    """The filter by which a list of what is finished, the newest change first, has the order of queues, too."""
    asked = {each.name: each.values for each in wanted.criteria if not each.is_excluded}
    if asked.get(FilterName.IS) != (TicketState.FINISHED,):
        return None
    return next((each for each in (FilterName.FROM, FilterName.TEAM) if each in asked), None)


def _newest_first(wanted: TicketSearch) -> tuple[ColumnElement[bool], ...]:
    """The stretch of the index: what changed in a time that was asked for, behind the place that was asked for."""
    place = tickets.c.queue_place
    held = [is_finished(tickets.c.status), _IS_FINISHED_PLACE]
    for each in wanted.criteria:
        since = each.window.since if each.window is not None else None
        if _is_asked(each, FilterName.UPDATED) and since is not None:
            held.append(place <= finished_place(micros(since)))
    if wanted.behind is not None:
        at, ticket = finished_place(wanted.behind.at), wanted.behind.ticket
        held.append(and_(place >= at, or_(place > at, tickets.c.id < ticket)))
    return tuple(held)


def places_in(wanted: TicketSearch) -> Sequence[ListPart]:
    """One for each stretch of queues that `sla:` asks for."""
    asked = next((each for each in wanted.criteria if _is_asked(each, FilterName.SLA)), None)
    if asked is None:
        return [ListPart(wanted=wanted)]
    rest = replace(wanted, criteria=tuple(each for each in wanted.criteria if each is not asked))
    return [ListPart(wanted=rest, held=(place,)) for place in sla_places(asked, wanted.now)]


def is_what_people_hold(wanted: TicketSearch) -> bool:
    """Live tickets that somebody has: few, which PostgreSQL takes for many of who had many that are finished.

    To find the first thousand of many, it would read the queues of all.
    """
    asked = {each.name: each.values for each in wanted.criteria if not each.is_excluded}
    return FilterName.ASSIGNED in asked and asked.get(FilterName.IS) == (TicketState.OPEN,)


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


def _by_queue(part: ListPart, *, at_most: int) -> list[ListPart]:
    """The index that has the order of queues has it for each of these values alone."""
    if _asks_for_uncommon(part.wanted):
        return _by(FilterName.PRIORITY, part, at_most=at_most)
    asked = {each.name for each in part.wanted.criteria if not each.is_excluded}
    return _by(next((each for each in _WITH_PLACES if each in asked), FilterName.TEAM), part, at_most=at_most)


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


def _asks_for_uncommon(wanted: TicketSearch) -> bool:
    """Whether it asks for priorities of which there is an index."""
    return any(
        _is_asked(each, FilterName.PRIORITY) and Priority.NORMAL not in each.values
        for each in wanted.criteria
    )


def _asks_only_for(wanted: TicketSearch, status: Status) -> bool:
    return any(_is_asked(each, FilterName.STATUS) and each.values == (status,) for each in wanted.criteria)


def _is_asked(criterion: Criterion, name: FilterName) -> bool:
    return criterion.name is name and not criterion.is_excluded
