"""Who is writing on which ticket; each person once for a ticket."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from bot.domain.replies.writer import Writer
from storage.engine.columns import Row, index_key, instant, micros
from storage.engine.session import Session
from storage.tables.replies import writers

PUT: Final = text(
    "INSERT INTO writers (ticket_id, person, is_note, since) VALUES (:ticket_id, :person, :is_note, :since)"
    " ON CONFLICT (ticket_id, person) DO UPDATE SET is_note = excluded.is_note, since = excluded.since"
)
REMOVE = delete(writers).where(
    writers.c.ticket_id == bindparam("the_ticket"), writers.c.person == bindparam("the_person")
)
OF_TICKET = (
    select(writers)
    .where(writers.c.ticket_id == bindparam("the_ticket"))
    .order_by(writers.c.since, writers.c.person)
)
EVERYBODY = select(writers).order_by(writers.c.since, writers.c.person)
FORGET = delete(writers).where(writers.c.since < bindparam("at"))


class SqlWriters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, writer: Writer) -> None:
        self._session.write(
            PUT,
            ticket_id=writer.ticket,
            person=index_key(writer.person),
            is_note=writer.is_note,
            since=micros(writer.since),
        )

    def remove(self, ticket: int, person: str) -> None:
        self._session.write(REMOVE, the_ticket=ticket, the_person=index_key(person))

    def of_ticket(self, ticket: int) -> Sequence[Writer]:
        return [_writer_from(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket)]

    def everybody(self) -> Sequence[Writer]:
        return [_writer_from(row) for row in self._session.fetch(EVERYBODY)]

    def forget_before(self, at: datetime) -> None:
        self._session.write(FORGET, at=micros(at))


def _writer_from(row: Row) -> Writer:
    return Writer(
        ticket=row["ticket_id"],
        person=row["person"],
        is_note=bool(row["is_note"]),
        since=instant(row["since"]),
    )
