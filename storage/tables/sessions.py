"""The tables of who is signed in: sessions, one-time links, and refused attempts by address."""

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.tables.desk import big, metadata

sessions = Table(
    "sessions",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("browser", Text, nullable=False),
    Column("created_at", big(), nullable=False),
    Column("used_at", big(), nullable=False),
    Column("ended_at", big()),
)
Index("ix_sessions_digest", sessions.c.digest, unique=True)
Index("ix_sessions_account", sessions.c.account)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("made_at", big(), nullable=False),
    Column("used_at", big()),
)
Index("ix_sign_in_links_account", sign_in_links.c.account)

sign_in_refusals = Table(
    "sign_in_refusals",
    metadata,
    Column("address", Text, primary_key=True),
    Column("since", big(), nullable=False),
    Column("number", Integer, nullable=False),
)
