"""What happened to a ticket as a condition on its row, counted by the rules of the reports' figures.

What happened in a period is read by its instants, however many tickets there are. Who did it, how a requester rated
it, what was logged on it and what was shown for it is known to the ticket's team alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, not_, or_, select, union_all

from bot.domain.events import NO_REPLY
from bot.domain.figures.ticket_facts import FactKind
from bot.domain.knowledge.earlier_answer import EARLIER_ANSWERS
from bot.domain.knowledge.offer import OfferState
from bot.domain.search.query import Criterion, EventDetail, FilterName, TimeWindow
from bot.domain.search.visibility import Visibility
from bot.domain.search.vocabulary import EVENTS, THEN
from bot.domain.sla.policy import Measure
from bot.ports.storage.search import TicketSearch
from storage.engine.columns import micros
from storage.repositories.figures.backlog import open_then
from storage.repositories.figures.flows import IS_EXCLUDED
from storage.repositories.figures.past_states import POLICY_COPY_THEN, PRIORITY_THEN, TEAM_THEN, with_past
from storage.repositories.figures.periods import number
from storage.repositories.figures.requests import OPENED_FOR, hour_of_week, with_first_move
from storage.repositories.figures.targets import IS_UNMET, POLICIES, POLICY, is_broken_by
from storage.repositories.search.satisfaction import is_told_rating, scores_of
from storage.repositories.search.visibility import has_readable_notes
from storage.repositories.worked_time.time_entries import logged_within
from storage.tables.desk import sla_timers, tickets, written
from storage.tables.knowledge.offers import article_offers, shown_articles
from storage.tables.tickets.figures import ticket_facts
from storage.tables.tickets.ratings import surveys
from storage.tables.tickets.worked_time import time_entries

Condition = ColumnElement[bool]
_fact = ticket_facts.c
OF_THE_PAST: Final = frozenset({*EVENTS, FilterName.OPENED, FilterName.HOUR})
_CHANGES: Final = {
    FilterName.TEAM_THEN: FactKind.MOVED,
    FilterName.PRIORITY_THEN: FactKind.PRIORITY,
    FilterName.POLICY_THEN: FactKind.POLICY,
}
_OF_TICKETS: Final = (FilterName.PRIORITY_THEN, FilterName.POLICY_THEN)
_KINDS: Final = {
    FilterName.ANSWERED: FactKind.ANSWERED,
    FilterName.RESOLVED: FactKind.RESOLVED,
    FilterName.REOPENED: FactKind.REOPENED,
    FilterName.WITHDRAWN: FactKind.WITHDRAWN,
    FilterName.TRANSFERRED: FactKind.MOVED,
    FilterName.LAPSED: FactKind.LAPSED,
}
_JUDGED: Final = ((EventDetail.SOLVED, OfferState.SOLVED), (EventDetail.NO_HELP, OfferState.ASKED))
_OF_THE_TEAM: Final = (FilterName.RATED, FilterName.WORKED, FilterName.SHOWN)
"""Known to nobody else, whoever did it."""
_LONG: Final = timedelta(days=5 * 366)
"""How far back hours are told by the clock of then, where no period is asked for."""

Then = Sequence[Criterion]
"""Whose it was: what `by:`, `team-then:` and the like ask for."""


def past_condition(criterion: Criterion, wanted: TicketSearch, visibility: Visibility) -> Condition:
    """`criterion` is one of `OF_THE_PAST`."""
    then = [each for each in wanted.criteria if each.name in THEN]
    if criterion.name is FilterName.HOUR:
        return _is_hour(criterion, wanted)
    if criterion.name is FilterName.OPENED:
        return _is_opened(criterion.window, then)
    return _has_happened(criterion, wanted, visibility, then=then)


def _has_happened(
    criterion: Criterion, wanted: TicketSearch, visibility: Visibility, *, then: Then
) -> Condition:
    match criterion.name:
        case FilterName.MISSED | FilterName.MET:
            found = _of_targets(criterion, wanted.now, then)
        case FilterName.RATED:
            found = tickets.c.id.in_(_rated(criterion, then))
        case FilterName.WAS_OPEN:
            found = _was_open(criterion, then)
        case FilterName.WORKED:
            found = tickets.c.id.in_(_worked(criterion, then))
        case FilterName.SHOWN:
            articles = [each for each in wanted.criteria if each.name is FilterName.ARTICLE]
            found = tickets.c.id.in_(_shown(criterion, then, articles))
        case _ if EventDetail.STILL in criterion.values:
            found = _still(criterion, then)
        case _:
            found = tickets.c.id.in_(_facts(criterion, then))
    is_by = any(each.name is FilterName.BY for each in then)
    is_theirs_to_know = is_by or criterion.name in _OF_THE_TEAM
    return and_(found, has_readable_notes(visibility)) if is_theirs_to_know else found


def _is_opened(window: TimeWindow | None, then: Then) -> Condition:
    """By the team that it was opened for; nobody opened it as an agent."""
    is_opened = within(tickets.c.opened_at, window)
    if not [each for each in then if each.name is not FilterName.BY]:
        return is_opened
    rows = select(tickets.c.id).select_from(with_first_move(tickets))
    return tickets.c.id.in_(_of_then(rows.where(is_opened), tickets.c.opened_at, then, team=OPENED_FOR))


def _is_hour(criterion: Criterion, wanted: TicketSearch) -> Condition:
    """Told by the clock of a zone in the period in which the tickets were opened."""
    opened = next((each.window for each in wanted.criteria if each.name is FilterName.OPENED), None)
    until = (opened and opened.until) or wanted.now
    since = (opened and opened.since) or until - _LONG
    zone, *hours = criterion.values
    return hour_of_week(ZoneInfo(zone), since, until).in_(list(map(int, hours)))


def within(at: ColumnElement[int], window: TimeWindow | None) -> Condition:
    """A time that is not known is in no window."""
    window = window or TimeWindow()
    ends = [at >= micros(window.since)] if window.since is not None else []
    ends += [at < micros(window.until)] if window.until is not None else []
    return and_(*ends) if ends else at.is_not(None)


def _of_then(
    question: Select[Any],
    at: ColumnElement[int],
    then: Then,
    *,
    team: ColumnElement[str] = TEAM_THEN,
    agent: ColumnElement[str] | None = None,
) -> Select[Any]:
    """What was so at this instant of the rows' tickets. Whom something counts for is asked where it is known."""
    columns = {
        FilterName.TEAM_THEN: team,
        FilterName.PRIORITY_THEN: PRIORITY_THEN,
        FilterName.POLICY_THEN: POLICY,
    }
    if agent is not None:
        columns[FilterName.BY] = agent
    asked = {each.name for each in then}
    changes = [kind for name, kind in _CHANGES.items() if name in asked]
    if team is not TEAM_THEN and FactKind.MOVED in changes:
        changes.remove(FactKind.MOVED)
    question = with_past(question, at, kinds=changes)
    if FactKind.POLICY in changes:
        question = question.join(POLICIES, POLICIES.c.key == POLICY_COPY_THEN, isouter=True)
    for each in then:
        if each.name in columns:
            known = func.coalesce(columns[each.name], written(""))
            question = question.where(
                known.not_in(each.values) if each.is_excluded else known.in_(each.values)
            )
    return question.correlate(None)


