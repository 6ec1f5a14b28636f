"""The live boards of escalation channels, and the tickets that are on them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "boards",
        sa.Column("conversation_id", BIG, autoincrement=False, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("begun_at", BIG, nullable=False),
        sa.Column("refreshed_at", BIG, nullable=False),
        sa.Column("is_calm", sa.Boolean(), nullable=False),
        sa.Column("has_ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_boards_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_boards")),
    )
    has_reached = sa.text("sla_stage > 0")
    op.create_index(
        "ix_tickets_at_stage", "tickets", ["team"], sqlite_where=has_reached, postgresql_where=has_reached
    )
    is_at_stage = sa.text("reached > 0 AND due_at IS NOT NULL")
    op.create_index(
        "ix_sla_timers_at_stage",
        "sla_timers",
        ["due_at"],
        sqlite_where=is_at_stage,
        postgresql_where=is_at_stage,
    )
