"""The tables of what people are told at a time of their own: reminders, and the message in the morning."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata, partial_index

reminders = Table(
    "reminders",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("set_at", big(), nullable=False),
    Column("due_at", big(), nullable=False),
    Column("next_at", big()),
    Column("told_at", big()),
    Column("ended_at", big()),
)
partial_index("ix_reminders_next_at", reminders.c.next_at, where=reminders.c.next_at.is_not(None))
partial_index("ix_reminders_over", reminders.c.due_at, where=reminders.c.next_at.is_(None))
Index("ix_reminders_person", reminders.c.person)
Index("ix_reminders_author", reminders.c.author)

morning_messages = Table(
    "morning_messages",
    metadata,
    Column("person", Text, primary_key=True),
    Column("minute", Integer),
    Column("told", Text, nullable=False),
)
