"""What was missed or met in a period is a stretch of an index, for the tickets behind a report's figures."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision: str | None = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, column in (
        ("ix_sla_timers_breached_at", "breached_at"),
        ("ix_sla_timers_stopped_at", "stopped_at"),
    ):
        is_known = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "sla_timers", [column], sqlite_where=is_known, postgresql_where=is_known)
