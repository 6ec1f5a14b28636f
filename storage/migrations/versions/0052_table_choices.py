"""Which columns somebody wants to see of tickets in the console."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision: str | None = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "table_choices",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_table_choices")),
        sqlite_with_rowid=False,
    )
