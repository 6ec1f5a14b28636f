"""Views that were saved in chat, and which columns somebody wants to see of tickets."""

from sqlalchemy import Column, Index, Table, Text

from storage.tables.desk import big, metadata

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("team", Text),
)
"""`holder` is whose name it is: `person:` with the owner's key, or `team:` with the team's name."""
Index("uq_saved_views_holder_folded", saved_views.c.holder, saved_views.c.folded, unique=True)

table_choices = Table(
    "table_choices",
    metadata,
    Column("person", Text, primary_key=True),
    Column("columns", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""`columns` are names, as JSON."""
