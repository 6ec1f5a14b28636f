"""What was said on tickets, with every revision kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import MessageKind, PublicMessage, StoredFile, TicketMessage
from bot.domain.tickets.ticket import Ticket
from storage.engine.columns import Row, from_json, instant, micros, to_json
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.repositories.search.documents import SearchDocuments
from storage.tables.desk import conversations, message_revisions, messages, tickets

MESSAGE: Final = Insertion(messages, tuple(messages.columns.keys()))
REVISION: Final = Insertion(message_revisions, tuple(message_revisions.columns.keys()))

GET = select(messages).where(messages.c.id == bindparam("message_id"))
GET_MANY = select(messages).where(ListedIn(messages.c.id, "listed"))
WITH_PLATFORM_ID = (
    select(messages)
    .join(conversations, conversations.c.id == messages.c.said_in)
    .where(
        messages.c.platform_id == bindparam("platform_id"),
        conversations.c.platform == bindparam("platform"),
        conversations.c.channel == bindparam("channel"),
    )
    .order_by(messages.c.id)
    .limit(1)
)
OF_TICKET = (
    select(messages)
    .where(messages.c.ticket_id == bindparam("ticket_id"))
    .order_by(messages.c.said_at, messages.c.id)
)
OF_TICKETS = (
    select(messages)
    .where(ListedIn(messages.c.ticket_id, "listed"))
    .order_by(messages.c.said_at, messages.c.id)
)
FIRST_WORDS = (
    select(tickets.c.id.label("ticket_id"), message_revisions.c.text)
    .join(message_revisions, message_revisions.c.message_id == tickets.c.opening)
    .where(ListedIn(tickets.c.id, "listed"), message_revisions.c.revision == 1)
)
REVISE = (
    update(messages)
    .where(messages.c.id == bindparam("the_id"))
    .values(
        {
            name: bindparam(name)
            for name in ("text", "platform_id", "platform_revision", "revision", "is_deleted", "files")
        }
    )
)
MOVE = (
    update(messages)
    .where(messages.c.id == bindparam("the_id"))
    .values({name: bindparam(name) for name in ("ticket_id", "said_in", "kind")})
)
HISTORY = (
    select(message_revisions)
    .where(message_revisions.c.message_id == bindparam("message_id"))
    .order_by(message_revisions.c.revision)
)


class SqlMessages:
    def __init__(self, session: Session, *, documents: SearchDocuments, ahead: ReadAhead) -> None:
        self._session = session
        self._documents = documents
        self._ahead = ahead
        self._together = ReadTogether(ahead.messages, self._read_together)

    def add(self, message: TicketMessage) -> None:
        self._session.insert(MESSAGE, row_of(message))
        self._documents.add_message(message)
        self._keep_revision(message, at=message.said_at)

    def find(self, channel: ChannelRef, platform_id: str) -> TicketMessage | None:
        row = self._session.fetch_one(
            WITH_PLATFORM_ID, platform_id=platform_id, platform=channel.platform, channel=channel.channel
        )
        return None if row is None else message_from(row)

    def get(self, message_id: int) -> TicketMessage:
        known = self._together.get(message_id)
        if known is not None:
            return known
        row = self._session.fetch_one(GET, message_id=message_id)
        if row is None:
            raise LookupError(f"there is no message {message_id}")
        return message_from(row)

    def revise(self, message: TicketMessage, *, at: datetime) -> None:
        """The caller has raised `revision`; writing one revision twice is refused by its key."""
        self._session.write(
            REVISE,
            the_id=message.id,
            text=message.text,
            platform_id=message.platform_id,
            platform_revision=message.platform_revision,
            revision=message.revision,
            is_deleted=message.is_deleted,
            files=files_json(message.files),
        )
        self._documents.put_message(message)
        self._keep_revision(message, at=at)

    def move(self, message: TicketMessage) -> None:
        self._session.write(
            MOVE,
            the_id=message.id,
            ticket_id=message.ticket_id,
            said_in=message.said_in,
            kind=message.kind,
        )
        self._documents.move_message(message)

    def of_ticket(self, ticket_id: int) -> Sequence[TicketMessage]:
        return [message_from(row) for row in self._session.fetch(OF_TICKET, ticket_id=ticket_id)]

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[TicketMessage]]:
        said: dict[int, list[TicketMessage]] = {each: [] for each in ids}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(said))) if said else ():
            said[row["ticket_id"]].append(message_from(row))
        return said

    def opening_of(self, ticket: Ticket) -> PublicMessage:
        opening = self.get(ticket.opening or 0).in_public()
        if opening is None:
            raise LookupError(f"what opened {ticket.reference} is a note")
        return opening

    def said_in_public(self, ticket_id: int) -> Sequence[PublicMessage]:
        said = (message.in_public() for message in self.of_ticket(ticket_id))
        return [message for message in said if message is not None]

    def first_words(self, ids: Iterable[int]) -> Mapping[int, str]:
        listed = sorted(ids)
        rows = self._session.fetch(FIRST_WORDS, listed=to_json(listed)) if listed else ()
        return {row["ticket_id"]: row["text"] for row in rows}

    def history(self, message_id: int) -> Sequence[tuple[int, str, datetime]]:
        rows = self._session.fetch(HISTORY, message_id=message_id)
        return [(row["revision"], row["text"], instant(row["at"])) for row in rows]

    def _read_together(self, ids: Iterable[int]) -> Mapping[int, TicketMessage]:
        """Whoever asks for a message asks for who said it, and where."""
        rows = self._session.fetch(GET_MANY, listed=to_json(sorted(ids)))
        found = {row["id"]: message_from(row) for row in rows}
        for message in found.values():
            self._ahead.tickets.add(message.ticket_id)
            self._ahead.people.add(message.author)
            if message.said_in is not None:
                self._ahead.conversations.add(message.said_in)
        return found

    def _keep_revision(self, message: TicketMessage, *, at: datetime) -> None:
        self._session.insert(
            REVISION,
            {"message_id": message.id, "revision": message.revision, "text": message.text, "at": micros(at)},
        )


def row_of(message: TicketMessage) -> Row:
    return {
        "id": message.id,
        "ticket_id": message.ticket_id,
        "kind": message.kind,
        "author": message.author,
        "author_name": message.author_name,
        "text": message.text,
        "said_at": micros(message.said_at),
        "said_in": message.said_in,
        "platform_id": message.platform_id,
        "platform_revision": message.platform_revision,
        "revision": message.revision,
        "is_deleted": message.is_deleted,
        "files": files_json(message.files),
        "alias": message.alias,
        "quote": message.quote,
    }


def files_json(files: tuple[StoredFile, ...]) -> str:
    return to_json([asdict(file) for file in files]) if files else "[]"


def message_from(row: Row) -> TicketMessage:
    return TicketMessage(
        id=row["id"],
        ticket_id=row["ticket_id"],
        kind=MessageKind(row["kind"]),
        author=row["author"],
        author_name=row["author_name"],
        text=row["text"],
        said_at=instant(row["said_at"]),
        said_in=row["said_in"],
        platform_id=row["platform_id"],
        platform_revision=row["platform_revision"],
        revision=row["revision"],
        is_deleted=bool(row["is_deleted"]),
        files=tuple(StoredFile(**file) for file in from_json(row["files"])),
        alias=row["alias"],
        quote=row["quote"],
    )
