"""The tables of articles: what each is now, and every version that it had."""

from typing import Any

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.desk import big, metadata


def _written() -> tuple[Column[Any], ...]:
    """What a version says; the same in both tables."""
    return (
        Column("name", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("title", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("audience", Text, nullable=False),
        Column("audience_name", Text),
        Column("tags", Text, nullable=False),
        Column("team", Text),
        Column("owner", Text),
        Column("review_by", Text),
        Column("language", Text, nullable=False),
        Column("origin", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", big(), nullable=False),
        Column("pictures", Text, nullable=False, server_default="[]"),
    )


articles = Table(
    "articles",
    metadata,
    Column("folded", Text, primary_key=True),
    *_written(),
    Index("ix_articles_review_by", "review_by"),
)
article_versions = Table(
    "article_versions",
    metadata,
    Column("folded", Text, nullable=False),
    *_written(),
    PrimaryKeyConstraint("folded", "version"),
)
