"""Where requests come in is called an inbox, like everywhere else."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("tickets", "place", new_column_name="inbox")
