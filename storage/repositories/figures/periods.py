"""Conditions of a period and of the one before it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, literal_column, not_

from bot.ports.storage.reports import ReportQuery
from storage.engine.columns import micros
from storage.tables.desk import big


def within(at: ColumnElement[int], asked: ReportQuery) -> ColumnElement[bool]:
    """In the period, or in the one before it."""
    since, until = micros(asked.since), micros(asked.until)
    first, end = map(micros, asked.earlier)
    if end == since:
        return and_(at >= number(first), at < number(until))
    in_gap = and_(at >= number(end), at < number(since))
    return and_(at >= number(first), at < number(until), not_(in_gap))


def before(at: ColumnElement[int], asked: ReportQuery) -> ColumnElement[int]:
    """1 for what is in the period before."""
    return case((at < number(micros(asked.since)), number(1)), else_=number(0))


def of_teams(team: ColumnElement[str], teams: frozenset[str] | None) -> Sequence[ColumnElement[bool]]:
    return () if teams is None else (team.in_(sorted(teams)),)


def number(value: int) -> ColumnElement[int]:
    """Written into the statement, so that PostgreSQL sees that what is grouped by is what is selected."""
    return literal_column(str(value), big())