def _facts(criterion: Criterion, then: Then) -> Select[Any]:
    kind = _KINDS[criterion.name]
    held = [_fact.kind == written(kind.value), within(_fact.at, criterion.window)]
    details = [EventDetail(each) for each in criterion.values]
    if kind is FactKind.MOVED:
        teams = [each for each in then if each.name is FilterName.TEAM_THEN]
        then = [each for each in then if each not in teams]
        held += [_moved(details, each) for each in teams]
    elif details:
        held.append(or_(*(_is(each, criterion.window) for each in details)))
    rows: FromClause = ticket_facts
    if any(each.name in _OF_TICKETS for each in then):
        rows = rows.join(tickets, tickets.c.id == _fact.ticket_id)
    question = select(_fact.ticket_id).select_from(rows).where(*held)
    return _of_then(question, _fact.at, then, team=_fact.team, agent=_fact.agent)


def _moved(details: Sequence[EventDetail], teams: Criterion) -> Condition:
    """Between these teams and others, to or from them; both where it is not said which."""
    left, reached = _fact.team.in_(teams.values), func.coalesce(_fact.other, written("")).in_(teams.values)
    wanted = frozenset(details) or {EventDetail.IN, EventDetail.OUT}
    ways = [and_(reached, not_(left))] if EventDetail.IN in wanted else []
    ways += [and_(left, not_(reached))] if EventDetail.OUT in wanted else []
    return not_(or_(*ways)) if teams.is_excluded else or_(*ways)


