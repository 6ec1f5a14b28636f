"""Who has a message in the morning; the day it was told last moves forward only."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, delete, select, text, update

from bot.domain.reminders.morning_message import MorningMessage
from storage.engine.columns import Row, index_key
from storage.engine.session import Session
from storage.tables.tickets.reminders import morning_messages

PUT: Final = text(
    "INSERT INTO morning_messages (person, minute, told) VALUES (:person, :minute, :told)"
    " ON CONFLICT (person) DO UPDATE SET minute = excluded.minute, told = excluded.told"
)
_is_theirs = morning_messages.c.person == bindparam("the_person")
REMOVE = delete(morning_messages).where(_is_theirs)
OF_PERSON = select(morning_messages).where(_is_theirs)
EVERYBODY = select(morning_messages).order_by(morning_messages.c.person)
TELL = (
    update(morning_messages)
    .where(_is_theirs, morning_messages.c.told < bindparam("day"))
    .values(told=bindparam("day"))
)


class SqlMorningMessages:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, message: MorningMessage) -> None:
        told = message.told.isoformat() if message.told is not None else ""
        self._session.write(PUT, person=index_key(message.person), minute=message.minute, told=told)

    def remove(self, person: str) -> None:
        self._session.write(REMOVE, the_person=index_key(person))

    def of(self, person: str) -> MorningMessage | None:
        row = self._session.fetch_one(OF_PERSON, the_person=index_key(person))
        return None if row is None else _message_from(row)

    def everybody(self) -> Sequence[MorningMessage]:
        return [_message_from(row) for row in self._session.fetch(EVERYBODY)]

    def tell(self, person: str, *, day: date) -> bool:
        return self._session.count(TELL, the_person=index_key(person), day=day.isoformat()) > 0


def _message_from(row: Row) -> MorningMessage:
    told = date.fromisoformat(row["told"]) if row["told"] else None
    return MorningMessage(person=row["person"], minute=row["minute"], told=told)
