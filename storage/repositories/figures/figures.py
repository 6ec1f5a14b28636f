"""Figures: sums over facts, of a period and of the one before it in one statement each."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from bot.domain.figures.ticket_facts import FactKind
from bot.ports.storage.figures.figures import (
    Backlog,
    FactTally,
    KeptFact,
    Lengths,
    LengthsOf,
    Load,
    Reading,
    RequestDimension,
    Span,
)
from bot.ports.storage.reports import ReportQuery
from storage.engine.columns import Row, instant, instant_or_none, micros
from storage.engine.session import Session
from storage.repositories.figures import facts
from storage.repositories.figures.periods import before, number, of_teams, within
from storage.repositories.figures.requests import opened_by
from storage.tables.desk import is_live, tickets, written
from storage.tables.tickets.figures import ticket_facts

_fact = ticket_facts.c
_ENDED: Final = (FactKind.RESOLVED, FactKind.WITHDRAWN, FactKind.MOVED)
_BEGUN: Final = (FactKind.REOPENED, FactKind.MOVED)
_COUNTED: Final = (
    FactKind.ANSWERED,
    FactKind.RESOLVED,
    FactKind.WITHDRAWN,
    FactKind.REOPENED,
    FactKind.MOVED,
    FactKind.LAPSED,
)
_TIMED: Final = (FactKind.ANSWERED, FactKind.RESOLVED)


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
        return [_tally_from(row) for row in self._session.fetch_made(_tallies(asked))]

    def lengths(self, asked: ReportQuery, *, by: Span) -> Sequence[LengthsOf]:
        question = _lengths if self._session.has_percentiles else _ranked_lengths
        return [_lengths_from(row) for row in self._session.fetch_made(question(_timed(asked, by)))]

    def opened(self, asked: ReportQuery, *, by: RequestDimension) -> Mapping[tuple[bool, str], int]:
        return opened_by(self._session, asked, by)

    def backlog(self, teams: frozenset[str] | None, *, at: datetime) -> Backlog:
        question = _backlog if self._session.has_percentiles else _ranked_backlog
        (row,) = self._session.fetch_made(question(_open_then(teams, micros(at))))
        return Backlog(
            many=row["many"] or 0,
            median=None if row["median"] is None else instant(int(row["median"])),
            oldest=instant_or_none(row["oldest"]),
        )

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

    def is_complete(self) -> bool:
        return facts.is_complete(self._session)

    def begin_anew(self) -> None:
        facts.begin_anew(self._session)

    def read_more(self, read: Reading, *, limit: int) -> bool:
        return facts.read_more(self._session, read, limit=limit)


def _is(*kinds: FactKind) -> ColumnElement[bool]:
    return _fact.kind.in_([written(each.value) for each in kinds])


def _tallies(asked: ReportQuery) -> Select[Any]:
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
        before(_fact.at, asked).label("is_before"),
        _fact.kind,
        _fact.team,
        _fact.other,
        _fact.agent,
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


def _timed(asked: ReportQuery, by: Span) -> Subquery:
    value: ColumnElement[str] = {
        Span.ALL: written(""),
        Span.TEAM: _fact.team,
        Span.AGENT: func.coalesce(_fact.agent, written("")),
    }[by]
    return (
        select(
            before(_fact.at, asked).label("is_before"),
            _fact.kind,
            value.label("value"),
            _fact.took,
            _fact.worked,
        )
        .where(_is(*_TIMED), within(_fact.at, asked), *of_teams(_fact.team, asked.teams))
        .subquery("timed")
    )


def _lengths(timed: Subquery) -> Select[Any]:
    """By the database's own aggregates, each of which sorts once; half a microsecond is left out."""
    alike = (timed.c.is_before, timed.c.kind, timed.c.value)
    lengths: list[ColumnElement[Any]] = []
    for name in ("took", "worked"):
        column = timed.c[name]
        median = func.floor(func.percentile_cont(literal_column("0.5")).within_group(column))
        ninetieth = func.percentile_disc(literal_column("0.9")).within_group(column)
        lengths += [median.label(f"{name}_median"), ninetieth.label(f"{name}_ninetieth")]
    return select(*alike, func.count(literal(1)).label("many"), *lengths).group_by(*alike)


