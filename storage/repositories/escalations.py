"""Escalations under way after a warning or a breach, and the tickets whose next step has come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Integer, Text, bindparam, case, func, literal, select, update

from bot.domain.escalations.escalation import Escalation
from bot.domain.tickets.ticket import Ticket
from storage.engine.columns import (
    Row,
    from_json,
    instant,
    instant_or_none,
    micros,
    micros_or_none,
    span,
    to_json,
)
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.repositories.tickets import lock_due, locking_due
from storage.tables.desk import escalations, written

COLUMNS: Final = tuple(escalations.columns.keys())
ESCALATION: Final = Insertion(escalations, COLUMNS)
CHANGING: Final = tuple(name for name in COLUMNS if name not in ("id", "ticket_id", "timer_id", "began_at"))

OF_TICKET = (
    select(escalations).where(escalations.c.ticket_id == bindparam("ticket_id")).order_by(escalations.c.id)
)
GET_MANY = select(escalations).where(ListedIn(escalations.c.id, "listed"))
UNDER_WAY = (
    select(escalations)
    .where(escalations.c.ended_at.is_(None), ListedIn(escalations.c.ticket_id, "listed"))
    .order_by(escalations.c.id)
)
TOLD_IN = (
    select(escalations)
    .where(escalations.c.ended_at.is_(None), escalations.c.told.like(bindparam("holding")))
    .order_by(escalations.c.id)
    .limit(bindparam("at_most", type_=Integer()))
)
"""Of those under way, which are few among all that were."""
SAVE = (
    update(escalations)
    .where(escalations.c.id == bindparam("the_id"))
    .values({name: bindparam(name) for name in CHANGING})
)
_with_key = func.substr(escalations.c.told, 1, func.length(escalations.c.told) - 1)
NOTE_TOLD = (
    update(escalations)
    .where(ListedIn(escalations.c.id, "listed"))
    .values(
        told=case((escalations.c.told == written("[]"), literal("[")), else_=_with_key.concat(", "))
        .concat(bindparam("key", type_=Text()))
        .concat("]")
    )
)
"""`told` is a JSON list of texts."""
LOCK_DUE = locking_due(escalations.c.next_at, of=escalations.c.ticket_id)
NEXT_DUE = (
    select(escalations.c.next_at)
    .where(escalations.c.next_at.is_not(None))
    .order_by(escalations.c.next_at)
    .limit(1)
)


class SqlEscalations:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, escalation: Escalation) -> None:
        self._session.insert(ESCALATION, row_of(escalation))

    def save(self, escalation: Escalation) -> None:
        row = row_of(escalation)
        self._session.write(SAVE, the_id=escalation.id, **{name: row[name] for name in CHANGING})

    def of_ticket(self, ticket_id: int) -> Sequence[Escalation]:
        return [escalation_from(row) for row in self._session.fetch(OF_TICKET, ticket_id=ticket_id)]

    def get_many(self, ids: Iterable[int]) -> Mapping[int, Escalation]:
        listed = sorted(set(ids))
        if not listed:
            return {}
        found = map(escalation_from, self._session.fetch(GET_MANY, listed=to_json(listed)))
        return {each.id: each for each in found}

    def note_told(self, ids: Iterable[int], *, key: str) -> None:
        listed = sorted(set(ids))
        if listed:
            self._session.write(NOTE_TOLD, listed=to_json(listed), key=to_json(key))

    def under_way(self, tickets: Iterable[int]) -> Sequence[Escalation]:
        listed = sorted(set(tickets))
        if not listed:
            return []
        return [escalation_from(row) for row in self._session.fetch(UNDER_WAY, listed=to_json(listed))]

    def told_in(self, beginning: str, *, limit: int) -> Sequence[Escalation]:
        found = self._session.fetch(TOLD_IN, holding=f'%"{beginning}%', at_most=limit)
        return [escalation_from(row) for row in found]

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        return lock_due(self._session, LOCK_DUE, now=now, limit=limit)

    def next_due_at(self) -> datetime | None:
        row = self._session.fetch_one(NEXT_DUE)
        return None if row is None else instant(row["next_at"])


def row_of(escalation: Escalation) -> Row:
    return {
        "id": escalation.id,
        "ticket_id": escalation.ticket_id,
        "timer_id": escalation.timer_id,
        "stage": escalation.stage,
        "is_breach": escalation.is_breach,
        "began_at": micros(escalation.began_at),
        "climbed": escalation.climbed,
        "waited": span(escalation.waited),
        "waiting_since": micros_or_none(escalation.waiting_since),
        "next_at": micros_or_none(escalation.next_at),
        "acknowledged_by": escalation.acknowledged_by,
        "acknowledged_at": micros_or_none(escalation.acknowledged_at),
        "snoozed_until": micros_or_none(escalation.snoozed_until),
        "snooze_reason": escalation.snooze_reason,
        "ended_at": micros_or_none(escalation.ended_at),
        "snoozed_by": escalation.snoozed_by,
        "told": to_json(escalation.told),
    }


def escalation_from(row: Row) -> Escalation:
    return Escalation(
        id=row["id"],
        ticket_id=row["ticket_id"],
        timer_id=row["timer_id"],
        stage=row["stage"],
        is_breach=bool(row["is_breach"]),
        began_at=instant(row["began_at"]),
        climbed=row["climbed"],
        waited=timedelta(microseconds=row["waited"]),
        waiting_since=instant_or_none(row["waiting_since"]),
        next_at=instant_or_none(row["next_at"]),
        acknowledged_by=row["acknowledged_by"],
        acknowledged_at=instant_or_none(row["acknowledged_at"]),
        snoozed_until=instant_or_none(row["snoozed_until"]),
        snooze_reason=row["snooze_reason"],
        ended_at=instant_or_none(row["ended_at"]),
        snoozed_by=row["snoozed_by"],
        told=tuple(from_json(row["told"])),
    )
