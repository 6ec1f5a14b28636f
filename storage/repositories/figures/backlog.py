"""What was open at an instant: how much, and when it had been opened."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, Subquery, func, literal, literal_column, select, union_all

from bot.domain.figures.ticket_facts import FactKind
from bot.ports.storage.figures.figures import Backlog
from storage.engine.columns import instant, instant_or_none, micros
from storage.engine.session import Session
from storage.repositories.figures.lengths import in_order, median_of
from storage.repositories.figures.periods import number, of_teams
from storage.tables.desk import is_live, tickets, written
from storage.tables.tickets.figures import ticket_facts

_fact = ticket_facts.c
_ENDED: Final = (FactKind.RESOLVED, FactKind.WITHDRAWN, FactKind.MOVED)
_BEGUN: Final = (FactKind.REOPENED, FactKind.MOVED)


def backlog_at(session: Session, teams: frozenset[str] | None, at: datetime) -> Backlog:
    then = open_then(teams, micros(at))
    if session.has_percentiles:
        (row,) = session.fetch_made(_backlog(then))
        median = None if row["median"] is None else instant(int(row["median"]))
        return Backlog(many=row["many"], median=median, oldest=instant_or_none(row["oldest"]))
    (row,) = session.fetch_made(select(func.group_concat(then.c.opened_at).label("listed")))
    if row["listed"] is None:
        return Backlog()
    opened = in_order(row["listed"])
    return Backlog(many=len(opened), median=instant(median_of(opened)), oldest=instant(opened[0]))


def open_then(teams: frozenset[str] | None, at: int) -> Subquery:
    """Tickets: what is open now and was then, and what has ended or gone to another team since then.

    What has begun since is read once, by its instants, and looked up: a join with it is planned by how many the
    database expects, and of the last hours it expects none. The 0 keeps SQLite from looking for live tickets among
    all that were opened earlier: the index of live ones holds all that is asked of them.
    """
    since = select(_fact.ticket_id).where(_fact.kind.in_(_kinds(_BEGUN)), _fact.at >= at)
    still = select(tickets.c.id.label("ticket_id"), tickets.c.opened_at).where(
        is_live(tickets.c.status),
        tickets.c.opened_at + number(0) < at,
        tickets.c.id.not_in(since),
        *of_teams(tickets.c.team, teams),
    )
    ended = select(_fact.ticket_id, _fact.opened_at).where(
        _fact.kind.in_(_kinds(_ENDED)), _fact.at >= at, _fact.since < at, *of_teams(_fact.team, teams)
    )
    return union_all(still, ended).subquery("then")


def _kinds(kinds: tuple[FactKind, ...]) -> list[Any]:
    return [written(each.value) for each in kinds]


def _backlog(then: Subquery) -> Select[Any]:
    """By the database's own aggregate."""
    median = func.floor(func.percentile_cont(literal_column("0.5")).within_group(then.c.opened_at))
    return select(
        func.count(literal(1)).label("many"),
        median.label("median"),
        func.min(then.c.opened_at).label("oldest"),
    )
