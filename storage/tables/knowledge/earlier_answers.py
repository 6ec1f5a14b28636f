"""The tables of earlier answers: what ended resolved tickets, which are to be looked at again, which are left out."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.tables.desk import big, metadata

earlier_answers = Table(
    "earlier_answers",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("message_id", big()),
    Column("team", Text, nullable=False),
    Column("community", Text),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("said_at", big(), nullable=False),
    Index("ix_earlier_answers_team", "team", "said_at", "ticket_id"),
)
"""`message_id` is null for what was said with the resolution."""

earlier_answer_marks = Table(
    "earlier_answer_marks",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
)
"""Tickets to be looked at again."""

earlier_answer_exclusions = Table(
    "earlier_answer_exclusions",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
)
"""Tickets whose answers agents left out."""
