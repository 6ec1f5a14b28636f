"""The table of the versions of `desk.yaml`."""

from sqlalchemy import Column, Integer, Table, Text

from storage.tables.desk import big, metadata

desk_versions = Table(
    "desk_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("restored", Integer),
    Column("applied_at", big()),
)
