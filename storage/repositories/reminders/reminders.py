"""Reminders; those still to be told have a `next_at`, by which they are found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, or_, select, update

from bot.domain.reminders.reminder import Reminder
from storage.engine.columns import Row, clean, index_key, instant, instant_or_none, micros, micros_or_none
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.tickets.reminders import reminders

MOST_FORGOTTEN: Final = 20
"""At once; whoever sets a reminder waits for it."""
REMINDER: Final = Insertion(reminders, tuple(reminders.columns.keys()))
_CHANGES: Final = ("words", "set_at", "due_at", "next_at", "told_at", "ended_at")
_waits = reminders.c.next_at.is_not(None)
_soonest_first = (reminders.c.due_at, reminders.c.id)

GET = select(reminders).where(reminders.c.id == bindparam("the_id"))
SAVE = (
    update(reminders)
    .where(reminders.c.id == bindparam("the_id"))
    .values({name: bindparam(name) for name in _CHANGES})
)
DUE = (
    select(reminders)
    .where(_waits, reminders.c.next_at <= bindparam("now"))
    .order_by(reminders.c.next_at, reminders.c.id)
    .limit(bindparam("at_most"))
)
WAITING_OF = (
    select(reminders)
    .where(
        _waits,
        or_(reminders.c.person == bindparam("the_person"), reminders.c.author == bindparam("the_person")),
    )
    .order_by(*_soonest_first)
)
_over = (
    select(reminders.c.id)
    .where(
        reminders.c.next_at.is_(None),
        reminders.c.due_at < bindparam("before"),
        func.coalesce(reminders.c.ended_at, reminders.c.told_at) < bindparam("before"),
    )
    .order_by(reminders.c.due_at)
    .limit(MOST_FORGOTTEN)
)
FORGET = delete(reminders).where(reminders.c.id.in_(_over))


class SqlReminders:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, reminder: Reminder) -> None:
        kept = {
            "id": reminder.id,
            "ticket_id": reminder.ticket,
            "person": index_key(reminder.person),
            "author": index_key(reminder.author),
        }
        self._session.insert(REMINDER, kept | _changing(reminder))

    def get(self, reminder_id: int) -> Reminder | None:
        row = self._session.fetch_one(GET, the_id=reminder_id)
        return None if row is None else reminder_from(row)

    def save(self, reminder: Reminder) -> None:
        self._session.write(SAVE, the_id=reminder.id, **_changing(reminder))

    def due(self, now: datetime, *, limit: int) -> Sequence[Reminder]:
        return [reminder_from(row) for row in self._session.fetch(DUE, now=micros(now), at_most=limit)]

    def waiting_of(self, person: str) -> Sequence[Reminder]:
        rows = self._session.fetch(WAITING_OF, the_person=index_key(person))
        return [reminder_from(row) for row in rows]

    def forget_before(self, before: datetime) -> None:
        self._session.write(FORGET, before=micros(before))


def _changing(reminder: Reminder) -> Row:
    return {
        "words": clean(reminder.words),
        "set_at": micros(reminder.set_at),
        "due_at": micros(reminder.due_at),
        "next_at": micros_or_none(reminder.next_at),
        "told_at": micros_or_none(reminder.told_at),
        "ended_at": micros_or_none(reminder.ended_at),
    }


def reminder_from(row: Row) -> Reminder:
    return Reminder(
        id=row["id"],
        ticket=row["ticket_id"],
        person=row["person"],
        author=row["author"],
        words=row["words"],
        set_at=instant(row["set_at"]),
        due_at=instant(row["due_at"]),
        next_at=instant_or_none(row["next_at"]),
        told_at=instant_or_none(row["told_at"]),
        ended_at=instant_or_none(row["ended_at"]),
    )
