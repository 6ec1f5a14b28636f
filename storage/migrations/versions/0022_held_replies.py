"""Replies that can still be taken back, and who is writing on which ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision: str | None = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "held_replies",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("held_at", BIG, nullable=False),
        sa.Column("leaves_at", BIG, nullable=False),
        sa.Column("taken_back_at", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_held_replies_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_replies")),
    )
    op.create_index("ix_held_replies_leaves_at", "held_replies", ["leaves_at"])
    op.create_index("ix_held_replies_ticket_id", "held_replies", ["ticket_id"])
    op.create_table(
        "writers",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("is_note", sa.Boolean(), nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_writers_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "person", name=op.f("pk_writers")),
        sqlite_with_rowid=False,
    )
