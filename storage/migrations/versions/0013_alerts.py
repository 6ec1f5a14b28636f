"""From where a timer’s target counts once its priority was raised; a channel’s alerts are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("sla_timers", sa.Column("policy_target", BIG, server_default=sa.text("0"), nullable=False))
    op.add_column("sla_timers", sa.Column("counts_from", BIG, server_default=sa.text("0"), nullable=False))
    is_current = sa.text("kind = 'ping' AND (parts <> '[]' OR state IN ('due', 'leased'))")
    op.create_index(
        "ix_outbox_alerts",
        "outbox",
        ["conversation_id", "id"],
        sqlite_where=is_current,
        postgresql_where=is_current,
    )
