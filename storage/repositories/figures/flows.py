"""What came and went in a time, each for the team of that moment, and what is open now."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, or_, select, union_all

from bot.domain.figures.ticket_facts import FactKind
from bot.domain.tickets.ticket import Status
from bot.ports.storage.reports import Flow, ReportQuery, TicketDimension
from storage.engine.columns import micros
from storage.engine.session import Session
from storage.engine.statements import JsonText
from storage.repositories.figures.periods import of_teams
from storage.repositories.figures.requests import OPENED_FOR, with_first_move
from storage.tables.desk import is_live, tickets, written
from storage.tables.tickets.figures import ticket_facts

_is_closed_alone = and_(
    tickets.c.status == written(Status.CLOSED),
    tickets.c.first_replied_at.is_(None),
    tickets.c.resolved_at.is_not(None),
    tickets.c.closed_at.is_not(None),
    tickets.c.resolved_at == tickets.c.closed_at,
)
"""Without an answer, and not resolved before; closing notes the same instant twice."""
IS_EXCLUDED: Final = or_(tickets.c.merged_into.is_not(None), _is_closed_alone)
"""`Ticket.is_excluded`. It is never NULL, so that it may be turned round."""
_fact = ticket_facts.c
_those = ticket_facts.join(tickets, tickets.c.id == _fact.ticket_id)
_HAPPENED: Final = {"answered": FactKind.ANSWERED, "resolved": FactKind.RESOLVED}
"""Counted as figures count them, so that no two reports differ: each resolution, for the team of then."""
_FLOW: Final = tuple(field.name for field in fields(Flow))
_COLUMNS: Final[Mapping[TicketDimension, ColumnElement[Any]]] = {
    TicketDimension.INBOX: tickets.c.inbox,
    TicketDimension.PRIORITY: tickets.c.priority,
    TicketDimension.PLATFORM: tickets.c.origin_platform,
    TicketDimension.CATEGORY: JsonText(tickets.c.fields, "category"),
}


def flows_by(session: Session, asked: ReportQuery, by: TicketDimension) -> Mapping[str, Flow]:
    """One statement; values of which nothing is counted are left out."""
    found: dict[str, dict[str, int]] = {}
    for row in session.fetch_made(union_all(*_counts(asked, by))):
        found.setdefault(row["value"] or "", dict.fromkeys(_FLOW, 0))[row["name"]] = row["many"]
    return {value: Flow(**counts) for value, counts in found.items()}


def flow_of(session: Session, asked: ReportQuery) -> Flow:
    flows = flows_by(session, asked, TicketDimension.TEAM).values()
    return Flow(**{name: sum(getattr(each, name) for each in flows) for name in _FLOW})


def _counts(asked: ReportQuery, by: TicketDimension) -> Iterator[Select[Any]]:
    def within(at: ColumnElement[Any]) -> ColumnElement[bool]:
        return at.between(micros(asked.since), micros(asked.until) - 1)

    def counted(name: str, *, team: ColumnElement[str], source: FromClause = tickets) -> Select[Any]:
        value = team if by is TicketDimension.TEAM else _COLUMNS[by]
        many = func.count(literal(1)).label("many")
        question = select(written(name).label("name"), value.label("value"), many).select_from(source)
        return question.where(*of_teams(team, asked.teams)).group_by(value)

    opened = counted("opened", team=OPENED_FOR, source=with_first_move(tickets))
    yield opened.where(within(tickets.c.opened_at))
    for name, kind in _HAPPENED.items():
        happened = counted(name, team=_fact.team, source=_those)
        yield happened.where(_fact.kind == written(kind.value), within(_fact.at))
    yield counted("live", team=tickets.c.team).where(is_live(tickets.c.status))
