"""The tables of search: what each text holds in words, and how far what was there before has been read into them.

The index itself is the database's: PostgreSQL's over the words, SQLite's FTS5 in a table beside them that triggers
keep; the migrations make both.
"""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata

FTS_TABLE: Final = "search_index"
"""SQLite's. Its shadow tables begin with its name."""

search_documents = Table(
    "search_documents",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id")),
    Column("person", Text),
    Column("is_internal", Boolean, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("words", Text, nullable=False),
    info={"fts": FTS_TABLE},
)
"""One text each. A message's has its id, a ticket's subject and form that of the ticket, its tags the same negated; a
person's name has an id of its own."""
Index("ix_search_documents_ticket_id", search_documents.c.ticket_id)
Index(
    "uq_search_documents_person",
    search_documents.c.person,
    unique=True,
    sqlite_where=search_documents.c.person.is_not(None),
)

search_progress = Table(
    "search_progress",
    metadata,
    Column("part", Text, primary_key=True),
    Column("after", Text, nullable=False),
)
"""What is still to be indexed, people or tickets, and behind which key; no row once all is."""
