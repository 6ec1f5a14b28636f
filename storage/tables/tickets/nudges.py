"""The table of what is to come of tickets on which somebody is waited for."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from storage.tables.desk import big, metadata, partial_index

nudge_plans = Table(
    "nudge_plans",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("began_at", big(), nullable=False),
    Column("steps", Integer, nullable=False),
    Column("told_at", big()),
    Column("promised_at", big()),
    Column("is_extended", Boolean, nullable=False),
    Column("next_at", big()),
    sqlite_with_rowid=False,
)
partial_index("ix_nudge_plans_next_at", nudge_plans.c.next_at, where=nudge_plans.c.next_at.is_not(None))
