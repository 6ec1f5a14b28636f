"""The table of macros that were written in chat, beside the desk's others."""

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from storage.tables.desk import big, metadata

macros = Table(
    "macros",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("scope", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("texts", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", big(), nullable=False),
    UniqueConstraint("scope", "owner", "folded", name="uq_macros_scope_owner_folded"),
)
