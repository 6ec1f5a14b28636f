"""By which other names people are called on their platform."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("handles", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
