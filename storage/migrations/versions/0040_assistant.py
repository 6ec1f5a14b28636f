"""What a language model is asked for agents, and how much it was asked on a day."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision: str | None = "0039"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "assistant_jobs",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("ticket_id", BIG),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_at", BIG, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due_at", BIG),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_assistant_jobs_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistant_jobs")),
    )
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_assistant_jobs_due_at",
        "assistant_jobs",
        ["due_at"],
        sqlite_where=is_due,
        postgresql_where=is_due,
    )
    op.create_index("ix_assistant_jobs_asked_at", "assistant_jobs", ["asked_at"])
    op.create_table(
        "assistant_days",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("requests", BIG, nullable=False),
        sa.Column("tokens", BIG, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_assistant_days")),
        sqlite_with_rowid=False,
    )
