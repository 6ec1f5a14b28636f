"""New requests, told apart by one property. Lists in a column are counted by their text and taken apart here."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, Select, case, func, literal, select

from bot.domain.calendars.iso_weeks import offsets
from bot.domain.directory import Person, groups_of
from bot.ports.storage.figures.figures import RequestDimension
from bot.ports.storage.reports import ReportQuery
from storage.engine.columns import from_json, micros, span
from storage.engine.session import Session
from storage.engine.statements import JsonText
from storage.repositories.figures.periods import before, number, of_teams, within
from storage.tables.desk import tickets, written
from storage.tables.fields import ticket_fields
from storage.tables.people import people
from storage.tables.tickets.figures import ticket_facts

_HOUR: Final = timedelta(hours=1)
_HOURS: Final = 168
_TO_MONDAY: Final = 72
"""Hours: the first of January 1970 was a Thursday."""

_moved = ticket_facts.alias("first_move")
OPENED_FOR: Final[ColumnElement[str]] = func.coalesce(_moved.c.team, tickets.c.team)
"""The one that it was opened for: the one that its first move left."""


def with_first_move(source: FromClause) -> FromClause:
    """These tickets with what `OPENED_FOR` is asked of."""
    first = (_moved.c.ticket_id == tickets.c.id) & (_moved.c.kind == written("moved")) & _moved.c.is_first
    return source.join(_moved, first, isouter=True)


def opened_by(session: Session, asked: ReportQuery, by: RequestDimension) -> Mapping[tuple[bool, str], int]:
    counted: Counter[tuple[bool, str]] = Counter()
    taken_apart = _TAKEN_APART.get(by)
    for row in session.fetch_made(_question(asked, by)):
        values = [_value(row)] if taken_apart is None else taken_apart(row["value"])
        for value in values or [""]:
            counted[bool(row["is_before"]), value] += row["many"]
    return counted


def opened_by_group(
    session: Session, asked: ReportQuery, listed: Mapping[str, frozenset[str]]
) -> Mapping[tuple[bool, str], int]:
    """A line a requester, whom the groups of `desk.yaml` may list by key, address or another group."""
    counted: Counter[tuple[bool, str]] = Counter()
    person = (tickets.c.requester, people.c.email)
    question = _question(asked, RequestDimension.GROUP).add_columns(*person).group_by(*person)
    for row in session.fetch_made(question):
        requester = Person(
            key=row["requester"], name="", email=row["email"], groups=frozenset(_listed(row["value"]))
        )
        for value in groups_of(requester, listed) or [""]:
            counted[bool(row["is_before"]), value] += row["many"]
    return counted


def opened_by_field(session: Session, asked: ReportQuery) -> Mapping[tuple[bool, str], int]:
    """In any letter case, as fields are searched; each request once, however often a value stands in its field."""
    field = (ticket_fields.c.name, ticket_fields.c.folded)
    question = _of_period(asked).join(ticket_fields, ticket_fields.c.ticket_id == tickets.c.id)
    question = question.add_columns(
        *field,
        func.min(ticket_fields.c.value).label("value"),
        func.count(tickets.c.id.distinct()).label("many"),
    )
    rows = session.fetch_made(question.group_by(before(tickets.c.opened_at, asked), *field))
    spelled: dict[tuple[str, str], str] = {}
    for row in rows:
        known = row["name"], row["folded"]
        spelled[known] = min(spelled.get(known, row["value"]), row["value"])
    return {
        (bool(row["is_before"]), f"{row['name']}={spelled[row['name'], row['folded']]}"): row["many"]
        for row in rows
    }


def _value(row: Mapping[str, Any]) -> str:
    return "" if row["value"] is None else str(row["value"])


def _listed(value: str | None) -> Iterable[str]:
    return () if value is None else from_json(value)


_TAKEN_APART: Final[Mapping[RequestDimension, Callable[[str | None], Iterable[str]]]] = {
    RequestDimension.TAG: _listed,
    RequestDimension.GROUP: _listed,
}


def _question(asked: ReportQuery, by: RequestDimension) -> Select[Any]:
    is_hour = by is RequestDimension.HOUR
    value = hour_of_week(asked.zone, asked.earlier[0], asked.until) if is_hour else _COLUMNS[by]
    counted = (value.label("value"), func.count(literal(1)).label("many"))
    question = _of_period(asked).add_columns(*counted).group_by(before(tickets.c.opened_at, asked), value)
    if by is RequestDimension.GROUP:
        return question.join(people, people.c.key == tickets.c.requester, isouter=True)
    return question


def _of_period(asked: ReportQuery) -> Select[Any]:
    """Whether it is the period before, of each request of both."""
    return (
        select(before(tickets.c.opened_at, asked).label("is_before"))
        .select_from(with_first_move(tickets))
        .where(within(tickets.c.opened_at, asked), *of_teams(OPENED_FOR, asked.teams))
    )


_COLUMNS: Final[Mapping[RequestDimension, ColumnElement[Any]]] = {
    RequestDimension.TEAM: OPENED_FOR,
    RequestDimension.INBOX: tickets.c.inbox,
    RequestDimension.CATEGORY: JsonText(tickets.c.fields, "category"),
    RequestDimension.TAG: tickets.c.tags,
    RequestDimension.GROUP: people.c.groups,
    RequestDimension.LANGUAGE: tickets.c.language,
}


def hour_of_week(zone: ZoneInfo, since: datetime, until: datetime) -> ColumnElement[int]:
    """When a ticket was opened then by the clock of the zone, 0 for the hour after Monday's midnight."""
    at = tickets.c.opened_at
    first, *changes = offsets(zone, since, until)
    ahead: ColumnElement[int] = number(span(first[1]))
    if changes:
        whens = [
            (at >= number(micros(change)), number(span(ahead_then)))
            for change, ahead_then in reversed(changes)
        ]
        ahead = case(*whens, else_=ahead)
    hours = (at + ahead) // number(span(_HOUR)) + number(_TO_MONDAY)
    return hours % number(_HOURS)
