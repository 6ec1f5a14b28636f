"""Whether people were warned of a ticket: what lists, boards and messages call at risk, by one rule.

Of tickets of before it is worked out here as `bot.domain.sla.timer_rules` does: by a running timer that was breached,
or has reached two stages, or one of which its policy's copy says that somebody is notified. `reached` holds a bit for
each stage, so a copy's notifying stages are one number to compare it with, and each copy needs one statement.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision: str | None = "0026"
branch_labels = None
depends_on = None

LIVE = "status NOT IN ('resolved', 'closed')"
PENDING = sa.text("status = 'pending'")
WARN = sa.text(
    f"UPDATE tickets SET is_warned = true WHERE {LIVE} AND sla_stage > 0 AND sla_policy_copy = :copy"  # noqa: S608
    " AND EXISTS (SELECT 1 FROM sla_timers WHERE sla_timers.ticket_id = tickets.id"
    " AND sla_timers.running_since IS NOT NULL AND (sla_timers.breached_at IS NOT NULL"
    " OR sla_timers.stage >= 2 OR (sla_timers.reached & CAST(:notifying AS BIGINT)) <> 0))"
)


def upgrade() -> None:
    op.add_column("tickets", sa.Column("is_warned", sa.Boolean(), server_default=sa.false(), nullable=False))
    connection = op.get_bind()
    for copy, body in connection.execute(sa.text("SELECT key, body FROM sla_policies")).all():
        connection.execute(WARN, {"copy": copy, "notifying": _notifying(body)})
    op.drop_index("ix_tickets_at_stage", table_name="tickets")
    op.drop_index("ix_sla_timers_at_stage", table_name="sla_timers")
    op.create_index(
        "ix_tickets_warned",
        "tickets",
        ["team", "queue_place", "id"],
        sqlite_where=sa.text(f"{LIVE} AND is_warned = 1"),
        postgresql_where=sa.text(f"{LIVE} AND is_warned"),
    )
    op.create_index(
        "ix_tickets_pending_opened",
        "tickets",
        ["team", "opened_at", "id"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )


def _notifying(body: str) -> int:
    """The places of the copy's stages that notify somebody, a bit each."""
    stages = json.loads(body).get("stages", [])
    return sum(1 << place for place, stage in enumerate(stages) if stage.get("notify"))
