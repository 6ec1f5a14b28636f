"""The table of what requesters were shown of articles, and of requests held back meanwhile."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.tables.desk import big, metadata, partial_index, written

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
)
"""`shown` is a JSON list of passages, `request` what is held back."""
partial_index("ix_article_offers_due_at", article_offers.c.due_at, where=article_offers.c.due_at.is_not(None))
partial_index(
    "ix_article_offers_source", article_offers.c.source, where=article_offers.c.state == written("held")
)

shown_articles = Table(
    "shown_articles",
    metadata,
    Column("article", Text, primary_key=True),
    Column("offer_id", big(), ForeignKey("article_offers.id"), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id")),
    Index("ix_shown_articles_offer_id", "offer_id"),
    sqlite_with_rowid=False,
)
"""As `Offer.counted_names` has them, to find what they were shown for."""
