"""Every table of the desk, with the indexes its questions need.

Instants (since 1970, UTC) and durations are microseconds in BIGINT columns, on both databases. JSON is text.
The desk makes ids (`storage.engine.ids`), the database those of outbox and audit log. Partial indexes help loops.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    literal_column,
    text,
    true,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def big() -> TypeEngine[int]:
    """A 64-bit integer; SQLite wants the word INTEGER to make a key the row's own id."""
    return BigInteger().with_variant(Integer(), "sqlite")


def written(value: str) -> ColumnElement[str]:
    """A value written into the statement, so that the planner sees that a partial index fits."""
    return literal_column(f"'{value}'")


def is_live(status: ColumnElement[str]) -> ColumnElement[bool]:
    """Neither resolved nor closed, in the very words of the partial indexes."""
    return status.not_in([written("resolved"), written("closed")])


def is_finished(status: ColumnElement[str]) -> ColumnElement[bool]:
    """Resolved or closed, in the very words of the partial index."""
    return status.in_([written("resolved"), written("closed")])


def is_unfinished(status: ColumnElement[str]) -> ColumnElement[bool]:
    """Not closed, in the very words of the partial index."""
    return status != written("closed")


def is_out_of_the_ordinary(priority: ColumnElement[str]) -> ColumnElement[bool]:
    """More or less urgent than most tickets, in the very words of the partial index."""
    return priority != written("normal")


def is_owed_a_reply(rows: FromClause) -> ColumnElement[bool]:
    """Whether the requester has had no answer yet, or none to their last word; as in the partial index."""
    return rows.c.first_replied_at.is_(None) | rows.c.awaits_reply_since.is_not(None)


def is_warned(rows: FromClause) -> ColumnElement[bool]:
    """Whether people were warned of the ticket, in the very words of the partial index."""
    return rows.c.is_warned == true()


def is_unsettled(state: ColumnElement[str]) -> ColumnElement[bool]:
    """Still to be delivered, in the very words of the partial index."""
    return state.in_([written("due"), written("leased")])


def is_current_alert(rows: FromClause) -> ColumnElement[bool]:
    """A row of the outbox that is an alert, shown or still to be, in the very words of the partial index."""
    is_shown = rows.c.parts != written("[]")
    return (rows.c.kind == written("ping")) & (is_shown | is_unsettled(rows.c.state))


def partial_index(
    name: str, *columns: ColumnElement[Any], where: ColumnElement[bool], unique: bool = False
) -> None:
    """An index of those rows alone that a loop looks for.

    On PostgreSQL it is partial too: the migrations make it so. To say it here would load SQLAlchemy's dialect for
    PostgreSQL (2 MiB) in a desk on SQLite.
    """
    Index(name, *columns, unique=unique, sqlite_where=where)


