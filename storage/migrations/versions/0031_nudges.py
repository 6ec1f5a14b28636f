"""What is to come of tickets on which somebody is waited for: nudges of requesters, claims that lapse."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision: str | None = "0030"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "nudge_plans",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("began_at", BIG, nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("told_at", BIG),
        sa.Column("promised_at", BIG),
        sa.Column("is_extended", sa.Boolean(), nullable=False),
        sa.Column("next_at", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_nudge_plans_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "kind", name=op.f("pk_nudge_plans")),
        sqlite_with_rowid=False,
    )
    is_ahead = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_nudge_plans_next_at",
        "nudge_plans",
        ["next_at"],
        sqlite_where=is_ahead,
        postgresql_where=is_ahead,
    )
