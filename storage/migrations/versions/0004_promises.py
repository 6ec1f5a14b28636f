"""Answers and news that are owed again and again, and stages that are reached in any order."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("tickets", sa.Column("fields", sa.Text(), server_default="{}", nullable=False))
    op.add_column("tickets", sa.Column("awaits_reply_since", BIG))
    op.add_column("tickets", sa.Column("last_update_at", BIG))
    op.add_column("sla_timers", sa.Column("reached", BIG, server_default="0", nullable=False))
    op.add_column("sla_timers", sa.Column("told", BIG, server_default="0", nullable=False))
    op.add_column("sla_timers", sa.Column("cycle_at", BIG))
    # Until now stages were reached in the order of the policy, so that their number said which.
    op.execute("UPDATE sla_timers SET reached = (1 << stage) - 1, told = (1 << announced) - 1")
    op.execute("UPDATE tickets SET last_update_at = first_replied_at")
