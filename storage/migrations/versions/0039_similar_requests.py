"""What says the same as a ticket is kept beside it, and a ticket can be merged into another as its duplicate."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision: str | None = "0038"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "similar_requests",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("is_routine", sa.Boolean(), nullable=False),
        sa.Column("compared_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_similar_requests_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_similar_requests")),
    )
    op.add_column("tickets", sa.Column("merged_into", BIG))
    op.add_column(
        "tickets", sa.Column("has_duplicates", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    where = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_tickets_merged_into", "tickets", ["merged_into"], sqlite_where=where, postgresql_where=where
    )