def _ranked_lengths(timed: Subquery) -> Select[Any]:
    """Both lengths of each fact get a rank among those that are alike."""
    alike = (timed.c.is_before, timed.c.kind, timed.c.value)
    ranked = select(
        *timed.c,
        func.row_number().over(partition_by=alike, order_by=timed.c.took).label("took_rank"),
        func.row_number().over(partition_by=alike, order_by=timed.c.worked).label("worked_rank"),
        func.count(literal(1)).over(partition_by=alike).label("many"),
    ).subquery("ranked")
    groups = (ranked.c.is_before, ranked.c.kind, ranked.c.value)
    lengths = [each for name in ("took", "worked") for each in _ranks(ranked, name)]
    return select(*groups, func.max(ranked.c.many).label("many"), *lengths).group_by(*groups)


def _ranks(ranked: Subquery, name: str) -> Sequence[ColumnElement[Any]]:
    """The middle one, or the mean of the two in the middle; the smallest that nine tenths do not exceed."""
    rank, many = ranked.c[f"{name}_rank"], ranked.c.many

    def at(place: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.max(case((rank == place, ranked.c[name]), else_=null()))

    median = (at((many + 1) // 2) + at(many // 2 + 1)) // 2
    return median.label(f"{name}_median"), at((many * 9 + 9) // 10).label(f"{name}_ninetieth")


def _open_then(teams: frozenset[str] | None, at: int) -> Subquery:
    """What is open now and was then, and what has ended or gone to another team since then."""
    begun_since = exists().where(_fact.ticket_id == tickets.c.id, _is(*_BEGUN), _fact.at >= at)
    still = select(tickets.c.opened_at).where(
        is_live(tickets.c.status),
        tickets.c.opened_at < at,
        ~begun_since,
        *of_teams(tickets.c.team, teams),
    )
    ended = select(_fact.opened_at).where(
        _is(*_ENDED), _fact.at >= at, _fact.since < at, *of_teams(_fact.team, teams)
    )
    return union_all(still, ended).subquery("then")


def _backlog(then: Subquery) -> Select[Any]:
    """By the database's own aggregate."""
    return select(
        func.count(literal(1)).label("many"),
        func.floor(func.percentile_cont(literal_column("0.5")).within_group(then.c.opened_at)).label(
            "median"
        ),
        func.min(then.c.opened_at).label("oldest"),
    )


def _ranked_backlog(then: Subquery) -> Select[Any]:
    ranked = select(
        then.c.opened_at,
        func.row_number().over(order_by=then.c.opened_at).label("rank"),
        func.count(literal(1)).over().label("many"),
    ).subquery("ranked")

    def ranks(place: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.max(case((ranked.c.rank == place, ranked.c.opened_at), else_=null()))

    median = (ranks((ranked.c.many + 1) // 2) + ranks(ranked.c.many // 2 + 1)) // 2
    return select(
        func.max(ranked.c.many).label("many"),
        median.label("median"),
        func.min(ranked.c.opened_at).label("oldest"),
    )


def _tally_from(row: Row) -> FactTally:
    return FactTally(
        is_before=bool(row["is_before"]),
        is_one_touch=bool(row["is_one_touch"]),
        is_first_contact=bool(row["is_first_contact"]),
        **{name: row[name] for name in ("kind", "team", "other", "agent", "many")},
    )


def _lengths_from(row: Row) -> LengthsOf:
    took, worked = (
        Lengths(
            many=row["many"],
            median=timedelta(microseconds=int(row[f"{name}_median"])),
            ninetieth=timedelta(microseconds=int(row[f"{name}_ninetieth"])),
        )
        for name in ("took", "worked")
    )
    return LengthsOf(
        is_before=bool(row["is_before"]), kind=row["kind"], value=row["value"], took=took, worked=worked
    )
