"""The tables of worked time: what agents logged on tickets, and the timers that run."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata

time_entries = Table(
    "time_entries",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("team", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("added_at", big(), nullable=False),
    Column("is_removed", Boolean, nullable=False),
)
Index("ix_time_entries_ticket_id", time_entries.c.ticket_id)
Index("ix_time_entries_day", time_entries.c.day)

stopwatches = Table(
    "stopwatches",
    metadata,
    Column("agent", Text, primary_key=True),
    Column("id", big(), nullable=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("started_at", big(), nullable=False),
    Column("counts_until", big(), nullable=False),
    Column("ends_at", big(), nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_stopwatches_ends_at", stopwatches.c.ends_at)
