"""All that was ever shown in a conversation, for a request that is made private, is a stretch of an index."""

from alembic import op

revision = "0053"
down_revision: str | None = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_conversation", "outbox", ["conversation_id", "id"])
