"""A list of what one person had, or of an uncommon priority, is a stretch of an index in the order of queues."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision: str | None = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, column, rows in (
        ("ix_tickets_finished_assignee", "assignee", sa.text("status IN ('resolved', 'closed')")),
        ("ix_tickets_priority", "priority", sa.text("priority != 'normal'")),
    ):
        op.create_index(
            name, "tickets", [column, "queue_place", "id"], sqlite_where=rows, postgresql_where=rows
        )