def _is(detail: EventDetail, window: TimeWindow | None) -> Condition:
    """As `storage.repositories.figures.figures` tells resolutions apart."""
    match detail:
        case EventDetail.NO_REPLY:
            return _fact.other == written(NO_REPLY)
        case EventDetail.ONE_TOUCH:
            return and_(_fact.is_first, _fact.replies == number(1))
        case EventDetail.FIRST_CONTACT:
            again = ticket_facts.alias("again")
            is_reopened = exists().where(
                again.c.ticket_id == _fact.ticket_id,
                again.c.kind == written(FactKind.REOPENED.value),
                again.c.line > _fact.line,
                within(again.c.at, window),
            )
            return and_(_fact.is_first, _fact.repliers == number(1), not_(is_reopened))
        case EventDetail.LATE:
            missed = select(sla_timers.c.ticket_id).where(
                sla_timers.c.measure == written(Measure.FIRST_RESPONSE),
                sla_timers.c.breached_at.is_not(None),
                within(sla_timers.c.stopped_at, window),
            )
            return _fact.ticket_id.in_(missed)
        case _:
            raise ValueError(f"{detail} tells nothing apart here")


def _still(criterion: Criterion, then: Then) -> Condition:
    """As `storage.repositories.figures.flows` counts: what holds of the ticket now, which has changed since."""
    is_answer = criterion.name is FilterName.ANSWERED
    at = tickets.c.first_replied_at if is_answer else tickets.c.resolved_at
    held = [within(at, criterion.window)] if is_answer else [within(at, criterion.window), not_(IS_EXCLUDED)]
    if criterion.window is not None and criterion.window.since is not None:
        held.append(tickets.c.updated_at >= micros(criterion.window.since))
    then = [each for each in then if each.name is not FilterName.BY]
    if not then:
        return and_(*held)
    return tickets.c.id.in_(_of_then(select(tickets.c.id).select_from(tickets).where(*held), at, then))


def _of_targets(criterion: Criterion, now: datetime, then: Then) -> Condition:
    """Each kind of decision is a stretch of an index: noted as missed, overdue and not noted yet, and met."""
    is_running = sla_timers.c.running_since.is_not(None)
    overdue = and_(sla_timers.c.due_at <= micros(now), is_running, sla_timers.c.breached_at.is_(None))
    all_decided: dict[FilterName, Sequence[tuple[ColumnElement[Any], Condition | None]]] = {
        FilterName.MISSED: [(sla_timers.c.breached_at, None), (sla_timers.c.due_at, overdue)],
        FilterName.MET: [(sla_timers.c.stopped_at, not_(is_broken_by(now)))],
    }
    values = frozenset(criterion.values)
    measures = [each for each in Measure if each.replace("_", "-") in values] or [*Measure]
    outcomes = _outcomes(values)
    parts = list[Select[Any]]()
    for at, held in all_decided[criterion.name]:
        rows = select(sla_timers.c.ticket_id).where(
            within(at, criterion.window), sla_timers.c.measure.in_(list(map(written, measures))), *outcomes
        )
        if then or outcomes:
            rows = rows.select_from(sla_timers.join(tickets, tickets.c.id == sla_timers.c.ticket_id))
        parts.append(_of_then(rows if held is None else rows.where(held), at, then))
    if criterion.name is FilterName.MET:
        return and_(tickets.c.id.in_(parts[0]), not_(IS_EXCLUDED))
    return tickets.c.id.in_(union_all(*parts))


