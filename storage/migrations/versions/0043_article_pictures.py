"""Pictures of articles: which files of the desk their texts refer to."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision: str | None = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("articles", "article_versions"):
        op.add_column(table, sa.Column("pictures", sa.Text(), nullable=False, server_default="[]"))
