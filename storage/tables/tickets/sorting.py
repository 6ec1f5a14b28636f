"""The tables of learned sorting: what was learned of each field, and what was suggested for tickets."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata

sorting_models = Table(
    "sorting_models",
    metadata,
    Column("field", Text, primary_key=True),
    Column("learned_at", big(), nullable=False),
    Column("requests", Integer, nullable=False),
    Column("model", Text),
    Column("why", Text, nullable=False),
    Column("share_right", Float, nullable=False),
    Column("rare", Text, nullable=False),
)
sorting_suggestions = Table(
    "sorting_suggestions",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("field", Text, primary_key=True),
    Column("label", Text, primary_key=True),
    Column("sureness", Float, nullable=False),
    Column("words", Text, nullable=False),
    Column("is_filled", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", big(), nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_sorting_suggestions_made_at", sorting_suggestions.c.made_at)
