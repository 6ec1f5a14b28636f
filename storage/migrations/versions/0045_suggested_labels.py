"""A ticket may have several suggestions of one field, each known by its label: tags, each by its own sureness."""

from alembic import op

revision = "0045"
down_revision: str | None = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    without_rowid = {"sqlite_with_rowid": False}
    with op.batch_alter_table("sorting_suggestions", table_kwargs=without_rowid) as suggestions:
        suggestions.drop_constraint(op.f("pk_sorting_suggestions"), type_="primary")
        suggestions.create_primary_key(op.f("pk_sorting_suggestions"), ["ticket_id", "field", "label"])
