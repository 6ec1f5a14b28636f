"""The tables of changes to many tickets, beside the desk's others."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from storage.tables.desk import big, metadata, written

bulk_changes = Table(
    "bulk_changes",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("actor", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("action", Text),
    Column("details", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("chosen_at", big(), nullable=False),
    Column("ended_at", big()),
)

IS_OPEN = bulk_changes.c.stage.not_in([written("undone"), written("final")])
"""Something may still happen to it, in the very words of the partial index."""

Index("ix_bulk_changes_stage", bulk_changes.c.stage, sqlite_where=IS_OPEN)
Index("ix_bulk_changes_actor", bulk_changes.c.actor, bulk_changes.c.chosen_at)

bulk_items = Table(
    "bulk_items",
    metadata,
    Column("change_id", big(), ForeignKey("bulk_changes.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("is_chosen", Boolean, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("before", Text),
    Column("after", Text),
    Column("told", Text, nullable=False),
    sqlite_with_rowid=False,
)

Index("uq_bulk_items_change_id_ticket_id", *bulk_items.c["change_id", "ticket_id"], unique=True)
