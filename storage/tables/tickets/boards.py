"""Boards of what is at risk, and what was last told of things that are watched."""

from sqlalchemy import Boolean, Column, ForeignKey, Table, Text

from storage.tables.desk import big, metadata

boards = Table(
    "boards",
    metadata,
    Column("conversation_id", big(), ForeignKey("conversations.id"), primary_key=True, autoincrement=False),
    Column("number", big(), nullable=False),
    Column("begun_at", big(), nullable=False),
    Column("refreshed_at", big(), nullable=False),
    Column("is_calm", Boolean, nullable=False),
    Column("has_ended", Boolean, nullable=False),
)

watches = Table(
    "watches",
    metadata,
    Column("name", Text, primary_key=True),
    Column("told", Text, nullable=False),
)
