"""What figures count of tickets; those that are there already are read by the desk, while it runs."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision: str | None = "0029"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ticket_facts",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("other", sa.Text()),
        sa.Column("agent", sa.Text()),
        sa.Column("opened_at", BIG, nullable=False),
        sa.Column("since", BIG, nullable=False),
        sa.Column("took", BIG, nullable=False),
        sa.Column("worked", BIG, nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("repliers", sa.Integer(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_facts_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "line", name=op.f("pk_ticket_facts")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_facts_at", "ticket_facts", ["at"])
    is_move = sa.text("kind = 'moved'")
    op.create_index(
        "ix_ticket_facts_moved",
        "ticket_facts",
        ["ticket_id", "line"],
        sqlite_where=is_move,
        postgresql_where=is_move,
    )
    op.create_table(
        "figures_progress",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("after", BIG, nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_figures_progress")),
    )
    op.execute(
        "INSERT INTO figures_progress (part, after) SELECT 'tickets', 0 WHERE EXISTS (SELECT 1 FROM tickets)"
    )
