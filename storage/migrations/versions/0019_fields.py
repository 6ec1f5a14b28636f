"""Values of custom fields have rows of their own, by which tickets are found and counted; tickets keep theirs too."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONGEST_SOUGHT = 200
MOST_ROWS = 100
ADD = sa.text(
    "INSERT INTO ticket_fields (ticket_id, name, place, value, folded)"
    " VALUES (:ticket_id, :name, :place, :value, :folded)"
)


def upgrade() -> None:
    op.create_table(
        "ticket_fields",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_ticket_fields_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", "name", "place", name="pk_ticket_fields"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_fields_folded", "ticket_fields", ["name", "folded", "ticket_id"])
    _copy_what_tickets_hold()


def _copy_what_tickets_hold() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, fields FROM tickets WHERE fields != '{}'")).fetchall()
    for row in rows:
        values = [
            {
                "ticket_id": row.id,
                "name": name,
                "place": place,
                "value": line,
                "folded": line.casefold()[:LONGEST_SOUGHT],
            }
            for name, value in json.loads(row.fields).items()
            for place, line in enumerate(value.splitlines()[:MOST_ROWS])
            if line.strip()
        ]
        if values:
            connection.execute(ADD, values)
