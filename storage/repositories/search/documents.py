"""What is indexed of tickets, messages and people: written by the repositories that write these themselves.

A ticket's tags are the team's, as notes are, so they are a document apart from its subject. Its fields are with the
tags: which of them are for agents may change, and what requesters answered in a form stands in their message.
"""

from typing import Final

from sqlalchemy import bindparam, delete, update

from bot.domain.directory import Person
from bot.domain.search.words import document_of
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.custom_field import CATEGORY
from bot.domain.tickets.ticket import Ticket
from storage.engine.columns import Row
from storage.engine.ids import IdMaker
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.search import search_documents

COLUMNS: Final = ("id", "ticket_id", "person", "is_internal", "weight", "words")
CHANGED: Final = "SET words = excluded.words WHERE search_documents.words <> excluded.words"
NEW_DOCUMENT: Final = Insertion(search_documents, COLUMNS)
DOCUMENT: Final = Insertion(search_documents, COLUMNS, on_conflict=f" ON CONFLICT (id) DO UPDATE {CHANGED}")
PERSONS_DOCUMENT: Final = Insertion(
    search_documents,
    COLUMNS,
    on_conflict=f" ON CONFLICT (person) WHERE person IS NOT NULL DO UPDATE {CHANGED}",
)
REMOVE = delete(search_documents).where(search_documents.c.id == bindparam("the_id"))
MOVE = (
    update(search_documents)
    .where(search_documents.c.id == bindparam("the_id"))
    .values(ticket_id=bindparam("to_ticket"), is_internal=bindparam("internal"))
)
SUBJECTS_WEIGHT: Final = 4
TAGS_WEIGHT: Final = 4
PERSONS_WEIGHT: Final = 3
MESSAGES_WEIGHT: Final = 1


class SearchDocuments:
    """Of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, tuple[object, ...]] = {}
        self._waiting: set[int] = set()

    def know(self, ticket: Ticket) -> None:
        """It is in the index as it is now: it was loaded so."""
        self._known[ticket.id] = _indexed(ticket)

    def add_ticket(self, ticket: Ticket) -> None:
        for row in ticket_rows(ticket):
            self._put(NEW_DOCUMENT, row)
        self.know(ticket)

    def put_ticket(self, ticket: Ticket) -> None:
        """Nothing, while what is indexed of it has not changed since it was loaded."""
        if self._known.get(ticket.id) == _indexed(ticket):
            return
        rows = ticket_rows(ticket)
        for row in rows:
            self._put(DOCUMENT, row)
        for gone in {ticket.id, -ticket.id} - {row["id"] for row in rows}:
            self._session.write(REMOVE, the_id=gone)
        self.know(ticket)

    def add_message(self, message: TicketMessage) -> None:
        for row in message_rows(message):
            self._put(NEW_DOCUMENT, row)

    def put_message(self, message: TicketMessage) -> None:
        rows = message_rows(message)
        for row in rows:
            self._put(DOCUMENT, row)
        if not rows:
            self._session.write(REMOVE, the_id=message.id)

    def move_message(self, message: TicketMessage) -> None:
        self._session.write(
            MOVE, the_id=message.id, to_ticket=message.ticket_id, internal=not message.kind.is_public
        )

    def put_person(self, person: Person, *, new_id: IdMaker) -> None:
        self._session.insert(PERSONS_DOCUMENT, person_row(person, identity=new_id()))

    def _put(self, insertion: Insertion, row: Row) -> None:
        """One statement may not write the same row twice."""
        if row["id"] in self._waiting:
            self._session.flush()
            self._waiting.clear()
        self._waiting.add(row["id"])
        put = self._session.insert_late if insertion is NEW_DOCUMENT else self._session.insert
        put(insertion, row)


def ticket_rows(ticket: Ticket) -> list[Row]:
    asked = document_of(ticket.subject, ticket.fields.get(CATEGORY, ""))
    answers = (value for name, value in ticket.fields.items() if name != CATEGORY)
    kept = document_of(*ticket.tags, *answers)
    return [
        *_row(ticket.id, ticket.id, words=asked, weight=SUBJECTS_WEIGHT, is_internal=False),
        *_row(-ticket.id, ticket.id, words=kept, weight=TAGS_WEIGHT, is_internal=True),
    ]


def message_rows(message: TicketMessage) -> list[Row]:
    """None for one that was deleted, or says nothing in words."""
    if message.is_deleted:
        return []
    words = document_of(message.text, *(file.name for file in message.files))
    is_internal = not message.kind.is_public
    return _row(message.id, message.ticket_id, words=words, weight=MESSAGES_WEIGHT, is_internal=is_internal)


def person_row(person: Person, *, identity: int) -> Row:
    handle = person.key.partition(":")[2]
    words = document_of(person.name, handle, *sorted(person.handles))
    return {
        "id": identity,
        "ticket_id": None,
        "person": person.key,
        "is_internal": False,
        "weight": PERSONS_WEIGHT,
        "words": words,
    }


def _row(identity: int, ticket: int, *, words: str, weight: int, is_internal: bool) -> list[Row]:
    if not words:
        return []
    return [
        {
            "id": identity,
            "ticket_id": ticket,
            "person": None,
            "is_internal": is_internal,
            "weight": weight,
            "words": words,
        }
    ]


def _indexed(ticket: Ticket) -> tuple[object, ...]:
    return ticket.subject, dict(ticket.fields), ticket.tags
