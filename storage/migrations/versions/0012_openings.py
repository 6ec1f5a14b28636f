"""A ticket knows the message that opened it, so that no clock decides which one that was.

The audit log names it: the first message that was added, in the database's own order. Where the log is silent, the
earliest public message is taken, a request before a reply; a note never.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMED = {
    "sqlite": "json_extract(audit_log.details, '$.message')",
    "postgresql": "CAST(CAST(audit_log.details AS json) ->> 'message' AS BIGINT)",
}
FROM_LOG = """
UPDATE tickets SET opening = (
    SELECT messages.id FROM audit_log
    JOIN messages ON messages.id = CASE audit_log.event WHEN 'MessageAdded' THEN {named} END
    WHERE audit_log.ticket_id = tickets.id AND audit_log.event = 'MessageAdded'
        AND messages.ticket_id = tickets.id AND messages.kind = 'request'
    ORDER BY audit_log.id LIMIT 1
)
"""
EARLIEST = """
UPDATE tickets SET opening = (
    SELECT messages.id FROM messages
    WHERE messages.ticket_id = tickets.id AND messages.kind <> 'note'
    ORDER BY CASE messages.kind WHEN 'request' THEN 0 ELSE 1 END, messages.said_at, messages.id LIMIT 1
) WHERE opening IS NULL
"""


def upgrade() -> None:
    op.add_column("tickets", sa.Column("opening", BIG))
    op.execute(FROM_LOG.format(named=NAMED[op.get_bind().dialect.name]))
    op.execute(EARLIEST)