def _outcomes(values: frozenset[str]) -> Sequence[Condition]:
    """As reports tell missed targets apart; none where both are asked for, or neither."""
    is_late, is_open = EventDetail.LATE in values, EventDetail.STILL_OPEN in values
    if is_late == is_open:
        return ()
    if is_late:
        return sla_timers.c.stopped_at.is_not(None), not_(IS_UNMET)
    return (sla_timers.c.stopped_at.is_(None),)


def _rated(criterion: Criterion, then: Then) -> Select[Any]:
    """Anonymous ratings are nobody's."""
    rows = surveys.join(tickets, tickets.c.id == surveys.c.ticket_id) if then else surveys
    question = (
        select(surveys.c.ticket_id)
        .select_from(rows)
        .where(*is_told_rating(scores_of(criterion.values)), within(surveys.c.rated_at, criterion.window))
    )
    return _of_then(question, surveys.c.rated_at, then, team=surveys.c.team, agent=surveys.c.agent)


def _was_open(criterion: Criterion, then: Then) -> Condition:
    """At the end of its window, as a backlog counts."""
    assert criterion.window is not None
    assert criterion.window.until is not None
    at = micros(criterion.window.until)
    open_ = tickets.c.id.in_(select(open_then(None, at).c.ticket_id))
    if not then:
        return open_
    return tickets.c.id.in_(
        _of_then(select(tickets.c.id).select_from(tickets).where(open_), number(at), then)
    )


def _worked(criterion: Criterion, then: Then) -> Select[Any]:
    """By the days of the zone that is the criterion's value."""
    (zone,), window = criterion.values, criterion.window or TimeWindow()
    entry = time_entries.c
    rows = time_entries.join(tickets, tickets.c.id == entry.ticket_id) if then else time_entries
    held = logged_within(window.since, window.until, ZoneInfo(zone))
    question = select(entry.ticket_id).select_from(rows).where(*held)
    return _of_then(question, entry.added_at, then, team=entry.team, agent=entry.agent)


def _shown(criterion: Criterion, then: Then, articles: Sequence[Criterion]) -> Select[Any]:
    """What was looked up for a request that became a ticket."""
    offer = article_offers.c
    values = frozenset(criterion.values)
    is_nothing = offer.shown == written("[]")
    ways = [is_nothing] if EventDetail.NOTHING in values else []
    ways += [
        and_(not_(is_nothing), offer.state == written(state)) for each, state in _JUDGED if each in values
    ]
    held = [or_(*ways) if ways else not_(is_nothing), offer.state != written(OfferState.DUE)]
    if EventDetail.EARLIER in values:
        held.append(_is_of_article([EARLIER_ANSWERS]))
    held += [_is_of_article(each.values) for each in articles if not each.is_excluded]
    rows = article_offers.join(tickets, tickets.c.id == offer.ticket_id) if then else article_offers
    question = (
        select(offer.ticket_id)
        .select_from(rows)
        .where(offer.ticket_id.is_not(None), within(offer.at, criterion.window), *held)
    )
    return _of_then(question, offer.at, then, team=offer.team)


def with_article(criterion: Criterion) -> Condition:
    """Tickets for which any of these articles was shown."""
    shown = shown_articles.c
    found = select(shown.ticket_id).where(shown.article.in_(criterion.values), shown.ticket_id.is_not(None))
    return tickets.c.id.in_(found)


def _is_of_article(names: Sequence[str]) -> Condition:
    found = select(shown_articles.c.offer_id).where(shown_articles.c.article.in_(names))
    return article_offers.c.id.in_(found)
