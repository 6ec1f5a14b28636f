"""In which order a search lists its tickets, and a page of several teams' queues, of which few rows are read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, assert_never

from sqlalchemy import ColumnElement, Select, and_, case, select, union_all

from bot.domain.search.query import Criterion, FilterName, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.ticket import Priority
from bot.ports.storage.search import TicketSearch
from storage.repositories.tickets import MOST_QUEUES
from storage.tables.desk import tickets

_PRIORITIES: Final = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.NORMAL: 2, Priority.LOW: 3}


def ordered(order: SearchOrder, *, now: int) -> tuple[ColumnElement[Any], ...]:
    """The best, where scores do not part them, are the newest. `now` in microseconds since 1970."""
    match order:
        case SearchOrder.BEST | SearchOrder.NEWEST:
            return tickets.c.opened_at.desc(), tickets.c.id.desc()
        case SearchOrder.OLDEST:
            return tickets.c.opened_at, tickets.c.id
        case SearchOrder.DUE:
            return tickets.c.queue_place, tickets.c.id
        case SearchOrder.LAST_WORD:
            return tickets.c.updated_at.desc(), tickets.c.id.desc()
        case SearchOrder.NEXT:
            priority = case(_PRIORITIES, value=tickets.c.priority, else_=2)
            return _urgency(now), priority, tickets.c.opened_at, tickets.c.id
        case never:
            assert_never(never)


def _urgency(now: int) -> ColumnElement[int]:
    is_overdue = and_(tickets.c.due_at.is_not(None), tickets.c.due_at <= now)
    return case(
        (and_(is_overdue, tickets.c.first_replied_at.is_(None)), 0),
        (is_overdue, 1),
        (tickets.c.sla_stage > 0, 2),
        else_=3,
    )


def queues_in(wanted: TicketSearch) -> Sequence[TicketSearch]:
    """The search once for each team whose tickets it asks for; none where it asks for one, any or very many."""
    teams = next((each for each in wanted.criteria if _is_teams(each)), None)
    if teams is None or not 1 < len(teams.values) <= MOST_QUEUES:
        return ()
    others = tuple(each for each in wanted.criteria if each is not teams)
    return [replace(wanted, criteria=(*others, replace(teams, values=(each,)))) for each in teams.values]


def put_together(queues: Sequence[Select[Any]], *, limit: int, offset: int) -> Select[Any]:
    """A page of several queues, each of which is `id` and `queue_place` of as many rows as may stand on it."""
    found = union_all(*(select(each.subquery()) for each in queues)).subquery("found")
    return select(found.c.id).order_by(found.c.queue_place, found.c.id).limit(limit).offset(offset)


def is_of_own_teams(wanted: TicketSearch, visibility: Visibility) -> bool:
    """Whether it asks only for tickets of teams whose agent this person is, all of which they see."""
    return any(_is_teams(each) and visibility.teams.issuperset(each.values) for each in wanted.criteria)


def _is_teams(criterion: Criterion) -> bool:
    return criterion.name is FilterName.TEAM and not criterion.is_excluded
