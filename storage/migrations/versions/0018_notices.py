"""How agents want to be told, who follows which ticket, and what was told to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notice_choices",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Text(), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "followers",
        sa.Column("ticket_id", BIG, autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_followers_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "person", "side", name=op.f("pk_followers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_followers_person", "followers", ["person"])
    _create_notices()


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", BIG, sa.Identity(always=True), nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("reach", sa.Text()),
        sa.Column("hold", sa.Text()),
        sa.Column("instead_of", sa.Text(), nullable=False),
        sa.Column("message_id", BIG),
        sa.Column("conversation_id", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_notices_ticket_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_notices_message_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_notices_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_ticket_id", "notices", ["ticket_id"])
    is_about_message = sa.text("message_id IS NOT NULL")
    op.create_index(
        "ix_notices_message_id",
        "notices",
        ["message_id"],
        sqlite_where=is_about_message,
        postgresql_where=is_about_message,
    )
