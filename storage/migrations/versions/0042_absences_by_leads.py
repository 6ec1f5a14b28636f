"""Whether a lead recorded an absence is a column of its own, and no mark within the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision: str | None = "0041"
branch_labels = None
depends_on = None

MARK = "\x1f"


def upgrade() -> None:
    op.add_column(
        "absences", sa.Column("is_by_lead", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    absences = sa.table("absences", sa.column("reason", sa.Text()), sa.column("is_by_lead", sa.Boolean()))
    marked = sa.func.substr(absences.c.reason, 1, 1) == MARK
    op.execute(
        absences.update()
        .where(marked)
        .values(reason=sa.func.substr(absences.c.reason, 2), is_by_lead=sa.true())
    )
