"""The tables of people beside their accounts: links between these, codes that make links, and notes."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from storage.tables import big, metadata

identity_links = Table(
    "identity_links",
    metadata,
    Column("account", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("way", Text, nullable=False),
    Column("linked_by", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("is_removed", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Each link is there twice, once from each of its accounts."""

link_codes = Table(
    "link_codes",
    metadata,
    Column("account", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("made_at", big(), nullable=False),
)
Index("ix_link_codes_code", link_codes.c.code, unique=True)

link_tries = Table(
    "link_tries",
    metadata,
    Column("account", Text, primary_key=True),
    Column("since", big(), nullable=False),
    Column("number", Integer, nullable=False),
)

person_notes = Table(
    "person_notes",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("account", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("communities", Text, nullable=False),
    Column("is_removed", Boolean, nullable=False),
)
Index("ix_person_notes_account", person_notes.c.account)
