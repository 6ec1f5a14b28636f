"""What the requester's side reads in place of an agent's name, where their team answers as one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("alias", sa.Text(), server_default=sa.text("''"), nullable=False))
