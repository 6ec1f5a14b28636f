"""What a desk of many years asks of its tickets is found in an index, and read no further than it is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision: str | None = "0044"
branch_labels = None
depends_on = None

FINISHED = sa.text("status IN ('resolved', 'closed')")
UNFINISHED = sa.text("status <> 'closed'")
IS_SET_ASIDE = sa.text("state IN ('dead', 'parked')")
IS_OVER = sa.text("next_at IS NULL")
IS_RUNNING = sa.text("running_since IS NOT NULL")
IS_MERGED = sa.text("merged_into IS NOT NULL")
IS_RESOLVED = sa.text("status = 'resolved'")


def upgrade() -> None:
    for name in ("ix_tickets_requester", "ix_tickets_resolved_at"):
        op.drop_index(name, table_name="tickets")
    op.create_index("ix_tickets_requester", "tickets", ["requester", "id"])
    op.create_index("ix_tickets_requester_place", "tickets", ["requester", "queue_place", "id"])
    op.drop_index("ix_outbox_set_aside", table_name="outbox")
    for table, index, columns, where in (
        ("outbox", "ix_outbox_set_aside", ["id"], IS_SET_ASIDE),
        ("reminders", "ix_reminders_over", ["due_at"], IS_OVER),
        ("sla_timers", "ix_sla_timers_running", ["due_at", "id"], IS_RUNNING),
        ("tickets", "ix_tickets_finished", ["team", "queue_place", "id"], FINISHED),
        ("tickets", "ix_tickets_unfinished", ["updated_at", "id", "team", "status"], UNFINISHED),
        ("tickets", "ix_tickets_requester_merged", ["requester", "merged_into"], IS_MERGED),
        ("tickets", "ix_tickets_resolved_at", ["team", "resolved_at", "id"], IS_RESOLVED),
    ):
        op.create_index(index, table, columns, sqlite_where=where, postgresql_where=where)
