"""The tables of figures: what is counted of tickets, a row a fact; and how far older tickets have been read."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.desk import big, metadata, partial_index, written

ticket_facts = Table(
    "ticket_facts",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("team", Text, nullable=False),
    Column("other", Text),
    Column("agent", Text),
    Column("opened_at", big(), nullable=False),
    Column("since", big(), nullable=False),
    Column("took", big(), nullable=False),
    Column("worked", big(), nullable=False),
    Column("replies", Integer, nullable=False),
    Column("repliers", Integer, nullable=False),
    Column("is_first", Boolean, nullable=False),
    PrimaryKeyConstraint("at", "ticket_id", "line"),
    sqlite_with_rowid=False,
)
"""In the order of what happened, so that SQLite reads the facts of a period as one stretch."""
Index("uq_ticket_facts_line", ticket_facts.c.ticket_id, ticket_facts.c.line, unique=True)
partial_index(
    "ix_ticket_facts_moved",
    ticket_facts.c.ticket_id,
    ticket_facts.c.line,
    where=ticket_facts.c.kind == written("moved"),
)

figures_progress = Table(
    "figures_progress",
    metadata,
    Column("part", Text, primary_key=True),
    Column("after", big(), nullable=False),
)
