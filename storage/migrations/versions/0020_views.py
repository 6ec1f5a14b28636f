"""Views that are saved in chat, and indexes by which long lists are read in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = "status NOT IN ('resolved', 'closed')"
LISTS = {
    "ix_tickets_unassigned": "assignee IS NULL",
    "ix_tickets_unanswered": "first_replied_at IS NULL OR awaits_reply_since IS NOT NULL",
}
PLACE = ["team", "queue_place", "id"]


def partial(name: str, columns: list[str], where: str) -> None:
    """An index of these tickets alone."""
    op.create_index(name, "tickets", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("team", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("uq_saved_views_holder_folded", "saved_views", ["holder", "folded"], unique=True)
    for name, where in LISTS.items():
        partial(name, PLACE, f"{LIVE} AND ({where})")
    partial("ix_tickets_pending", PLACE, "status = 'pending'")
    partial("ix_tickets_live_place", PLACE[1:], LIVE)
