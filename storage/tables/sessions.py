"""The tables of who is signed in: sessions, one-time links, refused attempts by address, and what is good once."""

from sqlalchemy import Column, Index, Integer, Table, Text, text

from storage.tables.desk import big, metadata, partial_index

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
    Column("provider", Text, nullable=False, server_default=text("''")),
    Column("subject", Text, nullable=False, server_default=text("''")),
    Column("sid", Text, nullable=False, server_default=text("''")),
    Column("groups", Text, nullable=False, server_default=text("'[]'")),
)
Index("ix_sessions_digest", sessions.c.digest, unique=True)
Index("ix_sessions_account", sessions.c.account)
partial_index(
    "ix_sessions_provider", sessions.c.provider, sessions.c.subject, where=sessions.c.provider != text("''")
)

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

sign_in_uses = Table(
    "sign_in_uses",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("used_at", big(), nullable=False),
)
"""Digests of what came from identity providers and is good once."""
