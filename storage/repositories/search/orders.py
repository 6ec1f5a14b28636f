"""In which order a search lists its tickets."""

from typing import Any, Final, assert_never

from sqlalchemy import ColumnElement, and_, case, or_

from bot.domain.search.query import SearchOrder
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.search import ListPlace
from storage.tables.desk import is_finished, is_warned, tickets

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
        case SearchOrder.YOURS:
            turn = case((_waits_for_requester(), 0), (is_finished(tickets.c.status), 2), else_=1)
            return turn, tickets.c.updated_at.desc(), tickets.c.id.desc()
        case never:
            assert_never(never)


def _waits_for_requester() -> ColumnElement[bool]:
    """As `Ticket.waits_for_requester`."""
    is_answered = and_(tickets.c.last_update_at.is_not(None), tickets.c.awaits_reply_since.is_(None))
    return or_(tickets.c.status == Status.PENDING, and_(tickets.c.status == Status.OPEN, is_answered))


def behind(order: SearchOrder, place: ListPlace) -> ColumnElement[bool]:
    """What a list in this order has after that place. Raises ValueError for an order by scores or by urgency."""
    match order:
        case SearchOrder.NEWEST:
            return _after(tickets.c.opened_at, place, is_down=True)
        case SearchOrder.OLDEST:
            return _after(tickets.c.opened_at, place)
        case SearchOrder.DUE:
            return _after(tickets.c.queue_place, place)
        case SearchOrder.LAST_WORD:
            return _after(tickets.c.updated_at, place, is_down=True)
        case _:
            raise ValueError(f"no place in a list ordered by {order}")


def _after(column: ColumnElement[int], place: ListPlace, *, is_down: bool = False) -> ColumnElement[bool]:
    """The first condition bounds the stretch of an index that is read."""
    reached = column <= place.at if is_down else column >= place.at
    passed = column < place.at if is_down else column > place.at
    later = tickets.c.id < place.ticket if is_down else tickets.c.id > place.ticket
    return and_(reached, or_(passed, later))


def _urgency(now: int) -> ColumnElement[int]:
    is_overdue = and_(tickets.c.due_at.is_not(None), tickets.c.due_at <= now)
    return case(
        (and_(is_overdue, tickets.c.first_replied_at.is_(None)), 0),
        (is_overdue, 1),
        (is_warned(tickets), 2),
        else_=3,
    )
