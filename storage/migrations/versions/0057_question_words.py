"""What is said under a question waits, beside it, for what becomes of the message that is asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision: str | None = "0056"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_words",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_question_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_question_words_asked", "question_words", ["asked", "id"])
