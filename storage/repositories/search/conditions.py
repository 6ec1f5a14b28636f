"""The filters of a search as conditions on the rows of tickets."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, assert_never

from sqlalchemy import ColumnElement, FromClause, and_, exists, not_, or_, select, union_all

from bot.domain.search.query import (
    Criterion,
    FilterName,
    SlaState,
    TicketContent,
    TicketState,
)
from bot.domain.search.visibility import Visibility
from bot.domain.search.vocabulary import THEN
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.queue_order import first_finished_place, later_places, overdue_places
from bot.domain.tickets.ticket import Priority, Status
from bot.ports.storage.search import TicketSearch
from storage.engine.columns import micros
from storage.repositories.search.past_events import OF_THE_PAST, past_condition, with_article, within
from storage.repositories.search.properties import PROPERTIES, is_of_group
from storage.repositories.search.satisfaction import rated_tickets, scores_of
from storage.repositories.search.visibility import has_readable_notes
from storage.tables.desk import (
    is_live,
    is_out_of_the_ordinary,
    is_owed_a_reply,
    is_warned,
    messages,
    tickets,
    written,
)

Condition = ColumnElement[bool]


def conditions_of(wanted: TicketSearch, visibility: Visibility) -> Iterator[Condition]:
    """One for each criterion; those of `THEN` narrow the others.

    What the team alone may know of a ticket (tags, notes) holds for nobody else.
    """
    for criterion in wanted.criteria:
        if criterion.name in THEN:
            continue
        condition = _condition(criterion, wanted, visibility)
        yield not_(condition) if criterion.is_excluded else condition


def _condition(criterion: Criterion, wanted: TicketSearch, visibility: Visibility) -> Condition:
    if criterion.name in OF_THE_PAST:
        return past_condition(criterion, wanted, visibility)
    condition = _of_row(criterion, wanted, visibility)
    return and_(condition, has_readable_notes(visibility)) if criterion.name in _OF_THE_TEAM else condition


def _of_row(criterion: Criterion, wanted: TicketSearch, visibility: Visibility) -> Condition:
    values, now = criterion.values, micros(wanted.now)
    if (column := _COLUMNS.get(criterion.name)) is not None:
        return column.in_(values)
    if (has := PROPERTIES.get(criterion.name)) is not None:
        return or_(*map(has, values))
    match criterion.name:
        case FilterName.GROUP:
            return or_(*(is_of_group(each, wanted.groups, has_period=_has_period(wanted)) for each in values))
        case FilterName.UPDATED:
            return within(tickets.c.updated_at, criterion.window)
        case FilterName.STATUS | FilterName.PRIORITY:
            return _has_written(criterion)
        case FilterName.ASSIGNED:
            return _is_assigned(values, visibility)
        case FilterName.IS:
            return or_(*(_is(TicketState(each), now, visibility) for each in values))
        case FilterName.SLA:
            return or_(*sla_places(criterion, wanted.now))
        case FilterName.HAS:
            return or_(*(_has(TicketContent(each), visibility) for each in values))
        case FilterName.DUE:
            return and_(tickets.c.due_at.is_not(None), within(tickets.c.due_at, criterion.window), _is_live())
        case _:
            return _of_deeds(criterion)


def _has_period(wanted: TicketSearch) -> bool:
    """Whether it is said from when on tickets were opened: these are then a stretch of an index."""
    return any(
        each.name is FilterName.OPENED
        and not each.is_excluded
        and each.window is not None
        and each.window.since is not None
        for each in wanted.criteria
    )


def _of_deeds(criterion: Criterion) -> Condition:
    match criterion.name:
        case FilterName.TIME:
            return _has_worked(criterion.values)
        case FilterName.RATING:
            return tickets.c.id.in_(rated_tickets(scores_of(criterion.values)))
        case FilterName.ARTICLE:
            return with_article(criterion)
        case _:
            raise ValueError(f"{criterion.name} is no condition")


_OF_THE_TEAM: Final = frozenset(
    {FilterName.TAG, FilterName.FIELD, FilterName.TIME, FilterName.RATING, FilterName.ARTICLE}
)
"""Filters by what the ticket's team alone may know."""
_COLUMNS: Final[Mapping[FilterName, ColumnElement[Any]]] = {
    FilterName.TEAM: tickets.c.team,
    FilterName.FROM: tickets.c.requester,
    FilterName.LANGUAGE: tickets.c.language,
}
"""Filters that ask for a column's value, which each ticket has."""
_COMPARED: Final[Mapping[str, Callable[[Any, int], Condition]]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def _is_assigned(people: Sequence[str], visibility: Visibility) -> Condition:
    """Who works on it is the team's to know: a team may be anonymous."""
    is_theirs = and_(tickets.c.assignee.is_not(None), tickets.c.assignee.in_(people))
    return and_(is_theirs, or_(tickets.c.assignee == visibility.person, has_readable_notes(visibility)))


def _has_worked(values: Sequence[str]) -> Condition:
    sign, minutes = values
    return _COMPARED[sign](tickets.c.worked_minutes, int(minutes))


def _has_written(criterion: Criterion) -> Condition:
    """Of live tickets alone there is an index, of pending ones, and of those whose priority is not the usual one.

    The values are written out, so that the planner sees it.
    """
    if criterion.name is FilterName.PRIORITY:
        priorities = [Priority(each) for each in criterion.values]
        among = _is_one_of(tickets.c.priority, priorities)
        if Priority.NORMAL in priorities:
            return among
        return and_(among, is_out_of_the_ordinary(tickets.c.priority))
    statuses = [Status(each.replace("-", "_")) for each in criterion.values]
    among = _is_one_of(tickets.c.status, statuses)
    return and_(among, _is_live()) if all(each.is_live for each in statuses) else among


def _is_one_of(column: ColumnElement[str], values: Sequence[str]) -> Condition:
    if len(values) == 1:
        return column == written(values[0])
    return column.in_([written(each) for each in values])


def _is_live() -> Condition:
    return is_live(tickets.c.status)


def _is_open_to_requester(visibility: Visibility) -> Condition:
    """Live, or merged into a ticket that is: to its requester it is not over.

    One's own are found apart, each kind by its index: of somebody who asks all the time nearly all are closed.
    """
    own = tickets.alias("own")
    is_own = own.c.requester.in_(sorted(visibility.accounts | {visibility.person}))
    live = select(own.c.id).where(is_own, is_live(own.c.status), own.c.queue_place < first_finished_place())
    merged = select(own.c.id).where(is_own, _is_of_live_original(own))
    found = tickets.c.id.in_(union_all(live, merged))
    if not visibility.shared:
        return found
    is_shared = tickets.c.id.in_(sorted(visibility.shared))
    return or_(found, and_(is_shared, or_(_is_live(), _is_of_live_original(tickets))))


def _is_of_live_original(rows: FromClause) -> Condition:
    originals = tickets.alias("originals")
    is_live_original = exists().where(originals.c.id == rows.c.merged_into, is_live(originals.c.status))
    return and_(rows.c.merged_into.is_not(None), is_live_original)


def _is(state: TicketState, now: int, visibility: Visibility) -> Condition:
    match state:
        case TicketState.UNASSIGNED:
            return and_(tickets.c.assignee.is_(None), _is_live())
        case TicketState.OPEN:
            return _is_live() if visibility.known_teams else _is_open_to_requester(visibility)
        case TicketState.FINISHED:
            return not_(_is_live())
        case TicketState.FOLLOWED:
            return tickets.c.id.in_(sorted(visibility.followed | visibility.shared))
        case TicketState.UNANSWERED:
            return and_(is_owed_a_reply(tickets), _is_live())
        case TicketState.PRIVATE:
            return tickets.c.is_private.is_(True)
        case TicketState.RATED:
            return and_(tickets.c.id.in_(rated_tickets(scores_of(()))), has_readable_notes(visibility))
        case TicketState.UNHAPPY:
            return and_(tickets.c.is_unhappy.is_(True), has_readable_notes(visibility))
        case TicketState.SNOOZED:
            rests = and_(tickets.c.snoozed_until.is_not(None), tickets.c.snoozed_until > now)
            return and_(rests, has_readable_notes(visibility))
        case never:
            assert_never(never)


def sla_places(criterion: Criterion, now: datetime) -> Iterator[Condition]:
    """What `sla:` asks for: a ticket fits one of these at most, each a stretch of an index in the order of queues."""
    for state in dict.fromkeys(map(SlaState, criterion.values)):
        match state:
            case SlaState.AT_RISK:
                for each in later_places(now):
                    yield and_(is_warned(tickets), tickets.c.queue_place.between(*each), _is_live())
            case SlaState.OVERDUE:
                for each in overdue_places(now):
                    yield and_(tickets.c.queue_place.between(*each), _is_live())
            case never:
                assert_never(never)


def _has(content: TicketContent, visibility: Visibility) -> Condition:
    said = select(messages.c.ticket_id).where(messages.c.is_deleted.is_(False))
    match content:
        case TicketContent.FILE:
            with_files = said.where(messages.c.files != written("[]"))
            in_public = with_files.where(messages.c.kind != MessageKind.NOTE)
            on_notes = with_files.where(messages.c.kind == MessageKind.NOTE)
            return or_(
                tickets.c.id.in_(in_public), and_(tickets.c.id.in_(on_notes), has_readable_notes(visibility))
            )
        case TicketContent.NOTE:
            noted = said.where(messages.c.kind == MessageKind.NOTE, messages.c.ticket_id == tickets.c.id)
            return and_(noted.correlate(tickets).exists(), has_readable_notes(visibility))
        case never:
            assert_never(never)
