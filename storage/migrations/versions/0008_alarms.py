"""Which messages told of an escalation, and who snoozed it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("escalations", sa.Column("snoozed_by", sa.Text()))
    op.add_column("escalations", sa.Column("told", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
