"""What ended resolved tickets is kept for others who ask the same, where a team wants that."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision: str | None = "0046"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "earlier_answers",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", BIG),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("community", sa.Text()),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("said_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_earlier_answers_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_earlier_answers")),
    )
    op.create_index("ix_earlier_answers_team", "earlier_answers", ["team", "said_at", "ticket_id"])
    for name in ("earlier_answer_marks", "earlier_answer_exclusions"):
        op.create_table(
            name,
            sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
            sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f(f"fk_{name}_ticket_id")),
            sa.PrimaryKeyConstraint("ticket_id", name=op.f(f"pk_{name}")),
        )
