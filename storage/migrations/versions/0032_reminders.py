"""What rests comes back: reminders, tickets that are snoozed, and the message in the morning."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision: str | None = "0031"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("set_at", BIG, nullable=False),
        sa.Column("due_at", BIG, nullable=False),
        sa.Column("next_at", BIG),
        sa.Column("told_at", BIG),
        sa.Column("ended_at", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_reminders_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    _index_of("reminders", "next_at")
    op.create_index("ix_reminders_person", "reminders", ["person"])
    op.create_index("ix_reminders_author", "reminders", ["author"])
    op.create_table(
        "morning_messages",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("minute", sa.Integer()),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_morning_messages")),
    )
    op.add_column("tickets", sa.Column("snoozed_until", BIG))
    op.add_column("tickets", sa.Column("snoozed_by", sa.Text()))
    _index_of("tickets", "snoozed_until")


def _index_of(table: str, column: str) -> None:
    """Of the rows alone in which the column has a value."""
    where = sa.text(f"{column} IS NOT NULL")
    op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=where, postgresql_where=where)
