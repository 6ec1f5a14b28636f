"""Who was given a ticket of a team last is a row, so that turns survive restarts and capacity holds over replicas."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision: str | None = "0032"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "assignment_turns",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text()),
        sa.Column("given_at", BIG),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_assignment_turns")),
    )
