"""The first schema: tickets, what is said on them, their clocks, their history and what must go out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_sla_policies()
    create_ticket_numbers()
    create_tickets()
    create_conversations()
    create_messages()
    create_message_revisions()
    create_sla_timers()
    create_audit_log()
    create_outbox()
    create_people()
    create_inbound_events()


def where(condition: str) -> dict[str, Any]:
    """A partial index, on either database."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def create_sla_policies() -> None:
    op.create_table(
        "sla_policies",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sla_policies")),
    )


def create_ticket_numbers() -> None:
    op.create_table(
        "ticket_numbers",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", BIG, nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_ticket_numbers")),
    )


def create_tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("number", BIG),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("origin_platform", sa.Text(), nullable=False),
        sa.Column("origin_channel", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("why_here", sa.Text(), nullable=False),
        sa.Column("sla_policy", sa.Text()),
        sa.Column("sla_policy_copy", sa.Text()),
        sa.Column("sla_stage", sa.Integer(), nullable=False),
        sa.Column("follows", BIG),
        sa.Column("opened_at", BIG, nullable=False),
        sa.Column("updated_at", BIG, nullable=False),
        sa.Column("first_replied_at", BIG),
        sa.Column("resolved_at", BIG),
        sa.Column("closed_at", BIG),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["follows"], ["tickets.id"], name=op.f("fk_tickets_follows")),
        sa.ForeignKeyConstraint(
            ["sla_policy_copy"], ["sla_policies.key"], name=op.f("fk_tickets_sla_policy_copy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
    )
    op.create_index("ix_tickets_assigned", "tickets", ["team", "id"], **where("assignee IS NOT NULL"))
    op.create_index(
        "ix_tickets_live_assignee", "tickets", ["assignee"], **where("status NOT IN ('resolved', 'closed')")
    )
    op.create_index(
        "ix_tickets_live_team", "tickets", ["team"], **where("status NOT IN ('resolved', 'closed')")
    )
    op.create_index("ix_tickets_requester", "tickets", ["requester"])
    op.create_index("ix_tickets_resolved_at", "tickets", ["resolved_at"], **where("status = 'resolved'"))
    op.create_index("uq_tickets_number", "tickets", ["number", "prefix"], unique=True)


def create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("root", sa.Text()),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(side = 'channel') = (ticket_id IS NULL)",
            name=op.f("ck_conversations_channel_wide_has_no_ticket"),
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_conversations_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index(
        "ix_conversations_root", "conversations", ["root", "channel"], **where("root IS NOT NULL")
    )
    op.create_index("ix_conversations_ticket_id", "conversations", ["ticket_id"])
    op.create_index(
        "uq_conversations_channel_wide",
        "conversations",
        ["platform", "channel"],
        unique=True,
        **where("side = 'channel'"),
    )


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", BIG, nullable=False),
        sa.Column("said_in", BIG),
        sa.Column("platform_id", sa.Text()),
        sa.Column("platform_revision", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["said_in"], ["conversations.id"], name=op.f("fk_messages_said_in")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_messages_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(
        "ix_messages_platform_id", "messages", ["platform_id"], **where("platform_id IS NOT NULL")
    )
    op.create_index("ix_messages_ticket_id", "messages", ["ticket_id"])


def create_message_revisions() -> None:
    op.create_table(
        "message_revisions",
        sa.Column("message_id", BIG, autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_revisions_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "revision", name=op.f("pk_message_revisions")),
        sqlite_with_rowid=False,
    )


def create_sla_timers() -> None:
    op.create_table(
        "sla_timers",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("target", BIG, nullable=False),
        sa.Column("spent", BIG, nullable=False),
        sa.Column("running_since", BIG),
        sa.Column("due_at", BIG),
        sa.Column("next_at", BIG),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("paused_at", BIG),
        sa.Column("stopped_at", BIG),
        sa.Column("breached_at", BIG),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_sla_timers_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sla_timers")),
    )
    op.create_index("ix_sla_timers_next_at", "sla_timers", ["next_at"], **where("next_at IS NOT NULL"))
    op.create_index("ix_sla_timers_ticket_id", "sla_timers", ["ticket_id"])


def create_audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", BIG, sa.Identity(always=True), nullable=False),
        sa.Column("ticket_id", BIG),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_audit_log_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_ticket_id", "audit_log", ["ticket_id"])


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG, sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", BIG, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("is_root", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("shown", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("parts", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'due'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_retry", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("available_at", BIG, server_default=sa.text("0"), nullable=False),
        sa.Column("lease", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("leased_until", BIG),
        sa.Column("last_error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_at", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_outbox_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_due", "outbox", [sa.literal_column("is_urgent DESC"), "id"], **where("state = 'due'")
    )
    op.create_index("ix_outbox_leased", "outbox", ["leased_until"], **where("state = 'leased'"))
    op.create_index("ix_outbox_set_aside", "outbox", ["state", "id"], **where("state IN ('dead', 'parked')"))
    op.create_index(
        "ix_outbox_unsettled", "outbox", ["conversation_id", "id"], **where("state IN ('due', 'leased')")
    )
    op.create_index("uq_outbox_key", "outbox", ["key"], unique=True)


def create_people() -> None:
    op.create_table(
        "people",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("time_zone", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text()),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("handle_folded", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("email_folded", sa.Text()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_people")),
    )
    op.create_index("ix_people_email_folded", "people", ["email_folded"])
    op.create_index("ix_people_handle_folded", "people", ["handle_folded"])
    op.create_index("ix_people_name_folded", "people", ["name_folded"])


def create_inbound_events() -> None:
    op.create_table(
        "inbound_events",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("arrived_at", BIG, nullable=False),
        sa.Column("early", sa.Text()),
        sa.Column("is_early", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbound_events")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbound_events_arrived_at", "inbound_events", ["arrived_at"])