sla_policies = Table(
    "sla_policies",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

ticket_numbers = Table(
    "ticket_numbers",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("last", big(), nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("prefix", Text, nullable=False),
    Column("number", big()),
    Column("subject", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("requester", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("assignee", Text),
    Column("tags", Text, nullable=False),
    Column("inbox", Text),
    Column("origin_platform", Text, nullable=False),
    Column("origin_channel", Text, nullable=False),
    Column("fields", Text, nullable=False, server_default="{}"),
    Column("is_private", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Column("why_here", Text, nullable=False),
    Column("sla_policy", Text),
    Column("sla_policy_copy", Text, ForeignKey("sla_policies.key")),
    Column("sla_stage", Integer, nullable=False),
    Column("is_warned", Boolean, nullable=False, server_default=false()),
    Column("follows", big(), ForeignKey("tickets.id")),
    Column("opened_at", big(), nullable=False),
    Column("updated_at", big(), nullable=False),
    Column("first_replied_at", big()),
    Column("awaits_reply_since", big()),
    Column("last_update_at", big()),
    Column("resolved_at", big()),
    Column("closed_at", big()),
    Column("version", Integer, nullable=False),
    Column("community", Text),
    Column("due_at", big()),
    Column("queue_place", big(), nullable=False, server_default="0"),
    Column("opening", big()),
    Column("worked_minutes", Integer, nullable=False, server_default="0"),
    Column("snoozed_until", big()),
    Column("snoozed_by", Text),
    Column("merged_into", big()),
    Column("has_duplicates", Boolean, nullable=False, server_default=false()),
    Column("is_unhappy", Boolean, nullable=False, server_default=false()),
)
Index("uq_tickets_number", tickets.c.number, tickets.c.prefix, unique=True)
Index("ix_tickets_requester", tickets.c.requester, tickets.c.id)
Index("ix_tickets_requester_place", *tickets.c["requester", "queue_place", "id"])
partial_index(
    "ix_tickets_live_assignee",
    *tickets.c["assignee", "opened_at", "id", "team", "status"],
    where=is_live(tickets.c.status),
)
_QUEUE = (tickets.c.team, tickets.c.queue_place, tickets.c.id)
partial_index("ix_tickets_queue", *_QUEUE, where=is_live(tickets.c.status))
partial_index(
    "ix_tickets_unassigned", *_QUEUE, where=is_live(tickets.c.status) & tickets.c.assignee.is_(None)
)
partial_index("ix_tickets_unanswered", *_QUEUE, where=is_live(tickets.c.status) & is_owed_a_reply(tickets))
_IS_PENDING = tickets.c.status == written("pending")
partial_index("ix_tickets_pending", *_QUEUE, where=_IS_PENDING)
partial_index("ix_tickets_pending_opened", *tickets.c["team", "opened_at", "id"], where=_IS_PENDING)
partial_index("ix_tickets_warned", *_QUEUE, where=is_live(tickets.c.status) & is_warned(tickets))
partial_index("ix_tickets_live_place", tickets.c.queue_place, tickets.c.id, where=is_live(tickets.c.status))
partial_index("ix_tickets_live_opened", *tickets.c["opened_at", "id"], where=is_live(tickets.c.status))
partial_index("ix_tickets_assigned", tickets.c.team, tickets.c.id, where=tickets.c.assignee.is_not(None))
partial_index("ix_tickets_finished", *_QUEUE, where=is_finished(tickets.c.status))
partial_index(
    "ix_tickets_resolved_at",
    *tickets.c["team", "resolved_at", "id"],
    where=tickets.c.status == written("resolved"),
)

Index("ix_tickets_opened_at", tickets.c.opened_at, tickets.c.id)
Index("ix_tickets_updated_at", tickets.c.updated_at, tickets.c.id)
partial_index(
    "ix_tickets_unfinished",
    *tickets.c["updated_at", "id", "team", "status"],
    where=is_unfinished(tickets.c.status),
)
partial_index("ix_tickets_assignee", tickets.c.assignee, where=tickets.c.assignee.is_not(None))
partial_index(
    "ix_tickets_finished_assignee",
    *tickets.c["assignee", "queue_place", "id"],
    where=is_finished(tickets.c.status),
)
partial_index(
    "ix_tickets_priority",
    *tickets.c["priority", "queue_place", "id"],
    where=is_out_of_the_ordinary(tickets.c.priority),
)
_IS_MERGED = tickets.c.merged_into.is_not(None)
partial_index("ix_tickets_merged_into", tickets.c.merged_into, where=_IS_MERGED)
partial_index("ix_tickets_requester_merged", tickets.c.requester, tickets.c.merged_into, where=_IS_MERGED)
partial_index("ix_tickets_unhappy", tickets.c.opened_at, tickets.c.id, where=tickets.c.is_unhappy.is_(True))
partial_index("ix_tickets_snoozed_until", tickets.c.snoozed_until, where=tickets.c.snoozed_until.is_not(None))

conversations = Table(
    "conversations",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id")),
    Column("side", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("root", Text),
    Column("is_retired", Boolean, nullable=False),
    Column("is_private", Boolean, nullable=False, server_default=false()),
    CheckConstraint("(side = 'channel') = (ticket_id IS NULL)", name="channel_wide_has_no_ticket"),
)
Index("ix_conversations_ticket_id", conversations.c.ticket_id)
partial_index(
    "ix_conversations_root",
    conversations.c.root,
    conversations.c.channel,
    where=conversations.c.root.is_not(None),
)
partial_index(
    "uq_conversations_channel_wide",
    conversations.c.platform,
    conversations.c.channel,
    unique=True,
    where=conversations.c.side == written("channel"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("said_at", big(), nullable=False),
    Column("said_in", big(), ForeignKey("conversations.id")),
    Column("platform_id", Text),
    Column("platform_revision", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    Column("files", Text, nullable=False),
    Column("alias", Text, nullable=False, server_default=text("''")),
    Column("quote", Text, nullable=False, server_default=text("''")),
)
Index("ix_messages_ticket_id", messages.c.ticket_id)
partial_index("ix_messages_with_files", messages.c.ticket_id, where=messages.c.files != written("[]"))
partial_index("ix_messages_platform_id", messages.c.platform_id, where=messages.c.platform_id.is_not(None))

message_revisions = Table(
    "message_revisions",
    metadata,
    Column("message_id", big(), ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("at", big(), nullable=False),
    sqlite_with_rowid=False,
)

sla_timers = Table(
    "sla_timers",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("target", big(), nullable=False),
    Column("spent", big(), nullable=False),
    Column("running_since", big()),
    Column("due_at", big()),
    Column("next_at", big()),
    Column("stage", Integer, nullable=False),
    Column("announced", Integer, nullable=False),
    Column("reached", big(), nullable=False, server_default="0"),
    Column("told", big(), nullable=False, server_default="0"),
    Column("cycle_at", big()),
    Column("paused_at", big()),
    Column("stopped_at", big()),
    Column("breached_at", big()),
    Column("policy_target", big(), nullable=False, server_default="0"),
    Column("counts_from", big(), nullable=False, server_default="0"),
)
_timer = sla_timers.c
Index("ix_sla_timers_ticket_id", _timer.ticket_id)
for _at in _timer["next_at", "breached_at", "stopped_at"]:
    partial_index(f"ix_sla_timers_{_at.name}", _at, where=_at.is_not(None))
partial_index("ix_sla_timers_running", _timer.due_at, _timer.id, where=_timer.running_since.is_not(None))

escalations = Table(
    "escalations",
    metadata,
    Column("id", big(), primary_key=True, autoincrement=False),
    Column("ticket_id", big(), ForeignKey("tickets.id"), nullable=False),
    Column("timer_id", big(), ForeignKey("sla_timers.id"), nullable=False),
    Column("stage", Integer, nullable=False),
    Column("is_breach", Boolean, nullable=False),
    Column("began_at", big(), nullable=False),
    Column("climbed", Integer, nullable=False),
    Column("waited", big(), nullable=False),
    Column("waiting_since", big()),
    Column("next_at", big()),
    Column("acknowledged_by", Text),
    Column("acknowledged_at", big()),
    Column("snoozed_until", big()),
    Column("snooze_reason", Text, nullable=False),
    Column("ended_at", big()),
    Column("snoozed_by", Text),
    Column("told", Text, nullable=False, server_default=text("'[]'")),
)
Index("ix_escalations_ticket_id", escalations.c.ticket_id)
partial_index("ix_escalations_next_at", escalations.c.next_at, where=escalations.c.next_at.is_not(None))
partial_index(
    "ix_escalations_under_way",
    escalations.c.ticket_id,
    escalations.c.id,
    where=escalations.c.ended_at.is_(None),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", big(), Identity(always=True), primary_key=True),
    Column("ticket_id", big(), ForeignKey("tickets.id")),
    Column("event", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", big(), nullable=False),
    Column("details", Text, nullable=False),
)
Index("ix_audit_log_ticket_id", audit_log.c.ticket_id)

outbox = Table(
    "outbox",
    metadata,
    Column("id", big(), Identity(always=True), primary_key=True),
    Column("conversation_id", big(), ForeignKey("conversations.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", big(), nullable=False),
    Column("key", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("is_root", Boolean, nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    Column("wanted", Integer, nullable=False, server_default=text("1")),
    Column("shown", Integer, nullable=False, server_default=text("0")),
    Column("parts", Text, nullable=False, server_default=text("'[]'")),
    Column("state", Text, nullable=False, server_default=text("'due'")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("is_retry", Boolean, nullable=False, server_default=false()),
    Column("available_at", big(), nullable=False, server_default=text("0")),
    Column("lease", Text, nullable=False, server_default=text("''")),
    Column("leased_until", big()),
    Column("last_error", Text, nullable=False, server_default=text("''")),
    Column("created_at", big(), nullable=False),
    sqlite_autoincrement=True,
)
Index("uq_outbox_key", outbox.c.key, unique=True)
Index("ix_outbox_conversation", outbox.c.conversation_id, outbox.c.id)
partial_index("ix_outbox_due", outbox.c.is_urgent.desc(), outbox.c.id, where=outbox.c.state == written("due"))
partial_index(
    "ix_outbox_unsettled", outbox.c.conversation_id, outbox.c.id, where=is_unsettled(outbox.c.state)
)
partial_index("ix_outbox_alerts", outbox.c.conversation_id, outbox.c.id, where=is_current_alert(outbox))
partial_index("ix_outbox_leased", outbox.c.leased_until, where=outbox.c.state == written("leased"))
partial_index(
    "ix_outbox_set_aside",
    outbox.c.id,
    where=outbox.c.state.in_([written("dead"), written("parked")]),
)

watermarks = Table(
    "watermarks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", big(), nullable=False),
)

inbound_events = Table(
    "inbound_events",
    metadata,
    Column("key", Text, primary_key=True),
    Column("arrived_at", big(), nullable=False),
    Column("early", Text),
    Column("is_early", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_inbound_events_arrived_at", inbound_events.c.arrived_at)
