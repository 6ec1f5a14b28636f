"""What was learned of sorting is kept for all replicas, and what was suggested with what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision: str | None = "0037"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sorting_models",
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("learned_at", BIG, nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("share_right", sa.Float(), nullable=False),
        sa.Column("rare", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("field", name=op.f("pk_sorting_models")),
    )
    op.create_table(
        "sorting_suggestions",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sureness", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_filled", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_sorting_suggestions_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "field", name=op.f("pk_sorting_suggestions")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sorting_suggestions_made_at", "sorting_suggestions", ["made_at"])
