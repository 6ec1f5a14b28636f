"""The table of assignment, beside the desk's others: who was given a ticket of a team last."""

from sqlalchemy import Column, Table, Text

from storage.tables.desk import big, metadata

assignment_turns = Table(
    "assignment_turns",
    metadata,
    Column("team", Text, primary_key=True),
    Column("agent", Text),
    Column("given_at", big()),
)
