"""A person has several absences, each known by when it begins: one that is planned outlives another said later."""

from alembic import op

revision = "0026"
down_revision: str | None = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("absences") as absences:
        absences.drop_constraint(op.f("pk_absences"), type_="primary")
        absences.create_primary_key(op.f("pk_absences"), ["person", "since"])
    op.create_index("ix_absences_until", "absences", ["until"])
