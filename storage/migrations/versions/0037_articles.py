"""Articles are rows with all their versions, whether they were read from a file or written in chat."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision: str | None = "0036"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("folded", sa.Text(), nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_articles")),
    )
    op.create_index("ix_articles_review_by", "articles", ["review_by"])
    op.create_table(
        "article_versions",
        sa.Column("folded", sa.Text(), nullable=False),
        *_written(),
        sa.PrimaryKeyConstraint("folded", "version", name=op.f("pk_article_versions")),
    )


def _written() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("audience_name", sa.Text()),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("team", sa.Text()),
        sa.Column("owner", sa.Text()),
        sa.Column("review_by", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", BIG, nullable=False),
    )
