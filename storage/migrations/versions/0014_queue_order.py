"""Lists of tickets go by when they are due: when that is, and each ticket's place in a list."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LIVE = "status NOT IN ('resolved', 'closed')"
DUE = (
    "UPDATE tickets SET due_at = (SELECT min(sla_timers.due_at) FROM sla_timers"
    " WHERE sla_timers.ticket_id = tickets.id)"
)
PLACE = """
UPDATE tickets SET queue_place = CASE
    WHEN status IN ('resolved', 'closed') THEN 4999999999999999999 - updated_at
    ELSE CASE WHEN status IN ('pending', 'on_hold') THEN 2000000000000000000 ELSE 0 END
        + coalesce(
            due_at,
            1000000000000000000 + opened_at + CASE priority
                WHEN 'urgent' THEN 0
                WHEN 'high' THEN 100000000000000000
                WHEN 'normal' THEN 200000000000000000
                ELSE 300000000000000000
            END
        )
    END
"""


def upgrade() -> None:
    op.add_column("tickets", sa.Column("due_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.add_column(
        "tickets",
        sa.Column(
            "queue_place",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            server_default="0",
            nullable=False,
        ),
    )
    op.execute(DUE)
    op.execute(PLACE)
    op.drop_index("ix_tickets_live_team", table_name="tickets")
    op.create_index(
        "ix_tickets_queue",
        "tickets",
        ["team", "queue_place", "id"],
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
