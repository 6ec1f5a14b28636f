"""What other systems said of people, kept for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision: str | None = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lookup_answers",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("answered_at", BIG),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("due_at", BIG),
        sa.PrimaryKeyConstraint("person", "lookup", name=op.f("pk_lookup_answers")),
        sqlite_with_rowid=False,
    )
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_lookup_answers_due_at",
        "lookup_answers",
        ["due_at"],
        sqlite_where=is_due,
        postgresql_where=is_due,
    )
