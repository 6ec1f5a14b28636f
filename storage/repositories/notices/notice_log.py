"""What was told to whom. Rows are only inserted; the database gives their order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from bot.domain.notices.notice_record import NoticeEvent, NoticeHold, NoticeReach, NoticeRecord
from storage.engine.columns import Row, instant, micros
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.notices import notices

COLUMNS: Final = (
    "ticket_id",
    "event",
    "recipient",
    "at",
    "reach",
    "hold",
    "instead_of",
    "message_id",
    "conversation_id",
)
RECORD: Final = Insertion(notices, COLUMNS)
OF_TICKET = (
    select(notices)
    .where(notices.c.ticket_id == bindparam("the_ticket"), notices.c.at > bindparam("after"))
    .order_by(notices.c.id.desc())
    .limit(bindparam("at_most"))
)
MENTIONED = (
    select(notices.c.recipient)
    .where(
        notices.c.message_id == bindparam("the_message"),
        notices.c.conversation_id == bindparam("the_conversation"),
        notices.c.reach == NoticeReach.THREAD.value,
    )
    .order_by(notices.c.id)
)
ON_CARD = (
    select(notices.c.recipient)
    .where(
        notices.c.ticket_id == bindparam("the_ticket"),
        notices.c.conversation_id == bindparam("the_conversation"),
        notices.c.reach == NoticeReach.CARD.value,
    )
    .order_by(notices.c.id)
)
EVER = -1
"""Before any instant that is stored, in microseconds since 1970."""


class SqlNoticeLog:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: NoticeRecord) -> None:
        self._session.insert(
            RECORD,
            {
                "ticket_id": record.ticket,
                "event": record.event,
                "recipient": record.recipient,
                "at": micros(record.at),
                "reach": record.reach,
                "hold": record.hold,
                "instead_of": record.instead_of,
                "message_id": record.message,
                "conversation_id": record.conversation,
            },
        )

    def of_ticket(
        self, ticket: int, *, after: datetime | None = None, limit: int = 200
    ) -> Sequence[NoticeRecord]:
        since = EVER if after is None else micros(after)
        rows = self._session.fetch(OF_TICKET, the_ticket=ticket, after=since, at_most=limit)
        return [record_from(row) for row in reversed(rows)]

    def on_card(self, ticket: int, *, conversation: int) -> Sequence[str]:
        rows = self._session.fetch(ON_CARD, the_ticket=ticket, the_conversation=conversation)
        return list(dict.fromkeys(row["recipient"] for row in rows))

    def mentioned(self, message: int, *, conversation: int) -> Sequence[str]:
        rows = self._session.fetch(MENTIONED, the_message=message, the_conversation=conversation)
        return list(dict.fromkeys(row["recipient"] for row in rows))


def record_from(row: Row) -> NoticeRecord:
    return NoticeRecord(
        ticket=row["ticket_id"],
        event=NoticeEvent(row["event"]),
        recipient=row["recipient"],
        at=instant(row["at"]),
        reach=NoticeReach(row["reach"]) if row["reach"] else None,
        hold=NoticeHold(row["hold"]) if row["hold"] else None,
        instead_of=row["instead_of"],
        message=row["message_id"],
        conversation=row["conversation_id"],
    )
