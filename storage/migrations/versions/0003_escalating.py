"""Ladders that are climbed after a warning or a breach, those who cover for others, and those who are away."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "escalations",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("timer_id", BIG, nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("is_breach", sa.Boolean(), nullable=False),
        sa.Column("began_at", BIG, nullable=False),
        sa.Column("climbed", sa.Integer(), nullable=False),
        sa.Column("waited", BIG, nullable=False),
        sa.Column("waiting_since", BIG),
        sa.Column("next_at", BIG),
        sa.Column("acknowledged_by", sa.Text()),
        sa.Column("acknowledged_at", BIG),
        sa.Column("snoozed_until", BIG),
        sa.Column("snooze_reason", sa.Text(), nullable=False),
        sa.Column("ended_at", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_escalations_ticket_id")),
        sa.ForeignKeyConstraint(["timer_id"], ["sla_timers.id"], name=op.f("fk_escalations_timer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
    )
    op.create_index("ix_escalations_ticket_id", "escalations", ["ticket_id"])
    is_due = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_escalations_next_at", "escalations", ["next_at"], sqlite_where=is_due, postgresql_where=is_due
    )
    goes_on = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_escalations_under_way",
        "escalations",
        ["ticket_id", "id"],
        sqlite_where=goes_on,
        postgresql_where=goes_on,
    )
    op.create_table(
        "covers",
        sa.Column("id", BIG, sa.Identity(always=True), nullable=False),
        sa.Column("rota", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("begins", BIG, nullable=False),
        sa.Column("ends", BIG, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    op.create_index("ix_covers_ends", "covers", ["ends"])
    op.create_table(
        "absences",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.Column("until", BIG, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_absences")),
    )
