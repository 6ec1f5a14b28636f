"""The tables of replies, beside the desk's others: those that have not left yet, and who is writing one."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from storage.tables.desk import big, metadata

held_replies = Table(
    "held_replies",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("author", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("held_at", big(), nullable=False),
    Column("leaves_at", big(), nullable=False),
    Column("taken_back_at", big()),
)
Index("ix_held_replies_leaves_at", held_replies.c.leaves_at)
Index("ix_held_replies_ticket_id", held_replies.c.ticket_id)

writers = Table(
    "writers",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("person", Text, primary_key=True),
    Column("is_note", Boolean, nullable=False),
    Column("since", big(), nullable=False),
    sqlite_with_rowid=False,
)
