"""What a team hands over to the next region is a row a day, and its tickets are rows, so that each moves once."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision: str | None = "0033"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "hand_overs",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("told_at", BIG),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("team", "day", name=op.f("uq_hand_overs_team_day")),
    )
    is_untold = sa.text("told_at IS NULL")
    op.create_index(
        "ix_hand_overs_untold", "hand_overs", ["at"], sqlite_where=is_untold, postgresql_where=is_untold
    )
    op.create_table(
        "handed_over_tickets",
        sa.Column("hand_over_id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_overs.id"], name=op.f("fk_handed_over_tickets_hand_over_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_handed_over_tickets_ticket_id")),
        sa.PrimaryKeyConstraint("hand_over_id", "ticket_id", name=op.f("pk_handed_over_tickets")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_handed_over_tickets_ticket_id", "handed_over_tickets", ["ticket_id"])
