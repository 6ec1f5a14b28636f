"""What the desk asks about messages waits for its author until a time, in a table of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision: str | None = "0048"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "open_questions",
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("due_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("asked", name=op.f("pk_open_questions")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_open_questions_due_at", "open_questions", ["due_at"])
