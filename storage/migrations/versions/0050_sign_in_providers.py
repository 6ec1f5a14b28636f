"""People sign in with accounts of identity providers: what a session is there, and what is good once."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision: str | None = "0049"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("provider", "subject", "sid"):
        op.add_column("sessions", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("sessions", sa.Column("groups", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    is_by_provider = sa.text("provider != ''")
    op.create_index(
        "ix_sessions_provider",
        "sessions",
        ["provider", "subject"],
        sqlite_where=is_by_provider,
        postgresql_where=is_by_provider,
    )
    op.create_table(
        "sign_in_uses",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("used_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_uses")),
    )
