"""The table of what was found to say the same as a ticket when it was opened."""

from sqlalchemy import Boolean, Column, ForeignKey, Table, Text

from storage.tables.desk import big, metadata

similar_requests = Table(
    "similar_requests",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("found", Text, nullable=False),
    Column("is_routine", Boolean, nullable=False),
    Column("compared_at", big(), nullable=False),
)
"""`found` is a JSON list of the other ticket's id, how alike it is, and the words that both have."""
