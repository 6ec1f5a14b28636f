"""Time that agents worked on tickets, the timers that run, and each ticket's total."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision: str | None = "0027"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "time_entries",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", BIG, nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_time_entries_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entries")),
    )
    op.create_index("ix_time_entries_ticket_id", "time_entries", ["ticket_id"])
    op.create_index("ix_time_entries_day", "time_entries", ["day"])
    op.create_table(
        "stopwatches",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("started_at", BIG, nullable=False),
        sa.Column("counts_until", BIG, nullable=False),
        sa.Column("ends_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_stopwatches_ticket_id")),
        sa.PrimaryKeyConstraint("agent", name=op.f("pk_stopwatches")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stopwatches_ends_at", "stopwatches", ["ends_at"])
    op.add_column("tickets", sa.Column("worked_minutes", sa.Integer(), nullable=False, server_default="0"))
