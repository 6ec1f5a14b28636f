"""Surveys: of which resolutions requesters are asked, and how they rated."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision: str | None = "0028"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text()),
        sa.Column("resolved_at", BIG, nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("due_at", BIG),
        sa.Column("asked_at", BIG),
        sa.Column("score", sa.Integer()),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("rated_at", BIG),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("is_superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_surveys_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
    )
    is_due, is_rated = sa.text("due_at IS NOT NULL"), sa.text("rated_at IS NOT NULL")
    op.create_index("ix_surveys_due_at", "surveys", ["due_at"], sqlite_where=is_due, postgresql_where=is_due)
    op.create_index("ix_surveys_ticket_id", "surveys", ["ticket_id"])
    op.create_index("ix_surveys_requester", "surveys", ["requester"])
    op.create_index(
        "ix_surveys_rated_at", "surveys", ["rated_at"], sqlite_where=is_rated, postgresql_where=is_rated
    )
