"""A ticket may have several suggestions of one field, each known by its label; and it is known who sounded unhappy.

Requests of before are not looked through: what they are is unknown, and cards still say it of those that are open.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision: str | None = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    without_rowid = {"sqlite_with_rowid": False}
    with op.batch_alter_table("sorting_suggestions", table_kwargs=without_rowid) as suggestions:
        suggestions.drop_constraint(op.f("pk_sorting_suggestions"), type_="primary")
        suggestions.create_primary_key(op.f("pk_sorting_suggestions"), ["ticket_id", "field", "label"])
    op.add_column("tickets", sa.Column("is_unhappy", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_tickets_unhappy",
        "tickets",
        ["opened_at", "id"],
        sqlite_where=sa.text("is_unhappy IS 1"),
        postgresql_where=sa.text("is_unhappy IS true"),
    )
