"""The table of look-ups, beside the desk's others: what other systems said of people."""

from sqlalchemy import Column, Integer, Table, Text

from storage.tables.desk import big, metadata, partial_index

lookup_answers = Table(
    "lookup_answers",
    metadata,
    Column("person", Text, primary_key=True),
    Column("lookup", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("answered_at", big()),
    Column("failures", Integer, nullable=False),
    Column("due_at", big()),
    sqlite_with_rowid=False,
)

partial_index("ix_lookup_answers_due_at", lookup_answers.c.due_at, where=lookup_answers.c.due_at.is_not(None))
