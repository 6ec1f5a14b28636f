"""Changes of many tickets: which they are for, what became of each, and how to put it back."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision: str | None = "0023"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_OPEN = sa.text("stage NOT IN ('undone', 'final')")


def upgrade() -> None:
    op.create_table(
        "bulk_changes",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("chosen_at", BIG, nullable=False),
        sa.Column("ended_at", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_changes"),
    )
    op.create_index(
        "ix_bulk_changes_stage", "bulk_changes", ["stage"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )
    op.create_index("ix_bulk_changes_actor", "bulk_changes", ["actor", "chosen_at"])
    op.create_table(
        "bulk_items",
        sa.Column("change_id", BIG, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["bulk_changes.id"], name="fk_bulk_items_change_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_bulk_items_ticket_id"),
        sa.PrimaryKeyConstraint("change_id", "place", name="pk_bulk_items"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_bulk_items_change_id_ticket_id", "bulk_items", ["change_id", "ticket_id"], unique=True
    )
