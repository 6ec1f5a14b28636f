"""Facts in the order in which they happened, and all that figures ask of live tickets in one index of these."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision: str | None = "0034"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("status NOT IN ('resolved', 'closed')")
IS_MOVE = sa.text("kind = 'moved'")
LINE = ["ticket_id", "line"]
KEY = ["at", *LINE]


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _move_facts()
    else:
        op.create_index("uq_ticket_facts_line", "ticket_facts", LINE, unique=True)
        op.drop_constraint("pk_ticket_facts", "ticket_facts")
        op.create_primary_key("pk_ticket_facts", "ticket_facts", KEY)
        op.drop_index("ix_ticket_facts_at", table_name="ticket_facts")
    op.drop_index("ix_tickets_live_assignee", table_name="tickets")
    op.create_index(
        "ix_tickets_live_assignee",
        "tickets",
        ["assignee", "opened_at", "id", "team", "status"],
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def _move_facts() -> None:
    """SQLite keeps a table's rows by its key, so that another key is another table."""
    op.rename_table("ticket_facts", "old_facts")
    op.create_table(
        "ticket_facts",
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_ticket_facts")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO ticket_facts SELECT * FROM old_facts ORDER BY at, ticket_id, line")
    op.drop_table("old_facts")
    op.create_index("uq_ticket_facts_line", "ticket_facts", LINE, unique=True)
    op.create_index("ix_ticket_facts_moved", "ticket_facts", LINE, sqlite_where=IS_MOVE)
