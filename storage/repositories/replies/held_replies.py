"""Replies that wait until they leave; one leaves by being removed, in the transaction that does what it says."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, update

from bot.domain.replies.held_reply import HeldReply
from bot.domain.tickets.conversation import StoredFile
from storage.engine.columns import Row, from_json, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.repositories.messages import files_json
from storage.tables.replies import held_replies

HELD: Final = Insertion(held_replies, tuple(held_replies.columns.keys()))
_waits = held_replies.c.taken_back_at.is_(None)
_is_the_one = held_replies.c.id == bindparam("the_id")

GET = select(held_replies).where(_is_the_one)
WAITING_ON = (
    select(held_replies)
    .where(held_replies.c.ticket_id == bindparam("the_ticket"), _waits)
    .order_by(held_replies.c.leaves_at, held_replies.c.id)
)
OF_AUTHOR = (
    select(held_replies)
    .where(held_replies.c.author == bindparam("the_person"), _waits)
    .order_by(held_replies.c.held_at.desc(), held_replies.c.id.desc())
)
DUE = (
    select(held_replies)
    .where(held_replies.c.leaves_at <= bindparam("now"), _waits)
    .order_by(held_replies.c.leaves_at, held_replies.c.id)
    .limit(bindparam("at_most"))
)
TAKE_BACK = update(held_replies).where(_is_the_one, _waits).values(taken_back_at=bindparam("at"))
REMOVE = delete(held_replies).where(_is_the_one, _waits)
FORGET = delete(held_replies).where(held_replies.c.taken_back_at < bindparam("before"))


class SqlHeldReplies:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, held: HeldReply) -> None:
        self._session.insert(
            HELD,
            {
                "id": held.id,
                "ticket_id": held.ticket,
                "author": index_key(held.author),
                "verb": held.verb,
                "options": to_json(dict(held.options)),
                "files": files_json(held.files),
                "held_at": micros(held.held_at),
                "leaves_at": micros(held.leaves_at),
                "taken_back_at": None if held.taken_back_at is None else micros(held.taken_back_at),
            },
        )

    def get(self, held_id: int) -> HeldReply | None:
        row = self._session.fetch_one(GET, the_id=held_id)
        return None if row is None else held_reply_from(row)

    def waiting_on(self, ticket: int) -> Sequence[HeldReply]:
        return [held_reply_from(row) for row in self._session.fetch(WAITING_ON, the_ticket=ticket)]

    def of_author(self, person: str) -> Sequence[HeldReply]:
        rows = self._session.fetch(OF_AUTHOR, the_person=index_key(person))
        return [held_reply_from(row) for row in rows]

    def due(self, now: datetime, *, limit: int) -> Sequence[HeldReply]:
        rows = self._session.fetch(DUE, now=micros(now), at_most=limit)
        return [held_reply_from(row) for row in rows]

    def take_back(self, held_id: int, *, at: datetime) -> None:
        self._session.write(TAKE_BACK, the_id=held_id, at=micros(at))

    def remove(self, held_id: int) -> bool:
        return self._session.count(REMOVE, the_id=held_id) > 0

    def forget_taken_back(self, *, before: datetime) -> None:
        self._session.write(FORGET, before=micros(before))


def held_reply_from(row: Row) -> HeldReply:
    taken_back_at = row["taken_back_at"]
    return HeldReply(
        id=row["id"],
        ticket=row["ticket_id"],
        author=row["author"],
        verb=row["verb"],
        options=from_json(row["options"]),
        files=tuple(StoredFile(**file) for file in from_json(row["files"])),
        held_at=instant(row["held_at"]),
        leaves_at=instant(row["leaves_at"]),
        taken_back_at=None if taken_back_at is None else instant(taken_back_at),
    )
