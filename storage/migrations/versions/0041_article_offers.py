"""What requesters are shown of articles, and the requests that are held back meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision: str | None = "0040"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article_offers",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("due_at", BIG),
        sa.Column("ticket_id", BIG),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_article_offers_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_offers")),
    )
    op.create_index(op.f("ix_article_offers_ticket_id"), "article_offers", ["ticket_id"])
    op.create_index("ix_article_offers_person_at", "article_offers", ["person", "at"])
    op.create_index("ix_article_offers_at", "article_offers", ["at"])
    is_due, is_held = sa.text("due_at IS NOT NULL"), sa.text("state = 'held'")
    op.create_index(
        "ix_article_offers_due_at", "article_offers", ["due_at"], sqlite_where=is_due, postgresql_where=is_due
    )
    op.create_index(
        "ix_article_offers_source",
        "article_offers",
        ["source"],
        sqlite_where=is_held,
        postgresql_where=is_held,
    )
