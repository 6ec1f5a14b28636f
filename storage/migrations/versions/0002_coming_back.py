"""Watermarks, so that what was said while the desk was away is found; people who are away, and guests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "watermarks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watermarks")),
    )
    op.add_column("people", sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("people", sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False))
