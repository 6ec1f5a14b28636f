"""What was there before the index is read into it: people, then tickets with what was said on them, batch by batch.

A batch is one short transaction that locks its tickets, so that nothing said meanwhile is written over by what was
read a moment before. Where the last one ended is kept, and several replicas take turns.
"""

from typing import Any, Final

from sqlalchemy import bindparam, delete, select, text, update

from storage.engine.columns import to_json
from storage.engine.ids import IdMaker
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.repositories.messages import message_from
from storage.repositories.people.people import person_from
from storage.repositories.search.documents import (
    NEW_DOCUMENT,
    PERSONS_DOCUMENT,
    message_rows,
    person_row,
    ticket_rows,
)
from storage.repositories.tickets import ticket_from
from storage.tables.desk import messages, tickets
from storage.tables.people import people
from storage.tables.search import search_documents, search_progress

PEOPLE: Final = "people"
TICKETS: Final = "tickets"

NEXT_PART = (
    select(search_progress).order_by(search_progress.c.part).limit(1).with_for_update(skip_locked=True)
)
ANY_PART = select(search_progress.c.part).limit(1)
BEGIN: Final = text(
    "INSERT INTO search_progress (part, after) VALUES ('people', ''), ('tickets', '0')"
    " ON CONFLICT (part) DO UPDATE SET after = excluded.after"
)
MOVE_ON = (
    update(search_progress)
    .where(search_progress.c.part == bindparam("of_part"))
    .values(after=bindparam("behind"))
)
END = delete(search_progress).where(search_progress.c.part == bindparam("of_part"))
SOME_PEOPLE = (
    select(people).where(people.c.key > bindparam("behind")).order_by(people.c.key).limit(bindparam("many"))
)
SOME_TICKETS = (
    select(tickets)
    .where(tickets.c.id > bindparam("behind"))
    .order_by(tickets.c.id)
    .limit(bindparam("many"))
    .with_for_update(key_share=True)
)
THEIR_MESSAGES = select(messages).where(ListedIn(messages.c.ticket_id, "listed"))
THEIR_DOCUMENTS = delete(search_documents).where(ListedIn(search_documents.c.ticket_id, "listed"))


def is_complete(session: Session) -> bool:
    return session.fetch_one(ANY_PART) is None


def begin_anew(session: Session) -> None:
    session.write(BEGIN)


def index_more(session: Session, *, limit: int, new_id: IdMaker) -> bool:
    """Returns whether there is more to do for whoever asks: not while another replica does it."""
    part = session.fetch_one(NEXT_PART)
    if part is None:
        return False
    if part["part"] == PEOPLE:
        last = _index_people(session, part["after"], limit=limit, new_id=new_id)
    else:
        last = _index_tickets(session, int(part["after"]), limit=limit)
    if last is None:
        session.write(END, of_part=part["part"])
    else:
        session.write(MOVE_ON, of_part=part["part"], behind=last)
    return last is not None or part["part"] == PEOPLE


def _index_people(session: Session, behind: str, *, limit: int, new_id: IdMaker) -> str | None:
    """The last key, or None once that was all."""
    found = [person_from(row) for row in session.fetch(SOME_PEOPLE, behind=behind, many=limit)]
    for person in found:
        session.insert(PERSONS_DOCUMENT, person_row(person, identity=new_id()))
    return found[-1].key if len(found) == limit else None


def _index_tickets(session: Session, behind: int, *, limit: int) -> str | None:
    rows: list[dict[str, Any]] = session.fetch(SOME_TICKETS, behind=behind, many=limit)
    if not rows:
        return None
    listed = to_json([row["id"] for row in rows])
    said = session.fetch(THEIR_MESSAGES, listed=listed)
    session.write(THEIR_DOCUMENTS, listed=listed)
    documents = [each for row in rows for each in ticket_rows(ticket_from(row))]
    documents += (each for row in said for each in message_rows(message_from(row)))
    for document in documents:
        session.insert_late(NEW_DOCUMENT, document)
    return str(rows[-1]["id"]) if len(rows) == limit else None
