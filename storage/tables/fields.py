"""The table of custom fields, beside the desk's others: a row a value, to be asked for."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata

ticket_fields = Table(
    "ticket_fields",
    metadata,
    Column("ticket_id", big(), ForeignKey("tickets.id"), primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
    Column("folded", Text, nullable=False),
    sqlite_with_rowid=False,
)

Index("ix_ticket_fields_folded", *ticket_fields.c["name", "folded", "ticket_id"])
