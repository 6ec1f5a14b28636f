"""What was told to whom. Rows are only inserted; the database gives their order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from bot.domain.notices.notice_record import NoticeEvent, NoticeHold, NoticeReach, NoticeRecord
from storage.engine.columns import Row, instant, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
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
MENTIONED_BY_MANY = (
    select(notices.c.message_id, notices.c.conversation_id, notices.c.recipient)
    .where(ListedIn(notices.c.message_id, "listed"), notices.c.reach == NoticeReach.THREAD.value)
    .order_by(notices.c.id)
)
ON_CARDS = (
    select(notices.c.ticket_id, notices.c.conversation_id, notices.c.recipient)
    .where(ListedIn(notices.c.ticket_id, "listed"), notices.c.reach == NoticeReach.CARD.value)
    .order_by(notices.c.id)
)
Recipients = dict[int, dict[str, None]]
"""Keys of people in the order in which they were told, by the conversation."""
EVER = -1
"""Before any instant that is stored, in microseconds since 1970."""


class SqlNoticeLog:
    def __init__(self, session: Session, *, ahead: ReadAhead) -> None:
        self._session = session
        self._on_cards = ReadTogether(ahead.tickets, self._read_on_cards)
        self._in_threads = ReadTogether(ahead.messages, self._read_mentioned)

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
        if ticket in self._on_cards:
            return list((self._on_cards[ticket] or {}).get(conversation, ()))
        rows = self._session.fetch(ON_CARD, the_ticket=ticket, the_conversation=conversation)
        return list(dict.fromkeys(row["recipient"] for row in rows))

    def mentioned(self, message: int, *, conversation: int) -> Sequence[str]:
        if message in self._in_threads:
            return list((self._in_threads[message] or {}).get(conversation, ()))
        rows = self._session.fetch(MENTIONED, the_message=message, the_conversation=conversation)
        return list(dict.fromkeys(row["recipient"] for row in rows))

    def _read_on_cards(self, tickets: Iterable[int]) -> Mapping[int, Recipients]:
        rows = self._session.fetch(ON_CARDS, listed=to_json(sorted(tickets)))
        return _recipients(rows, by="ticket_id")

    def _read_mentioned(self, messages: Iterable[int]) -> Mapping[int, Recipients]:
        rows = self._session.fetch(MENTIONED_BY_MANY, listed=to_json(sorted(messages)))
        return _recipients(rows, by="message_id")


def _recipients(rows: Iterable[Row], *, by: str) -> Mapping[int, Recipients]:
    found: dict[int, Recipients] = {}
    for row in rows:
        found.setdefault(row[by], {}).setdefault(row["conversation_id"], {})[row["recipient"]] = None
    return found


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
