"""The tables of what a language model is asked, and of how much it was asked."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata, partial_index

assistant_jobs = Table(
    "assistant_jobs",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("task", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("ticket_id", big(), ForeignKey("tickets.id")),
    Column("words", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", big(), nullable=False),
    Column("stage", Text, nullable=False),
    Column("due_at", big()),
    Column("tries", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("failure", Text),
    Column("sources", Text, nullable=False),
    Column("steps", Text, nullable=False),
)
partial_index("ix_assistant_jobs_due_at", assistant_jobs.c.due_at, where=assistant_jobs.c.due_at.is_not(None))
Index("ix_assistant_jobs_asked_at", assistant_jobs.c.asked_at)

assistant_days = Table(
    "assistant_days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("requests", big(), nullable=False),
    Column("tokens", big(), nullable=False),
    sqlite_with_rowid=False,
)
