"""The first of the open tickets by age, among which a common word is looked for, are a stretch of an index."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision: str | None = "0045"
branch_labels = None
depends_on = None

LIVE = sa.text("status NOT IN ('resolved', 'closed')")


def upgrade() -> None:
    op.create_index(
        "ix_tickets_live_opened", "tickets", ["opened_at", "id"], sqlite_where=LIVE, postgresql_where=LIVE
    )
