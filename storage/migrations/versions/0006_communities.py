"""Which community a ticket belongs to, threads for a few, what a message answers, and people's pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("community", sa.Text()))
    op.add_column(
        "conversations", sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("messages", sa.Column("quote", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("people", sa.Column("picture", sa.Text(), server_default=sa.text("''"), nullable=False))
