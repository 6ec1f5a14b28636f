"""What was found to say the same as a ticket; the words that are compared are the search index's documents."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, exists, literal, not_, select, text, tuple_

from bot.domain.demand.similar import ComparedTicket, SimilarRequest
from bot.ports.storage.demand import AskedRequest
from storage.engine.columns import Row, from_json, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.repositories.demand import ASKED, ASKED_COLUMNS, asked_from
from storage.tables.desk import big, is_live, tickets
from storage.tables.tickets.similar import similar_requests

TO_COMPARE = (
    select(tickets.c.id)
    .where(
        tickets.c.opened_at >= bindparam("since"),
        is_live(tickets.c.status),
        tickets.c.number.is_not(None),
        not_(exists().where(similar_requests.c.ticket_id == tickets.c.id)),
    )
    .order_by(tickets.c.opened_at, tickets.c.id)
    .limit(bindparam("at_most"))
)
ADD: Final = text(
    "INSERT INTO similar_requests (ticket_id, found, is_routine, compared_at)"
    " VALUES (:ticket_id, :found, :is_routine, :compared_at)"
    " ON CONFLICT (ticket_id) DO NOTHING RETURNING ticket_id"
)
GET = select(similar_requests).where(similar_requests.c.ticket_id == bindparam("the_ticket"))
GET_MANY = select(similar_requests).where(ListedIn(similar_requests.c.ticket_id, "listed"))


class SqlSimilarRequests:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._together = ReadTogether(ahead.tickets, self._read_together)

    def to_compare(self, *, since: datetime, limit: int) -> Sequence[int]:
        rows = self._session.fetch(TO_COMPARE, since=micros(since), at_most=limit)
        return [row["id"] for row in rows]

    def add(self, comparison: ComparedTicket, *, now: datetime) -> bool:
        found = [[each.ticket, round(each.degree, 4), each.words] for each in comparison.found]
        added = self._session.fetch_one(
            ADD,
            ticket_id=comparison.ticket,
            found=to_json(found),
            is_routine=comparison.is_routine,
            compared_at=micros(now),
        )
        return added is not None

    def of_ticket(self, ticket_id: int) -> ComparedTicket | None:
        if ticket_id in self._together:
            return self._together[ticket_id]
        row = self._session.fetch_one(GET, the_ticket=ticket_id)
        return None if row is None else _compared(row)

    def words(
        self, *, since: datetime, before: tuple[datetime, int] | None = None, limit: int
    ) -> Sequence[AskedRequest]:
        question = (
            select(*ASKED_COLUMNS)
            .select_from(ASKED)
            .where(tickets.c.opened_at >= literal(micros(since), type_=big()))
            .order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            at, identity = before
            place = tuple_(literal(micros(at), type_=big()), literal(identity, type_=big()))
            question = question.where(tuple_(tickets.c.opened_at, tickets.c.id) < place)
        return [asked_from(row) for row in self._session.fetch_made(question)]

    def _read_together(self, ids: Iterable[int]) -> Mapping[int, ComparedTicket]:
        rows = self._session.fetch(GET_MANY, listed=to_json(sorted(ids)))
        return {row["ticket_id"]: _compared(row) for row in rows}


def _compared(row: Row) -> ComparedTicket:
    found = [
        SimilarRequest(ticket=ticket, degree=degree, words=tuple(words))
        for ticket, degree, words in from_json(row["found"])
    ]
    return ComparedTicket(ticket=row["ticket_id"], found=tuple(found), is_routine=bool(row["is_routine"]))
