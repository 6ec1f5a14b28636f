"""Figures: sums over facts, of a period and of the one before it in one statement each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from bot.domain.figures.ticket_facts import FactKind
from bot.domain.tickets.ticket import Status
from bot.ports.storage.figures.figures import (
    NO_GROUPS,
    Backlog,
    FactTally,
    KeptFact,
    LengthsOf,
    Load,
    LoadPart,
    Reading,
    RequestDimension,
    Span,
)
from bot.ports.storage.reports import ReportQuery
from storage.engine.columns import Row, instant, micros
from storage.engine.session import Session
from storage.repositories.figures import facts
from storage.repositories.figures.backlog import backlog_at
from storage.repositories.figures.lengths import lengths_of
from storage.repositories.figures.periods import before, number, of_teams, within
from storage.repositories.figures.requests import opened_by, opened_by_field, opened_by_group
from storage.tables.desk import is_live, is_warned, tickets, written
from storage.tables.tickets.figures import ticket_facts

_fact = ticket_facts.c
_COUNTED: Final = (
    FactKind.ANSWERED,
    FactKind.RESOLVED,
    FactKind.WITHDRAWN,
    FactKind.REOPENED,
    FactKind.MOVED,
    FactKind.LAPSED,
)


class SqlFigures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, ticket_id: int, facts_: Sequence[KeptFact]) -> None:
        facts.keep(self._session, ticket_id, facts_)

    def forget(self, ticket_id: int) -> None:
        self._session.write(facts.FORGET, the_ticket=ticket_id)

    def facts(self, ticket_id: int) -> Sequence[KeptFact]:
        return [facts.fact_from(row) for row in self._session.fetch(facts.OF_TICKET, the_ticket=ticket_id)]

    def tallies(self, asked: ReportQuery) -> Sequence[FactTally]:
        return [_tally_from(row) for row in self._session.fetch_made(tallies_in(asked))]

    def lengths(self, asked: ReportQuery, *, by: Span) -> Sequence[LengthsOf]:
        return lengths_of(self._session, asked, by)

    def opened(
        self,
        asked: ReportQuery,
        *,
        by: RequestDimension,
        groups: Mapping[str, frozenset[str]] = NO_GROUPS,
    ) -> Mapping[tuple[bool, str], int]:
        if groups and by is RequestDimension.GROUP:
            return opened_by_group(self._session, asked, groups)
        if by is RequestDimension.FIELD:
            return opened_by_field(self._session, asked)
        return opened_by(self._session, asked, by)

    def backlog(self, teams: frozenset[str] | None, *, at: datetime) -> Backlog:
        return backlog_at(self._session, teams, at)

    def loads(self, teams: frozenset[str] | None) -> Sequence[Load]:
        many = func.count(literal(1))
        question = (
            select(tickets.c.assignee, many.label("many"), func.min(tickets.c.opened_at).label("oldest"))
            .where(
                is_live(tickets.c.status), tickets.c.assignee.is_not(None), *of_teams(tickets.c.team, teams)
            )
            .group_by(tickets.c.assignee)
            .order_by(many.desc(), tickets.c.assignee)
        )
        return [
            Load(agent=row["assignee"], many=row["many"], oldest=instant(row["oldest"]))
            for row in self._session.fetch_made(question)
        ]

    def load_parts(self, teams: frozenset[str], *, now: datetime) -> Sequence[LoadPart]:
        is_late = tickets.c.due_at <= micros(now)
        is_near = and_(is_warned(tickets), tickets.c.due_at > micros(now))
        group = (tickets.c.team, tickets.c.assignee, tickets.c.status)
        question = (
            select(
                *group,
                func.count(literal(1)).label("many"),
                func.sum(case((is_late, number(1)), else_=number(0))).label("overdue"),
                func.sum(case((is_near, number(1)), else_=number(0))).label("at_risk"),
            )
            .where(is_live(tickets.c.status), *of_teams(tickets.c.team, teams))
            .group_by(*group)
            .order_by(*group)
        )
        return [
            LoadPart(
                team=row["team"],
                agent=row["assignee"],
                status=Status(row["status"]),
                many=row["many"],
                overdue=int(row["overdue"]),
                at_risk=int(row["at_risk"]),
            )
            for row in self._session.fetch_made(question)
        ]

    def is_complete(self) -> bool:
        return facts.is_complete(self._session)

    def begin_anew(self) -> None:
        facts.begin_anew(self._session)

    def read_more(self, read: Reading, *, limit: int) -> bool:
        return facts.read_more(self._session, read, limit=limit)


def _is(*kinds: FactKind) -> ColumnElement[bool]:
    return _fact.kind.in_([written(each.value) for each in kinds])


def tallies_in(asked: ReportQuery) -> Select[Any]:
    """A resolution and what reopened its ticket are put together by the ticket and the period."""
    reopened = (
        select(
            _fact.ticket_id,
            before(_fact.at, asked).label("is_before"),
            func.max(_fact.line).label("line"),
        )
        .where(_is(FactKind.REOPENED), within(_fact.at, asked))
        .group_by(_fact.ticket_id, before(_fact.at, asked))
        .subquery("reopened")
    )
    is_first = and_(_is(FactKind.RESOLVED), _fact.is_first)
    stays = or_(reopened.c.line.is_(None), reopened.c.line < _fact.line)
    group = [
        _fact.agent,
        _fact.team,
        _fact.kind,
        _fact.other,
        before(_fact.at, asked).label("is_before"),
        case((and_(is_first, _fact.replies == number(1)), number(1)), else_=number(0)).label("is_one_touch"),
        case((and_(is_first, _fact.repliers == number(1), stays), number(1)), else_=number(0)).label(
            "is_first_contact"
        ),
    ]
    teams = () if asked.teams is None else (_of_either(asked.teams),)
    alike = (
        select(*group)
        .select_from(ticket_facts)
        .join(
            reopened,
            and_(
                reopened.c.ticket_id == _fact.ticket_id,
                reopened.c.is_before == before(_fact.at, asked),
            ),
            isouter=True,
        )
        .where(_is(*_COUNTED), within(_fact.at, asked), *teams)
        .subquery("alike")
    )
    return select(*alike.c, func.count(literal(1)).label("many")).group_by(*alike.c)


def _of_either(teams: frozenset[str]) -> ColumnElement[bool]:
    moved_to = and_(_is(FactKind.MOVED), _fact.other.in_(sorted(teams)))
    return or_(_fact.team.in_(sorted(teams)), moved_to)


def _tally_from(row: Row) -> FactTally:
    return FactTally(
        is_before=bool(row["is_before"]),
        is_one_touch=bool(row["is_one_touch"]),
        is_first_contact=bool(row["is_first_contact"]),
        **{name: row[name] for name in ("kind", "team", "other", "agent", "many")},
    )
