"""The table of messages whose author was asked what they are for and has not chosen."""

from sqlalchemy import Column, Index, Table, Text

from storage.tables.desk import big, metadata

open_questions = Table(
    "open_questions",
    metadata,
    Column("asked", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("due_at", big(), nullable=False),
    sqlite_with_rowid=False,
)
"""`asked` is the message's key; what it says is in its question's outbox row."""
Index("ix_open_questions_due_at", open_questions.c.due_at)
