"""The tables of what teams hand over to the next region, and of the tickets that go with it."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from storage.tables.desk import big, metadata, partial_index

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("team", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("receiver", Text, nullable=False),
    Column("told_at", big()),
    UniqueConstraint("team", "day"),
)
partial_index("ix_hand_overs_untold", hand_overs.c.at, where=hand_overs.c.told_at.is_(None))

handed_over_tickets = Table(
    "handed_over_tickets",
    metadata,
    Column("hand_over_id", big(), ForeignKey("hand_overs.id"), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("holder", Text),
    sqlite_with_rowid=False,
)
"""A ticket waits until it is moved, or left where it is."""
Index("ix_handed_over_tickets_ticket_id", handed_over_tickets.c.ticket_id)
