"""The table of what requesters were shown of articles, and of requests held back meanwhile."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, text

from storage.tables.desk import big, metadata

article_offers = Table(
    "article_offers",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("person", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("due_at", big()),
    Column("ticket_id", big(), ForeignKey("tickets.id"), index=True),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("request", Text, nullable=False),
    Index("ix_article_offers_person_at", "person", "at"),
    Index("ix_article_offers_at", "at"),
    Index(
        "ix_article_offers_due_at",
        "due_at",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_article_offers_source",
        "source",
        sqlite_where=text("state = 'held'"),
        postgresql_where=text("state = 'held'"),
    ),
)
"""`shown` is a JSON list of passages, `request` what is held back."""
