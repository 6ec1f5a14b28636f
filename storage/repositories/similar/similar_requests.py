"""What was found to say the same as a ticket; the words that are compared are the search index's documents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, exists, literal, not_, select, text, tuple_

from bot.domain.demand.similar import ComparedTicket, SimilarRequest
from bot.ports.storage.demand import AskedRequest
from storage.engine.columns import from_json, micros, to_json
from storage.engine.session import Session
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


class SqlSimilarRequests:
    def __init__(self, session: Session) -> None:
        self._session = session

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
        row = self._session.fetch_one(GET, the_ticket=ticket_id)
        if row is None:
            return None
        found = [
            SimilarRequest(ticket=ticket, degree=degree, words=tuple(words))
            for ticket, degree, words in from_json(row["found"])
        ]
        return ComparedTicket(ticket=ticket_id, found=tuple(found), is_routine=bool(row["is_routine"]))

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
